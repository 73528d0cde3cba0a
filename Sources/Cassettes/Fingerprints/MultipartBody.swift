internal import HTTPTypes
internal import NIOCore
internal import Tapes

/// A multipart body cut at its delimiters, because clients make up a new boundary for each request.
///
/// RFC 2046, section 5.1.1. A part is its header lines and its content, as they are.
struct MultipartBody {
    /// Where each part lies in the body, without the line breaks that belong to the delimiters.
    let parts: [Range<Int>]

    /// Nil if the request is not multipart, names no boundary or does not hold it.
    init?(of request: Request) {
        guard request.mediaType?.hasPrefix("multipart/") == true,
            let boundary = request.fields[.contentType].flatMap(Self.boundary(in:))
        else { return nil }
        parts = request.body.withUnsafeReadableBytes { bytes in
            Self.parts(of: bytes.assumingMemoryBound(to: UInt8.self), delimiter: Array("--\(boundary)".utf8))
        }
        if parts.isEmpty { return nil }
    }

    private static func parts(of bytes: UnsafeBufferPointer<UInt8>, delimiter: [UInt8]) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var partStart: Int?
        var index = 0
        while let found = bytes.firstRange(of: delimiter, from: index) {
            index = found.upperBound
            guard found.lowerBound == 0 || bytes[found.lowerBound - 1] == UInt8(ascii: "\n") else { continue }
            if let start = partStart {
                parts.append(start..<max(start, endBeforeLineBreak(found.lowerBound, in: bytes)))
            }
            if bytes[index...].starts(with: "--".utf8) { return parts }
            let lineEnd = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count - 1
            partStart = lineEnd + 1
            // Back to the line feed, so that an empty part still ends at a line start.
            index = max(index, lineEnd)
        }
        return parts
    }

    private static func endBeforeLineBreak(_ end: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        end >= 2 && bytes[end - 2] == UInt8(ascii: "\r") ? end - 2 : end - 1
    }

    private static func boundary(in contentType: String) -> String? {
        for parameter in contentType.split(separator: ";").dropFirst() {
            let pair = parameter.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, String(pair[0]).trimmingBlanks().lowercased() == "boundary" else { continue }
            let value = String(pair[1]).trimmingBlanks()
            let isQuoted = value.count >= 2 && value.hasPrefix("\"") && value.hasSuffix("\"")
            let boundary = isQuoted ? String(value.dropFirst().dropLast()) : value
            return boundary.isEmpty ? nil : boundary
        }
        return nil
    }
}
