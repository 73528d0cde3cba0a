internal import OpenRouterAPI

extension MutationTable {
    /// Errors, told in each of the places where they occur.
    static let failures: [Mutation] = [
        Mutation(
            "error-chunk",
            .payload,
            .breaking,
            .blocks,
            rank: 1,
            "An error in the stream, after some of the answer.",
            slot: "breakage",
            values: [
                .init("number-code", .streamError), .init("string-code", .streamError),
                .init("no-choices", .streamError), .init("empty-choices", .streamError),
                .init("usage", .streamError), .init("first", .streamError), .init("no-sentinel", .streamError),
                .init("finish-only", .finishError), .init("text", .streamError),
                .init("event", .errorEvent), .init("event-flat", .errorEvent),
                .init("tool", .streamError, on: "tool"),
            ]
        ) { draft, value, _ in
            draft.fail(value)
        },
        Mutation(
            "error-event",
            .payload,
            .breaking,
            .blocks,
            rank: 2,
            "An error in the stream, in another shape.",
            slot: "breakage",
            apis: [.responses, .messages],
            values: [
                .init("flat", .errorEvent), .init("nested", .errorEvent), .init("response-error", .errorEvent),
                .init("unnamed", .errorEvent),
            ]
        ) { draft, value, _ in
            draft.failByEvent(value)
        },
        Mutation(
            "status",
            .http,
            .breaking,
            .transport,
            rank: 1,
            "A status that is an error, with OpenRouter's JSON.",
            slot: "breakage",
            values: [
                .init("429", .status), .init("500", .status), .init("401", .status), .init("402", .status),
                .init("400", .status), .init("404", .status), .init("502", .status), .init("503", .status),
            ]
        ) { draft, value, _ in
            guard let status = Int(value) else { return false }
            draft.replace(status: status, type: "application/json", body: draft.envelope(status))
            return true
        },
        Mutation(
            "status-other",
            .http,
            .breaking,
            .transport,
            rank: 2,
            "A status that is an error, with another body.",
            slot: "breakage",
            values: [
                .init("html-502", .statusBody), .init("plain-500", .statusBody), .init("empty-503", .statusBody),
                .init("stream-type-500", .statusBody), .init("cut-500", .statusBody), .init("stream-500", .status),
                .init("stream-429", .status), .init("array-400", .statusBody), .init("bad-utf8-502", .statusBody),
            ]
        ) { draft, value, _ in
            draft.refuse(value)
            return true
        },
        Mutation(
            "ok",
            .http,
            .breaking,
            .transport,
            rank: 1,
            "Status 200 without a stream.",
            slot: "breakage",
            values: [
                .init("json", .okError), .init("html", .okError), .init("empty", .emptyStream),
                .init("json-as-stream", .okError), .init("empty-json", .emptyStream), .init("comments", .emptyStream),
            ]
        ) { draft, value, _ in
            draft.acceptWithoutStream(value)
        },
        Mutation(
            "retry-after",
            .http,
            .breaking,
            .transport,
            rank: 3,
            "Retry-After in each of its forms, and none of them.",
            slot: "breakage",
            values: [
                .init("0", .retryAfter), .init("0.5", .retryAfter), .init("-1", .retryAfter),
                .init("junk", .retryAfter),
                .init("past-date", .retryAfter), .init("far-date", .retryAfter), .init("86400", .retryAfter),
                .init("digits", .retryAfter), .init("empty", .retryAfter),
            ]
        ) { draft, value, _ in
            draft.replace(status: 429, type: "application/json", body: draft.envelope(429))
            let field =
                switch value {
                case "junk": "soon"
                case "past-date": "Wed, 21 Oct 2015 07:28:00 GMT"
                case "far-date": "Fri, 31 Dec 2099 23:59:59 GMT"
                case "digits": String(repeating: "9", count: 400)
                case "empty": ""
                default: value
                }
            draft.replacement?.fields.append(("Retry-After", field))
            return true
        },
        Mutation(
            "bad-json",
            .payload,
            .breaking,
            .blocks,
            rank: 1,
            "An event that is no JSON object.",
            slot: "breakage",
            values: [
                .init("cut", .badJSON), .init("text", .badJSON), .init("array", .notAnObject),
                .init("null", .notAnObject),
                .init("string", .notAnObject), .init("number", .notAnObject), .init("first", .badJSON),
                .init("html", .badJSON), .init("tool", .badJSON, on: "tool"),
            ]
        ) { draft, value, _ in
            draft.breakJSON(value)
        },
    ]
}
