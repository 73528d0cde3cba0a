internal import NIOCore
internal import Simulation
internal import Tapes

extension Journal.Entry {
    /// Whether an answer with status 200 tells of an error all the same: in an event of its stream, or as its whole body.
    ///
    /// All APIs write a member `error` whose value is an object, and text of a model has its quotes escaped. What is
    /// compressed, or no longer kept, is not looked into.
    var hasErrorInside: Bool {
        guard status == 200, let answer else { return false }
        return answer.tape.frames.contains { Self.tellsOfError(Array($0.bytes.readableBytesView)) }
    }

    private static let member = Array(#""error":"#.utf8)

    private static func tellsOfError(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while let found = rest.firstRange(of: member) {
            let before = rest[..<found.lowerBound].last { !isBlank($0) }
            rest = rest[found.upperBound...]
            guard before == UInt8(ascii: "{") || before == UInt8(ascii: ",") else { continue }
            if rest.first(where: { !isBlank($0) }) == UInt8(ascii: "{") { return true }
        }
        return false
    }

    private static func isBlank(_ byte: UInt8) -> Bool { " \t\r\n".utf8.contains(byte) }
}
