internal import NIOCore

/// Leaves out most of what is long in JSON and says little of an answer: the tails of strings such as images, and of
/// lists of numbers such as embeddings.
///
/// What comes out is JSON again, of an event stream its lines: no string of JSON goes over a line end. Strings are only
/// cut between plain letters, so that no escape and no character is torn.
struct JSONAbridger {
    /// Bytes that stay of a string.
    static let stringByteLimit = 16 * 1024
    /// Bytes after which a run of numbers is cut at its next comma.
    static let numbersByteLimit = 256

    private enum Place {
        case outside
        case string
        /// Behind a backslash.
        case escape
        /// So many digits of an escape are to come.
        case digits(Int)
    }

    /// Whether it is a document: the lines of event streams hold other things that look like lists.
    private let cutsNumbers: Bool
    private var place = Place.outside
    /// Bytes of the string, or of the run of numbers.
    private var length = 0
    private var isCut = false
    private var wasPlain = false

    init(cutsNumbers: Bool) {
        self.cutsNumbers = cutsNumbers
    }

    /// Appends what stays of the next bytes.
    mutating func abridge(_ bytes: UnsafeRawBufferPointer, into kept: inout [UInt8]) {
        for byte in bytes {
            switch place {
            case .outside: outside(byte, &kept)
            case .string: inString(byte, &kept)
            case .escape: pass(byte, &kept, then: byte == UInt8(ascii: "u") ? .digits(4) : .string)
            case .digits(let count): pass(byte, &kept, then: count > 1 ? .digits(count - 1) : .string)
            }
        }
    }

    private mutating func outside(_ byte: UInt8, _ kept: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: " "), UInt8(ascii: "\n"),
            UInt8(ascii: "\r"), UInt8(ascii: "\t"):
            length += 1
        case UInt8(ascii: ","):
            length += 1
            if cutsNumbers, length > Self.numbersByteLimit { isCut = true }
        default:
            // Something else follows in the list.
            if isCut, byte != UInt8(ascii: "]") { kept.append(UInt8(ascii: ",")) }
            start(byte == UInt8(ascii: "\"") ? .string : .outside)
        }
        if !isCut { kept.append(byte) }
    }

    private mutating func inString(_ byte: UInt8, _ kept: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\n"):
            start(.outside)
        case UInt8(ascii: "\\"):
            place = .escape
            wasPlain = false
        default:
            let isPlain = (0x20..<0x7F).contains(byte)
            if length >= Self.stringByteLimit, isPlain, wasPlain { isCut = true }
            wasPlain = isPlain
        }
        length += 1
        if !isCut { kept.append(byte) }
    }

    private mutating func pass(_ byte: UInt8, _ kept: inout [UInt8], then next: Place) {
        place = next
        length += 1
        if !isCut { kept.append(byte) }
    }

    private mutating func start(_ place: Place) {
        self.place = place
        length = 0
        isCut = false
        wasPlain = false
    }
}
