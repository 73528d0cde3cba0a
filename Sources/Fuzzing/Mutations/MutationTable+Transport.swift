internal import Faults

extension MutationTable {
    /// Heads and framing (RFC 9110, RFC 9112).
    static let transport: [Mutation] = [
        Mutation(
            "content-type",
            .http,
            .preserving,
            .transport,
            rank: 2,
            "The media type in other spellings.",
            values: [
                .init("charset", .contentType), .init("letter-case", .contentType), .init("parameters", .contentType),
                .init("json", .contentType), .init("missing", .contentType),
            ]
        ) { draft, value, _ in
            draft.head.fields.removeAll { $0.name == "Content-Type" }
            switch value {
            case "charset": draft.head.fields.insert(("Content-Type", "text/event-stream; charset=utf-8"), at: 0)
            case "letter-case": draft.head.fields.insert(("Content-Type", "Text/Event-Stream"), at: 0)
            case "parameters":
                draft.head.fields.insert(("Content-Type", "text/event-stream;charset=\"UTF-8\" ; v=1"), at: 0)
            case "json":
                draft.head.fields.insert(("Content-Type", "application/json"), at: 0)
                draft.verdict = .either
            default: draft.verdict = .either
            }
            return true
        },
        Mutation(
            "head-spelling",
            .http,
            .preserving,
            .transport,
            rank: 3,
            "The head in other spellings.",
            values: [
                .init("lower-case", .headSpelling), .init("upper-case", .headSpelling),
                .init("no-reason", .headSpelling),
                .init("other-reason", .headSpelling), .init("many-fields", .headSpelling),
            ]
        ) { draft, value, _ in
            switch value {
            case "lower-case": draft.head.fields = draft.head.fields.map { ($0.name.lowercased(), $0.value) }
            case "upper-case": draft.head.fields = draft.head.fields.map { ($0.name.uppercased(), $0.value) }
            case "no-reason": draft.head.reason = ""
            case "other-reason": draft.head.reason = "Everything Is Fine"
            default: draft.head.fields += (1...40).map { ("X-Hop-\($0)", String(repeating: "v", count: 40)) }
            }
            return true
        },
        Mutation(
            "framing",
            .http,
            .preserving,
            .transport,
            rank: 2,
            "The body framed otherwise than by chunks.",
            values: [.init("length", .framing), .init("until-close", .framing), .init("http-1.0", .framing)]
        ) { draft, value, _ in
            draft.head.framing = value == "length" ? .sized(excess: 0) : .untilClose
            draft.head.isHTTP10 = value == "http-1.0"
            return true
        },
        Mutation(
            "chunk-syntax",
            .http,
            .preserving,
            .transport,
            rank: 4,
            "Chunk sizes in other spellings.",
            slot: "framing",
            values: [
                .init("extensions", .chunkSyntax), .init("upper-case", .chunkSyntax),
                .init("leading-zeros", .chunkSyntax), .init("trailers", .chunkSyntax),
            ]
        ) { draft, value, _ in
            draft.addFault("chunk_syntax", ["variant": .text(value.replacing("-", with: "_"))])
        },
        Mutation(
            "early-response",
            .http,
            .preserving,
            .transport,
            rank: 4,
            "An informational response before the real one.",
            values: [.init("100", .earlyResponse), .init("103", .earlyResponse)]
        ) { draft, value, _ in
            // Python's http.client gives up at 103 (observed with 3.11), and Node's fetch at 100 (observed with 20.20), so
            // that their users cannot be blamed.
            draft.verdict = .either
            return draft.addFault("early_response", ["status": .integer(value == "100" ? 100 : 103)])
        },
        Mutation(
            "coding",
            .http,
            .preserving,
            .transport,
            rank: 4,
            "A compressed body for clients that offer gzip.",
            values: [.init("event", .coding), .init("bytes", .coding, on: "short")]
        ) { draft, value, _ in
            draft.isCoded = true
            draft.codedChunking = value == "bytes" ? .every(1) : nil
            return true
        },
    ]
}
