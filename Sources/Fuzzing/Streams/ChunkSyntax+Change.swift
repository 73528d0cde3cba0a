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
        var output: [UInt8] = []
        for byte in bytes.readableBytesView {
            switch state {
            case .head:
                output.append(byte)
                pending.append(byte)
                if pending.suffix(4) == [13, 10, 13, 10] {
                    pending = []
                    state = .size
                }
            case .size:
                pending.append(byte)
                guard byte == 10 else { continue }
                let size = String(decoding: pending.dropLast(2), as: UTF8.self)
                output += Array(spelling(size, number).utf8) + [13, 10]
                number += 1
                pending = []
                let count = Int(size, radix: 16) ?? 0
                state = count == 0 ? .trailers : .data(count)
            case .data(let count):
                output.append(byte)
                state = count == 1 ? .dataEnd : .data(count - 1)
            case .dataEnd:
                output.append(byte)
                if byte == 10 { state = .size }
            case .trailers:
                output.append(byte)
            }
        }
        return ByteBuffer(bytes: output)
    }
}
