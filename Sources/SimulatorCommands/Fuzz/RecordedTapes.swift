internal import Cassettes
internal import Fuzzing

/// The recordings of a cassette that can be mutated.
enum RecordedTapes {
    /// More would only say the same again.
    private static let limit = 20

    /// - Throws: `CassetteError` for a file that is no cassette.
    static func tapes(in path: String) throws -> [BaseTape] {
        let cassette = try Cassette(path: path)
        var tapes: [BaseTape] = []
        for id in try cassette.index().map(\.id) where tapes.count < limit {
            guard let tape = BaseTape(try cassette.interaction(id).interaction, name: "\(path)#\(id)") else { continue }
            tapes.append(tape)
        }
        return tapes
    }
}
