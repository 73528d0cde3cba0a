internal import HTTPTypes
internal import NIOCore
package import Tapes

extension Tape {
    /// The content codings of the body, in lower case, in the order they were applied.
    var codings: [String] {
        guard let value = head?.fields[.contentEncoding] else { return [] }
        return value.split(separator: ",").map { $0.trimmingBlanks().lowercased() }
            .filter { $0 != "identity" && !$0.isEmpty }
    }

    /// The body decompressed, or nil where it is plain, or not what it says.
    ///
    /// - Throws: ``UnsearchableBody`` if nothing here can decompress it.
    func decompressed() throws(UnsearchableBody) -> CompressedBody? {
        guard bodyByteCount > 0, let name = codings.first else { return nil }
        guard codings.count == 1, let coding = CompressedBody.Coding(name: name) else {
            throw UnsearchableBody(coding: codings.joined(separator: ", "))
        }
        do throws(Inflater.Failure) {
            return try CompressedBody(frames.map { Array($0.bytes.readableBytesView) }, coding)
        } catch {
            if error == .tooLarge { throw UnsearchableBody(coding: name) }
            return nil
        }
    }

    /// The bytes of the body as its author wrote them, decompressed where they are compressed.
    ///
    /// - Returns: nil for a coding that nothing here can undo, and for a body that is not what its head says.
    package var plainBody: [UInt8]? {
        guard bodyByteCount > 0, !codings.isEmpty else { return Array(body.readableBytesView) }
        return (try? decompressed())?.bytes
    }

    /// Why secrets cannot be looked for in the body, or nil.
    var unsearchable: UnsearchableBody? {
        do throws(UnsearchableBody) {
            _ = try decompressed()
            return nil
        } catch {
            return error
        }
    }

    /// The same tape with other bytes in its frames, of other lengths.
    ///
    /// Chunks and the content length are made to fit; of a body that was cut off as much is missing as before.
    func replacingFrames(with bytes: [[UInt8]]) -> Tape {
        var tape = self
        let oldCounts = frames.map(\.bytes.readableBytes)
        for index in tape.frames.indices {
            tape.frames[index].bytes = ByteBuffer(bytes: bytes[index])
            guard case .start(let byteCount) = frames[index].chunk else { continue }
            let rest = frames[(index + 1)...].prefix { $0.chunk == .rest }.count
            let chunk = index...index + rest
            let missing = max(0, byteCount - oldCounts[chunk].reduce(0, +))
            tape.frames[index].chunk = .start(byteCount: bytes[chunk].reduce(missing) { $0 + $1.count })
        }
        if let length = head?.fields[.contentLength].flatMap({ Int($0) }) {
            let missing = max(0, length - oldCounts.reduce(0, +))
            tape.head?.fields[.contentLength] = String(bytes.reduce(missing) { $0 + $1.count })
        }
        return tape
    }
}

/// A body in which nobody can look for secrets, which is therefore never stored.
struct UnsearchableBody: Error, Hashable {
    /// As the message names it, such as `br`.
    let coding: String
}
