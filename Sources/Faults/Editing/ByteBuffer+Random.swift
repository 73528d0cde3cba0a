internal import NIOCore
internal import Tapes

extension ByteBuffer {
    /// So many random bytes, each of 256 equally likely.
    static func random(_ count: Int, using generator: inout SeededGenerator) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(count)
        while buffer.readableBytes + 8 <= count { buffer.writeInteger(generator.next()) }
        while buffer.readableBytes < count { buffer.writeInteger(UInt8(truncatingIfNeeded: generator.next())) }
        return buffer
    }
}
