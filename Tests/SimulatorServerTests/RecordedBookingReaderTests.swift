import HTTPTypes
import NIOCore
import OpenRouterAPI
import Simulation
import Tapes
import TestSupport
import Testing

@testable import SimulatorServer

/// What is read of large answers on the way: the same as of small ones.
@Suite("Booking of large recordings")
struct RecordedBookingReaderTests {
    /// The booking of a body that comes in pieces of so many bytes.
    private func booking(_ mediaType: String, _ body: String, pieceByteCount: Int = 1000) -> RecordedBooking? {
        var reader = RecordedBookingReader(ResponseHead(status: .ok, fields: [.contentType: mediaType]))
        var rest = ByteBuffer(string: body)
        while let piece = rest.readSlice(length: min(pieceByteCount, max(1, rest.readableBytes))) { reader.read(piece) }
        return reader.finish()
    }

    private static let usage =
        #"{"prompt_tokens":9,"completion_tokens":4,"cost":0.5,"completion_tokens_details":{"image_tokens":3}}"#

    @Test("reads a document around its images and vectors", arguments: [1, 7, 1000, 1 << 18])
    func document(pieceByteCount: Int) throws {
        let image = "data:image/png;base64," + String(repeating: "aGVs/G8+", count: 300_000)
        let vectors =
            "[" + String(repeating: "[" + String(repeating: "-0.25e-3, ", count: 150) + "1],", count: 20) + "[]]"
        let body =
            #"{"id":"g","model":"m","provider":"P","choices":[{"finish_reason":"stop","message":{"content":"Hello","images":[{"image_url":{"url":"\#(image)"}}],"vectors":\#(vectors),"mixed":[\#(String(repeating: "12,", count: 200))"a",3]}}],"usage":\#(Self.usage)}"#
        let sized = pieceByteCount == 1 ? body.replacing(image, with: String(image.prefix(30_000))) : body
        let booking = try #require(self.booking("application/json", sized, pieceByteCount: pieceByteCount))
        #expect(booking.generationID == "g" && booking.model == "m" && booking.provider == "P")
        #expect(booking.finishReason == "stop")
        #expect(booking.cost == USD("0.5"))
        #expect(booking.usage.completionImage == 3)
        #expect(booking.content?.completion == "Hello")
        #expect(!booking.isStreamed)
    }

    @Test("reads a stream of any length, whose words it keeps to a bound")
    func stream() throws {
        let word = String(repeating: "word ", count: 100)
        var body = #"data: {"id":"g","model":"m","provider":"P","choices":[{"delta":{"content":"First "}}]}"# + "\n\n"
        for _ in 0..<4000 { body += #"data: {"id":"g","choices":[{"delta":{"content":"\#(word)"}}]}"# + "\n\n" }
        body +=
            #"data: {"id":"g","choices":[{"delta":{"images":["\#(String(repeating: "A", count: 5 << 20))"]}}]}"#
            + "\n\n"
        body += #"data: {"id":"g","choices":[{"delta":{},"finish_reason":"length"}]}"# + "\n\n"
        body += #"data: {"id":"g","choices":[],"usage":\#(Self.usage)}"# + "\n\ndata: [DONE]\n\n"
        let booking = try #require(self.booking("text/event-stream", body, pieceByteCount: 100_000))
        #expect(booking.generationID == "g" && booking.model == "m" && booking.provider == "P")
        #expect(booking.finishReason == "length")
        #expect(booking.cost == USD("0.5"))
        #expect(booking.isStreamed)
        let said = try #require(booking.content?.completion)
        #expect(said.hasPrefix("First word "))
        #expect((1 << 20..<(1 << 20) + word.utf8.count).contains(said.utf8.count))
    }

    @Test("finds nothing in what is no such answer, or too much of one")
    func nothing() {
        #expect(booking("video/mp4", "{}") == nil)
        #expect(booking("application/json", #"{"data":[]}"#) == nil)
        #expect(booking("application/json", "{") == nil)
        let endless = String(repeating: #"{"a":"b"},"#, count: 500_000)
        #expect(
            booking("application/json", #"{"l":[\#(endless)1],"usage":\#(Self.usage)}"#, pieceByteCount: 1 << 18) == nil
        )
        var reader = RecordedBookingReader(ResponseHead(status: .ok, fields: [.contentEncoding: "gzip"]))
        reader.read(ByteBuffer(string: "{}"))
        #expect(reader.finish() == nil)
        #expect(RecordedBookingReader(nil).finish() == nil)
    }
}

@Suite("Abridged JSON")
struct JSONAbridgerTests {
    private func abridged(_ text: String, pieceByteCount: Int = .max) -> String {
        var abridger = JSONAbridger(cutsNumbers: true)
        var kept: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(pieceByteCount))
            rest = rest.dropFirst(piece.count)
            piece.withUnsafeBytes { abridger.abridge($0, into: &kept) }
        }
        return String(decoding: kept, as: UTF8.self)
    }

