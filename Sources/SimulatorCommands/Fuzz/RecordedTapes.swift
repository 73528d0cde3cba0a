internal import Cassettes
internal import Fuzzing
internal import Tapes

/// The recordings of a cassette that can be mutated, and why the others cannot.
struct RecordedTapes {
    /// More would only say the same again.
    private static let limit = 20

    private(set) var tapes: [BaseTape] = []
    private let path: String
    private var count = 0
    /// Recordings by what is wrong with them, in the order in which it came up.
    private var leftOut: [(reason: String, ids: [Int64])] = []

    /// Reads a cassette, which may be anybody's: nothing is written, and what is damaged is left out.
    ///
    /// - Throws: `CassetteError` for a file that is no cassette, ``FindingFileError`` for one that has nothing to mutate.
    init(in path: String, api: InferenceAPI) throws {
        self.path = path
        let cassette = try Cassette(path: path)
        defer { cassette.close() }
        for id in try cassette.index().map(\.id) {
            count += 1
            do {
                let interaction = try cassette.interaction(id).interaction
                let tape = try BaseTape(
                    recorded: interaction,
                    body: interaction.tape.plainBody,
                    api: api,
                    name: "\(path)#\(id)"
                )
                if tapes.count < Self.limit {
                    tapes.append(tape)
                } else {
                    leaveOut(id, "comes after \(Self.limit) others")
                }
            } catch let error as UnusableRecording {
                leaveOut(id, error.description)
            } catch let error as CassetteError {
                leaveOut(id, "cannot be read: \(error)")
            }
        }
        guard !tapes.isEmpty else {
            throw FindingFileError(
                path: path,
                reason:
                    "none of its \(count) recordings can be mutated; expected a stream of the \(api.rawValue) API that "
                    + "is whole. \(reasons)"
            )
        }
    }

    /// For the report.
    var note: String {
        "\(path): \(tapes.count) of \(count) recordings were mutated. \(reasons)".trimmingBlanks()
    }

    private mutating func leaveOut(_ id: Int64, _ reason: String) {
        if let index = leftOut.firstIndex(where: { $0.reason == reason }) {
            leftOut[index].ids.append(id)
        } else {
            leftOut.append((reason, [id]))
        }
    }

    private var reasons: String {
        leftOut.map { reason, ids in
            let named = ids.prefix(3).map { "#\($0)" }.joined(separator: ", ")
            return "\(named)\(ids.count > 3 ? " and \(ids.count - 3) more" : ""): \(reason)."
        }.joined(separator: " ")
    }
}
