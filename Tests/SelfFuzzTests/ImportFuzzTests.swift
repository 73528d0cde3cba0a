import Foundation
import HTTPTypes
import NIOCore
import OpenRouterAPI
import Tapes
import TestSupport
import Testing
import YAMLDocuments

@testable import Cassettes

/// What reads recordings, ours and those of other tools, under hostile files.
@Suite struct ImportFuzzTests {
    private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../CassettesTests/Fixtures").standardized

    private static func fixture(_ name: String) -> [UInt8] {
        (try? Data(contentsOf: fixtures.appending(path: name))).map { Array($0) } ?? []
    }

    private static let words = [
        "at: ", "chunk: rest", "event: ", "events:", "text: ", "base64: ", "headers:", "status: ", "request:",
        "!!binary ",
        "\"size\":", "\"compression\": ", "\"encoding\":\"base64\"", "\"text\":", "string: ", "base64_string: ",
        "*id001",
        "&id001 ", "2026-09-21T14:13:20.000125Z", "\"content\":", "\"toolCalls\":", "code: ", "1e11", "=", "AAA=",
    ]

    private func recordings(_ input: [UInt8], _ name: String, _ format: ImportFormat) throws -> ImportedRecordings {
        let file = try TextFile(parsing: input, name: name, allowsBinary: true)
        switch format {
        case .yaml: return ImportedRecordings(interactions: [try InteractionTextReader.interaction(in: file)])
        case .har: return try HARImporter.recordings(in: file)
        case .vcrpy: return try VCRImporter.recordings(in: file, recordedAt: 1_790_000_000_000_000)
        case .aimock:
            return try AimockImporter.recordings(in: file, recordedAt: 1_790_000_000_000_000, model: "openai/gpt-4o")
        }
    }

    /// What comes in as a recording goes out as a text that reads the same again.
    private func exported(_ imported: ImportedRecordings) throws {
        for recording in imported.interactions.prefix(3) {
            let stored = StoredInteraction(
                id: 1,
                fingerprint: Fingerprint(redacted: recording.interaction.request),
                interaction: recording.interaction,
                upstream: recording.upstream
            )
            let text = InteractionText.text(of: stored)
            let file = try TextFile(parsing: Array(text.utf8), name: "again.yaml", allowsBinary: true)
            let again = try InteractionTextReader.interaction(in: file)
            try same(again.interaction.request, recording.interaction.request, "the request, exported and imported")
            var tape = recording.interaction.tape
            tape.origin = .server
            try same(again.interaction.tape, tape, "the tape, exported and imported")
            try same(again.interaction.recordedAt, recording.interaction.recordedAt, "the time")
            try same(again.upstream, recording.upstream, "the upstream")
            _ = Redactor().redact(recording.interaction, upstream: recording.upstream)
        }
    }

    private func fuzz(_ name: String, _ format: ImportFormat, rounds: Int, _ valid: [[UInt8]], file: String) {
        let inputs = HostileInputs(valid, words: Self.words, byteLimit: 24 << 10)
        SelfFuzz(name: name, rounds: rounds, inputs: inputs).run { input, _ in
            let imported: ImportedRecordings
            do {
                imported = try recordings(input, file, format)
            } catch let error as YAMLDocumentError {
                return try holds(!error.description.isEmpty, "an error without words")
            }
            // Aliases may stand for many values; nothing else may make more of a file than it has.
            try holds(imported.interactions.count <= input.count, "more recordings than bytes")
            try exported(imported)
        }
    }

    @Test("Our own text")
    func text() {
        let texts = (0..<8).map { number in
            let frames = [
                Frame(gap: .milliseconds(2), ": OPENROUTER PROCESSING\n\n"),
                Frame(gap: .microseconds(250), "data: {\"choices\":[{\"delta\":{\"content\":\"Grüße\"}}]}\n\n"),
                Frame(bytes: ByteBuffer(bytes: [0xE6, 0x9D]), chunk: .start(byteCount: 5)),
                Frame(bytes: ByteBuffer(bytes: [0xB1, 0x0A, 0x0A]), chunk: .rest),
            ]
            let tape = Tape(
                headGap: .milliseconds(12),
                head: number == 1 ? nil : ResponseHead(status: .ok, fields: [.contentType: "text/event-stream"]),
                frames: number == 1 ? [] : Array(frames.prefix(number)),
                trailers: number == 2 ? [.eTag: "x"] : [:],
                ending: Ending.allCases[number % Ending.allCases.count],
                origin: .server
            )
            let request = Request(
                method: .post,
                target: RequestTarget("/api/v1/chat/completions"),
                fields: [.contentType: "application/json"],
                body: ByteBuffer(string: "{\"model\":\"openai/gpt-4o\",\n \"n\": \(number)}")
            )
            let stored = StoredInteraction(
                id: 1,
                fingerprint: Fingerprint(redacted: request),
                interaction: Interaction(request: request, tape: tape, recordedAt: 1_790_000_000_000_125),
                upstream: "https://openrouter.ai/api/v1"
            )
            return Array(InteractionText.text(of: stored).utf8)
        }
        fuzz("import-text", .yaml, rounds: 500, texts, file: "recording.yaml")
    }

    @Test("HTTP archives")
    func har() {
        fuzz("import-har", .har, rounds: 150, [Self.fixture("mitmproxy.har")], file: "x.har")
    }

    @Test("Cassettes of vcrpy")
    func vcrpy() {
        fuzz("import-vcrpy", .vcrpy, rounds: 150, [Self.fixture("vcrpy.yaml"), Self.fixture("vcrpy.json")], file: "x")
    }

    @Test("Fixtures of aimock")
    func aimock() {
        let fixture = """
            {"fixtures": [
              {"match": {"userMessage": "hi", "model": "openai/gpt-4o"}, "response": {"content": "Grüße"}},
              {"match": {"userMessage": "w", "turnIndex": 1}, "response": {"toolCalls": [
                {"name": "get_weather", "arguments": "{\\"location\\":\\"Paris\\"}"}], "reasoning": "think"}},
              {"match": {"userMessage": "e"}, "response": {"error": {"message": "no", "type": "x"}, "status": 429}}
            ]}
            """
        fuzz("import-aimock", .aimock, rounds: 400, [Array(fixture.utf8)], file: "x.json")
    }
}
