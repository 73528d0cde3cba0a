/// Follows head and chunks of one HTTP/1.1 response through its raw bytes (RFC 9112 §4, §7.1).
///
/// The HTTP decoder drops the reason phrase and hands out body bytes as reads bring them, so a chunk that spans two
/// reads looks like two. A recording has to know better. On anything unexpected the scanner gives up: then chunks are
/// what the reads were.
struct ResponseScanner {
    private enum State {
        case head
        case size(value: Int, digits: Int)
        /// The rest of a size line: extensions and the line feed.
        case sizeLine(value: Int)
        case data(missing: Int)
        /// CR LF after a chunk's data.
        case dataEnd(missing: Int)
        /// Nothing more to learn: another framing, trailers, or nonsense.
        case done
    }

    private static let headByteLimit = 1 << 20

    private var state = State.head
    private var head: [UInt8] = []

    /// Scans the bytes of one read; notes what they say of the response.
    mutating func scan(_ bytes: UnsafeRawBufferPointer, into response: RawResponse) {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch state {
            case .head:
                scanHead(byte, response)
            case .size(let value, let digits):
                scanSize(byte, value, digits)
            case .sizeLine(let value):
                if byte == UInt8(ascii: "\n") { begin(value, response) }
            case .data(let missing):
                let skipped = min(missing, bytes.count - index + 1)
                index += skipped - 1
                state = missing == skipped ? .dataEnd(missing: 2) : .data(missing: missing - skipped)
            case .dataEnd(let missing):
                state = missing == 1 ? .size(value: 0, digits: 0) : .dataEnd(missing: 1)
            case .done:
                return
            }
        }
    }

    private mutating func scanHead(_ byte: UInt8, _ response: RawResponse) {
        head.append(byte)
        guard byte == UInt8(ascii: "\n"), head.suffix(4) == [13, 10, 13, 10] else {
            if head.count > Self.headByteLimit { state = .done }
            return
        }
        let bytes = head
        head = []
        let text = String(decoding: bytes, as: UTF8.self).lowercased()
        // Informational responses come before the real one.
        if text.hasPrefix("http/1.1 1") { return }
        response.setHead(bytes)
        let isChunked = text.split(separator: "\r\n").contains { line in
            line.hasPrefix("transfer-encoding:") && line.contains("chunked")
        }
        state = isChunked ? .size(value: 0, digits: 0) : .done
    }

    private mutating func scanSize(_ byte: UInt8, _ value: Int, _ digits: Int) {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            guard digits < 15 else {
                state = .done
                return
            }
            let digit = byte <= UInt8(ascii: "9") ? byte - UInt8(ascii: "0") : (byte | 0x20) - UInt8(ascii: "a") + 10
            state = .size(value: value << 4 | Int(digit), digits: digits + 1)
        case UInt8(ascii: "\r"), UInt8(ascii: ";"), UInt8(ascii: " "), UInt8(ascii: "\t"):
            state = digits > 0 ? .sizeLine(value: value) : .done
        default:
            state = .done
        }
    }

    private mutating func begin(_ size: Int, _ response: RawResponse) {
        guard size > 0 else {
            state = .done
            return
        }
        response.appendChunk(byteCount: size)
        state = .data(missing: size)
    }
}
