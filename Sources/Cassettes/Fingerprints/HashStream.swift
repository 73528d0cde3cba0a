/// Feeds a 128-bit XXH3 hash with parts that cannot run into each other.
///
/// Each part is preceded by its length as eight bytes, least significant first, so that `ab` + `c` and `a` + `bc`
/// differ. The first part names what is hashed.
struct HashStream: ~Copyable {
    private var hash = RunningHash()

    /// - Parameter domain: What is hashed, with a version; hashes of different domains never meet.
    init(domain: String) {
        add(domain)
    }

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        add(bytes.count)
        hash.add(bytes)
    }

    mutating func add(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { add($0) }
    }

    mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
    }

    /// A missing value is not the same as an empty one.
    mutating func add(optional text: String?) {
        add(text == nil ? 0 : 1)
        if let text { add(text) }
    }

    mutating func add(_ number: Int) {
        withUnsafeBytes(of: UInt64(bitPattern: Int64(number)).littleEndian) { hash.add($0) }
    }

    mutating func add(_ hash: Hash128) {
        add(hash.bytes)
    }

    borrowing func finish() -> Hash128 {
        hash.finish()
    }
}
