internal import ArgumentParser
internal import Cassettes
internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes

/// The command `cassette show FILE [NUMBER…]`.
struct CassetteShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show recordings in full: request, answer, and the tape of its frames.",
        discussion: """
            Example:
              openrouter-sim cassette show session.cassette 1
            """
    )

    @OptionGroup var options: CassetteReportOptions

    @Argument(help: ArgumentHelp("Numbers of recordings, as ls lists them; all without any.", valueName: "number"))
    var numbers: [Int64] = []

    @OptionGroup var pages: CassettePageOptions

    /// A few screens.
    private static let terminalLimit = 20

    func validate() throws {
        guard numbers.isEmpty || pages.after == 0 && pages.limit == nil else {
            throw ValidationError("Expected numbers of recordings, or '--after' and '--limit', not both.")
        }
    }

    func run() throws {
        let cassette = try options.open()
        var output = ListOutput(isJSON: options.json, separator: "\n\n")
        let show = { (id: Int64) in
            let stored = try cassette.interaction(id)
            output.add(json: stored.json, text: stored.text)
        }
        if numbers.isEmpty {
            try pages.forEachPage(of: cassette, command: "show", terminalLimit: Self.terminalLimit) { after, limit in
                try cassette.ids(after: after, limit: limit).map { ($0, $0) }
            } print: { ids in
                for id in ids { try show(id) }
            }
        } else {
            // Nothing is printed of a list with a number that is not there.
            for id in numbers { _ = try cassette.interaction(id) }
            for id in numbers { try show(id) }
        }
        output.finish()
    }
}

extension StoredInteraction {
    /// Frames are drawn to the nearest tick of this length.
    private static let tick = Duration.milliseconds(10)

    fileprivate var json: JSON {
        let tape = interaction.tape
        return [
            "number": .integer(Int(id)),
            "fingerprint": .string(fingerprint.description),
            "upstream": upstream.map { .string($0) } ?? .null,
            "completion": .string(interaction.completion.rawValue),
            "request": [
                "method": .string(interaction.request.method.rawValue),
                "target": .string(interaction.request.target.raw),
                "headers": interaction.request.fields.json,
                "body": .string(String(buffer: interaction.request.body)),
            ],
            "answer": [
                "status": tape.head.map { .integer($0.status.code) } ?? .null,
                "reason": tape.head.map { .string($0.status.reasonPhrase) } ?? .null,
                "headers": tape.head?.fields.json ?? .null,
                "head_us": .integer(Int(tape.headGap.microseconds)),
                "frames": .array(tape.frames.map(\.json)),
                "trailers": tape.trailers.json,
                "ending": .string(tape.ending.rawValue),
                "ending_us": .integer(Int(tape.endingGap.microseconds)),
            ],
        ]
    }

    fileprivate var text: String {
        let request = interaction.request
        let tape = interaction.tape
        var lines = ["#\(id) \(fingerprint) \(interaction.completion.rawValue)"]
        lines.append("> \(request.method.rawValue) \(request.target.raw)")
        lines += request.fields.map { "> \($0)" }
        lines += Self.body(request.body)
        if let head = tape.head {
            lines.append("< \(head.status.code) \(head.status.reasonPhrase)")
            lines += head.fields.map { "< \($0)" }
        }
        lines += Self.body(tape.body)
        lines += tape.trailers.map { "< \($0)" }
        lines.append("tape, a tick is 10ms: " + tape.diagram(tick: Self.tick))
        return lines.joined(separator: "\n")
    }

    private static func body(_ body: ByteBuffer) -> [String] {
        guard body.readableBytes > 0 else { return [] }
        guard let text = String(validating: body.readableBytesView, as: UTF8.self) else {
            return ["", "  \(body.readableBytes) bytes, not text"]
        }
        return [""] + text.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
    }
}

extension HTTPFields {
    fileprivate var json: JSON {
        .array(map { [.string($0.name.rawName), .string($0.value)] })
    }
}

extension Frame {
    fileprivate var json: JSON {
        ["gap_us": .integer(Int(gap.microseconds)), "data": .string(String(buffer: bytes))]
    }
}
