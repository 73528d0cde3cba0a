import Foundation
import NIOCore
import OpenRouterAPI
import Tapes
import TestSupport
import Testing

@testable import Cassettes

/// What answers are full of, and looks random: a scan that cried wolf over it would be switched off.
@Suite("Ordinary answers are no secrets")
struct OrdinaryAnswerTests {
    /// Random texts of the kinds that answers hold, by the name of their member.
    struct Values {
        private var random: SplitMix

        init(seed: UInt64) {
            random = SplitMix(seed: seed)
        }

        private mutating func text(_ count: Int, of letters: String) -> String {
            let letters = Array(letters)
            return String((0..<count).map { _ in letters[Int(random.next() % UInt64(letters.count))] })
        }

        private mutating func hex(_ count: Int) -> String { text(count, of: "0123456789abcdef") }

        private mutating func word(_ count: Int) -> String {
            text(count, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        }

        private mutating func base64(_ byteCount: Int) -> String {
            Data((0..<byteCount).map { _ in UInt8(truncatingIfNeeded: random.next()) }).base64EncodedString()
        }

        private mutating func base64URL(_ byteCount: Int) -> String {
            base64(byteCount).replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        }

        mutating func all() -> [(name: String, value: String)] {
            [
                ("id", "gen-1790000000-" + word(20)), ("id", "chatcmpl-" + word(29)), ("id", "resp_" + hex(50)),
                ("id", "msg_01" + word(22)), ("id", "call_" + word(24)), ("id", "toolu_01" + word(22)),
                ("id", "rs_" + hex(48)), ("request_id", "req_011" + word(21)), ("request_id", "req_" + hex(32)),
                ("id", "file-" + word(24)), ("id", "batch_" + word(24)), ("session_id", "session_01" + word(22)),
                ("user", "user_2" + word(26)), ("organization", "org-" + word(24)), ("hash", hex(64)),
                ("key_hash", hex(64)), ("label", "sk-or-v1-0e6...1c96"), ("sha", hex(40)), ("md5", hex(32)),
                ("uuid", "\(hex(8))-\(hex(4))-4\(hex(3))-a\(hex(3))-\(hex(12))"),
                ("ulid", "01" + word(24).uppercased()),
                ("system_fingerprint", "fp_" + hex(10)), ("cf-ray", hex(16) + "-FRA"), ("etag", "W/\"\(hex(40))\""),
                ("traceparent", "00-\(hex(32))-\(hex(16))-01"), ("integrity", "sha512-" + base64(64)),
                ("embedding", base64(1_200)), ("signature", base64(400)),
                ("signature", "EqoBCkgIARABGAIiQL8" + base64(200)),
                ("encrypted_content", "gAAAAABo" + base64URL(300)), ("thought_signature", base64URL(160)),
                ("url", "data:image/png;base64,iVBORw0KGgo" + base64(3_000)), ("audio", base64(4_000)),
                ("url", "https://storage.example.com/v/\(base64URL(30)).mp4"), ("next_cursor", base64URL(40)),
                ("page_token", base64URL(30)), ("max_tokens", "4096"), ("total_tokens", "123456789"),
                ("text", "let token = tokens[index]; password = getpass()"), ("pattern", "sk-[a-zA-Z0-9]{20,}"),
            ]
        }
    }

    @Test("In JSON, in a stream and in prose, whatever the seed", arguments: 1...5 as ClosedRange<UInt64>)
    func values(seed: UInt64) throws {
        var values = Values(seed: seed)
        for (name, value) in values.all() {
            let json = JSON.object([name: .string(value), "data": .array([.string(value)])]).text
            for text in [json, "data: \(json)\n\n", "see \(value) here"] {
                let bytes = Array(text.utf8)
                let scan = TextScan(path: "a", bytes: bytes, rules: RedactionRules())
                #expect(scan.findings.isEmpty, "\(name) of seed \(seed): \(scan.findings)")
                let redacted = Redactor().redact(.make(request: .make(text)))
                #expect(Array(redacted.interaction.request.body.readableBytesView) == bytes, "\(name) of seed \(seed)")
            }
        }
    }
}
