internal import Cassettes
internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Simulation
internal import Tapes

extension Journal.Entry {
    /// How much of an entry is shown.
    enum Detail {
        /// No header fields, no bodies, no single sends.
        case brief
        case usual
        /// With what was answered.
        case full
    }

    /// Without credentials: header fields other than these are not shown.
    private static let shownFields: Set<String> = [
        "accept", "accept-encoding", "content-encoding", "content-length", "content-type", "http-referer",
        "idempotency-key", "user-agent", "x-openrouter-title", "x-session-id", "x-sim-scenario",
        "x-stainless-retry-count",
        "x-title",
    ]

    /// As the control API shows it, without secrets.
    ///
    /// - Parameters:
    ///   - redactor: takes secrets out of the request and the answer.
    ///   - detail: how much of it.
    ///   - retry: what it repeats; nil for a first attempt.
    ///   - isPlanned: whether times are those that the answer wanted instead of those it was played at.
    /// - Returns: what the control API shows.
    func json(_ redactor: Redactor, _ detail: Detail, retry: JournalRetry?, isPlanned: Bool) -> JSON {
        var request = request
        if detail == .brief { request.body = ByteBuffer() }
        var answer: Tape?
        if detail == .full, let kept = self.answer {
            // Together, so that what gives itself away in one is found in the other.
            let redacted = redactor.redact(Interaction(request: request, tape: kept.tape, recordedAt: time)).interaction
            (request, answer) = (redacted.request, redacted.tape)
        } else {
            request = redactor.redact(request)
        }
        var object: JSONObject = [
            "id": .integer(id),
            "time": .string(CivilTime(microseconds: time).iso8601),
            "method": .string(request.method.rawValue),
            "path": .string(request.target.path),
            "query": .string(request.target.query),
        ]
        if detail != .brief {
            object.append(
                "headers",
                .array(
                    request.fields.filter { Self.shownFields.contains($0.name.canonicalName) }
                        .map { [.string($0.name.rawName), .string($0.value)] }
                )
            )
            object.append("body", .string(String(decoding: request.body.readableBytesView, as: UTF8.self)))
        }
        object.append("body_bytes", .integer(bodyByteCount))
        object.append("model", model.map { .string($0) } ?? .null)
        object.append("generation_id", generationID.map { .string($0) } ?? .null)
        object.append("status", status.map { .integer($0) } ?? .null)
        object.append("origin", origin.map { .string($0.description) } ?? .null)
        object.append("rule", rule.map { .string($0) } ?? .null)
        object.append("faults", .array((origin?.faults ?? []).map { .string($0) }))
        object.append("ending", ending.map { .string($0.rawValue) } ?? .null)
        object.append("error_inside", hasErrorInside ? true : nil)
        object.append("miss", miss.map { .string($0) })
        object.append(
            "retry",
            retry.map { retry in
                [
                    "of": .integer(retry.of), "attempt": .integer(retry.attempt),
                    "wait_us": .integer(Int(retry.wait)),
                ]
            } ?? .null
        )
        object.append("played", played?.json(detail, isPlanned: isPlanned) ?? .null)
        if detail == .full {
            object.append(
                "answer",
                answer?.json(bodyByteCount: self.answer?.bodyByteCount, frameCount: self.answer?.frameCount) ?? .null
            )
        }
        return .object(object)
    }
}

extension Journal.Entry.Played {
    fileprivate func json(_ detail: Journal.Entry.Detail, isPlanned: Bool) -> JSON {
        let byteCount = sends.reduce(0) { $0 + $1.byteCount }
        let last = sends.last?.due ?? .zero
        var object: JSONObject = [
            "outcome": .string(outcome),
            "bytes": .integer(byteCount),
            "duration_us": .integer(Int((isPlanned ? last : duration).microseconds)),
        ]
        if detail != .brief {
            object.append(
                "sends",
                .array(
                    sends.map { send in
                        [
                            "at_us": .integer(Int((isPlanned ? send.due : send.at).microseconds)),
                            "bytes": .integer(send.byteCount),
                        ]
                    }
                )
            )
        }
        guard outcome == "cancelled" else { return .object(object) }
        object.append(
            "cancelled",
            ["at_us": .integer(Int(duration.microseconds)), "after_bytes": .integer(byteCount)]
        )
        return .object(object)
    }
}
