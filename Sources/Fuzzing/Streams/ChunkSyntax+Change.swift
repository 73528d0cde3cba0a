internal import NIOCore
internal import Tapes

extension Draft.ChunkSyntax {
    /// Rewrites the size lines of a chunked body (RFC 9112 §7.1); nil when there is nothing to rewrite.
    var change: AlteredTape.WireChange? {
        switch self {
        case .usual, .trailers: nil
        case .extensions: { wire in Self.rewrite(&wire) { size, number in "\(size);piece=\(number);q=\"a;b\"" } }
        case .upperCase: { wire in Self.rewrite(&wire) { size, _ in size.uppercased() } }
        case .leadingZeros: { wire in Self.rewrite(&wire) { size, _ in "000" + size } }
        case .broken: { wire in Self.rewrite(&wire) { size, number in number == 4 ? "zz" : size } }
        }
    }

    /// Walks over head and chunks of a body that is whole, and replaces each size.
    private static func rewrite(_ wire: inout WireTape, _ spelling: (String, Int) -> String) {
        var reader = ChunkReader()
        for index in wire.writes.indices {
            wire.writes[index].bytes = reader.rewrite(wire.writes[index].bytes, spelling)
        }
    }
}

/// Finds the size lines in the bytes of an answer as they pass.
private struct ChunkReader {
    private enum State {
        case head, size, data(Int), dataEnd, trailers
    }

    private var state = State.head
    private var pending: [UInt8] = []
    private var number = 0

    mutating func rewrite(_ bytes: ByteBuffer, _ spelling: (String, Int) -> String) -> ByteBuffer {
        var input = bytes
        var output = ByteBuffer()
        output.reserveCapacity(bytes.readableBytes + 256)
        while input.readableBytes > 0 {
            switch state {
            case .data(let count):
                // Whole stretches, since bodies may have megabytes.
                guard let slice = input.readSlice(length: min(count, input.readableBytes)) else { break }
                output.writeImmutableBuffer(slice)
                state = slice.readableBytes == count ? .dataEnd : .data(count - slice.readableBytes)
            case .trailers:
                output.writeBuffer(&input)
            case .head, .size, .dataEnd:
                guard let byte: UInt8 = input.readInteger() else { break }
                step(byte, spelling, &output)
            }
        }
        return output
    }

    private mutating func step(_ byte: UInt8, _ spelling: (String, Int) -> String, _ output: inout ByteBuffer) {
        pending.append(byte)
        guard case .size = state else {
            output.writeInteger(byte)
            if case .head = state {
                if pending.suffix(4) == [13, 10, 13, 10] { state = .size }
            } else if byte == 10 {
                state = .size
            }
            if case .size = state { pending = [] }
            return
        }
        guard byte == 10 else { return }
        let size = String(decoding: pending.dropLast(2), as: UTF8.self)
        output.writeString(spelling(size, number) + "\r\n")
        number += 1
        pending = []
        let count = Int(size, radix: 16) ?? 0
        state = count == 0 ? .trailers : .data(count)
    }
}
