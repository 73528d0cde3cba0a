internal import Launching
internal import NIOCore

/// Requests of equal length, one after the other and then from the start again.
struct RequestCycle: Sendable {
    private let requests: [ByteBuffer]
    private var position: Int

    /// - Parameters:
    ///   - path: a file of raw requests, one behind the other.
    ///   - count: how many there are.
    /// - Throws: ``FileError`` or ``OptionError``.
    init(path: String, count: Int) throws {
        let bytes = try ByteBuffer(contentsOf: path)
        guard count > 0, bytes.readableBytes > 0, bytes.readableBytes % count == 0 else {
            throw OptionError("\(path): \(bytes.readableBytes) bytes are not \(count) requests of equal length")
        }
        let length = bytes.readableBytes / count
        requests = (0..<count).compactMap { bytes.getSlice(at: $0 * length, length: length) }
        position = 0
    }

    mutating func next() -> ByteBuffer {
        defer { position = position + 1 == requests.count ? 0 : position + 1 }
        return requests[position]
    }
}
