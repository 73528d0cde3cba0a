internal import Tapes
internal import Testing

@testable internal import Conformance

@Suite("Answer check")
struct AnswerCheckTests {
    struct Row: CustomTestStringConvertible {
        let operation: String
        let answer: Tape
        let isStreamed: Bool
        let problems: [String]

        init(_ operation: String, _ answer: Tape, isStreamed: Bool = false, _ problems: String...) {
            self.operation = operation
            self.answer = answer
            self.isStreamed = isStreamed
            self.problems = problems
        }

        var testDescription: String { "\(operation) \(problems.first ?? "conforms")" }
    }

    private static func stream(_ body: String) -> Tape { .make(200, "text/event-stream", body) }

    static let rows: [Row] = [
        Row("GET /models/count", .json(#"{"data":{"count":3}}"#)),
        Row(
            "GET /models/count",
            .json(#"{"data":{"count":"3"}}"#),
            #"body /data/count: expected integer, found "3" (#/components/schemas/Count/properties/count/type)"#
        ),
        Row(
            "GET /models/count",
            .json("{}", status: 418),
            "status: 418 is not declared; declared are 200 (#/paths/~1models~1count/get)"
        ),
        Row(
            "GET /models/count",
            .make(200, "text/html", "<p>"),
            "content-type: text/html is not declared; declared are application/json (#/paths/~1models~1count/get)"
        ),
        Row(
            "GET /models/count",
            .make(200, nil, "{}"),
            "content-type: missing is not declared; declared are application/json (#/paths/~1models~1count/get)"
        ),
        Row(
            "GET /models/count",
            .json(#"{"data":"#),
            "body: is no JSON: line 1, column 9: unexpected end of input, expected a value"
        ),
        Row(
            "GET /models/count",
            Tape(head: nil, origin: Origin(.synthetic(seed: 0))),
            "status: there was no answer"
        ),
        // A status of a class, and one without a body.
        Row("POST /things", .json(#"{"error":1}"#, status: 409)),
        // Zod's own report, which no document declares, and other things that look a little like it.
        Row("POST /things", .json(#"{"success":false,"error":{"name":"ZodError","message":"[]"}}"#, status: 400)),
        Row(
            "POST /things",
            .json(#"{"error":{"name":"ZodError","message":"[]"}}"#, status: 400),
            "body /error: is what the schema excludes: an object "
                + "(#/paths/~1things/post/responses/4XX/content/application~1json/schema/properties/error/not)"
        ),
        Row("DELETE /things/{id}", .make(204, nil)),
        Row(
            "DELETE /things/{id}",
            .json("{}", status: 204),
            "body: no body is declared for status 204 (#/paths/~1things~1{id}/delete)"
        ),
        // Bodies that are no JSON.
        Row("GET /stream", .make(200, "audio/mpeg", "abc")),
        Row(
            "GET /stream",
            .make(200, "audio/mpeg"),
            "body: is empty (#/paths/~1stream/get/responses/200/content/audio~1*)"
        ),
        // Streams.
        Row("GET /stream", stream("event: a\ndata: {\"n\":1}\n\n: hi\n\ndata: [DONE]\n\n"), isStreamed: true),
        Row("GET /stream", stream("event: a\ndata: {\"n\":1}\n\n"), isStreamed: true),
        Row(
            "GET /stream",
            stream("event: a\ndata: {\"n\":\"x\"}\n\ndata: {\"n\":1}\n\n"),
            isStreamed: true,
            "event 1 /n: expected integer, found \"x\" (#/paths/~1stream/get/responses/200/content/text~1event-stream"
                + "/schema/properties/data/properties/n/type)",
            "event 2: the member 'event' is missing (#/paths/~1stream/get/responses/200/content/text~1event-stream"
                + "/schema/required)"
        ),
        Row(
            "GET /stream",
            stream("data: [DONE]\n\nevent: a\ndata: {\"n\":1}\n\n"),
            isStreamed: true,
            "event 1: is [DONE], but is not the last event"
        ),
        Row(
            "GET /stream",
            stream("event: a\ndata: {n\n\n"),
            isStreamed: true,
            "event 1: is no JSON: line 1, column 2: unexpected 'n', expected a member name in double quotes or '}'"
        ),
        Row(
            "GET /stream",
            stream("event: a\ndata: {\"n\":1}\n\nevent: a\ndata: {\"n\":2}\n"),
            isStreamed: true,
            "body: ends inside an event; expected an empty line after the last"
        ),
        Row("GET /stream", stream(": nothing\n\n"), isStreamed: true, "body: holds no event"),
        Row(
            "GET /stream",
            .make(200, "audio/mpeg", "abc"),
            isStreamed: true,
            "content-type: audio/mpeg, though an event stream was asked for"
        ),
        Row(
            "GET /stream",
            stream("event: a\ndata: {\"n\":1}\n\n"),
            "content-type: text/event-stream, though no event stream was asked for"
        ),
    ]

    @Test("An answer is held against its operation", arguments: rows)
    func answer(_ row: Row) throws {
        let specification = try SmallSpecification.make()
        let operation = try #require(specification.operation(named: row.operation))
        let check = AnswerCheck(specification: specification, operation: operation)
        let problems = check.problems(of: ReceivedAnswer(row.answer), isStreamed: row.isStreamed)
        #expect(problems.map(\.description) == row.problems)
    }
}
