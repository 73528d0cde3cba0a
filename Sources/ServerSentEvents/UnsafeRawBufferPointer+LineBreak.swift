/// The bytes that mean something in the grammar of an event stream.
enum StreamByte {
    static let null = UInt8(ascii: "\0")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let colon = UInt8(ascii: ":")
}

extension UnsafeRawBufferPointer {
    /// The offset of the first CR or LF at or after `start`, or `count` when there is none.
    ///
    /// Eight bytes are tested at a time: `(x - 0x01…) & ~x & 0x80…` has a bit set for a zero byte of `x`,
    /// and its lowest set bit always belongs to the first one, which is what a little-endian load asks for.
    ///
    /// - Complexity: O(*n*) in the distance to the line break.
    func firstLineBreak(from start: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highBits: UInt64 = 0x8080_8080_8080_8080
        let lineFeeds = ones &* UInt64(StreamByte.lineFeed)
        let carriageReturns = ones &* UInt64(StreamByte.carriageReturn)
        var position = start
        while position &+ 8 <= count {
            let word = UInt64(littleEndian: loadUnaligned(fromByteOffset: position, as: UInt64.self))
            let lf = word ^ lineFeeds
            let cr = word ^ carriageReturns
            let found = ((lf &- ones) & ~lf | (cr &- ones) & ~cr) & highBits
            if found != 0 { return position &+ found.trailingZeroBitCount / 8 }
            position &+= 8
        }
        while position < count {
            let byte = self[position]
            if byte == StreamByte.lineFeed || byte == StreamByte.carriageReturn { return position }
            position &+= 1
        }
        return count
    }

    /// The bytes of `range` as a buffer that starts at offset 0.
    func part(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: self[range])
    }

    /// Whether the buffer holds exactly the ASCII characters of `name`.
    func equals(_ name: StaticString) -> Bool {
        elementsEqual(UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }
}