    private static let long = String(repeating: "x", count: JSONAbridger.stringByteLimit)
    private static let numbers = String(repeating: "1,", count: JSONAbridger.numbersByteLimit / 2)

    @Test(
        "leaves out tails of strings and lists, and nothing else",
        arguments: [
            (#"{"a":"b\"c\\","d":[1, 2.5e3, true, null]}"#, #"{"a":"b\"c\\","d":[1, 2.5e3, true, null]}"#),
            (#"["\#(long)yyy",1]"#, #"["\#(long)",1]"#),
            // Not in an escape, nor between two, nor in a character.
            (#"["\#(long)\u0041\n"]"#, #"["\#(long)\u0041\n"]"#),
            (#"["\#(long.dropLast())\\\"yyy"]"#, #"["\#(long.dropLast())\\\"y"]"#),
            (#"["\#(long)äöü"]"#, #"["\#(long)äöü"]"#),
            (#"["\#(long)\ud83d\ude00ab"]"#, #"["\#(long)\ud83d\ude00a"]"#),
            ("[\(numbers)2,3]", "[\(numbers)2]"),
            ("[\(numbers)2,3,\"a\",4]", "[\(numbers)2,\"a\",4]"), ("[\(numbers)2,[3],{}]", "[\(numbers)2,[3],{}]"),
            // A line ends a string that is none, such as a quotation mark in a comment.
            (": \"\(long)yy\ndata: {\"a\":1}\n", ": \"\(long)\ndata: {\"a\":1}\n"),
        ]
    )
    func cuts(text: String, expected: String) {
        #expect(abridged(text) == expected)
        #expect(abridged(text, pieceByteCount: 1) == expected)
    }

    @Test("is JSON again whatever it was")
    func isJSON() throws {
        var random = SplitMix(seed: 3)
        for _ in 0..<200 {
            let text = Self.value(&random, depth: 0)
            _ = try JSONDocument(parsing: text.utf8)
            let kept = abridged(text, pieceByteCount: 100)
            #expect(throws: Never.self) { try JSONDocument(parsing: kept.utf8) }
            #expect(kept.utf8.count <= text.utf8.count)
        }
    }

    private static func value(_ random: inout SplitMix, depth: Int) -> String {
        switch Int.random(in: 0...(depth > 3 ? 2 : 5), using: &random) {
        case 0: return ["true", "null", "-12.5E+3", "0", #""""#].randomElement(using: &random) ?? "1"
        case 1:
            let parts = ["plain", #"\""#, #"\\"#, #"\u00e9"#, #"\ud83d\ude00"#, "é", "👩", " "]
            let count = Int.random(in: 0...6000, using: &random)
            return "\"" + (0..<count).map { _ in parts.randomElement(using: &random) ?? "" }.joined() + "\""
        case 2:
            let separator = [",", ", ", " ,\n"].randomElement(using: &random) ?? ","
            let items = (0..<Int.random(in: 1...400, using: &random)).map { $0 % 97 == 96 ? "\"s\"" : "\($0).5" }
            return "[" + items.joined(separator: separator) + "]"
        case 3: return "{" + "\"k\": \(value(&random, depth: depth + 1)), \"l\":1}"
        default:
            let items = (0..<Int.random(in: 0...5, using: &random)).map { _ in value(&random, depth: depth + 1) }
            return "[" + items.joined(separator: ",") + "]"
        }
    }
}
