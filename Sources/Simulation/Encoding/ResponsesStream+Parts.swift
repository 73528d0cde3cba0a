internal import OpenRouterAPI

/// Messages: texts and refusals.
extension ResponsesStream {
    mutating func write(_ part: ResponsesPart, at position: Int, _ place: Place) {
        send(
            "response.content_part.added",
            place.members(part: position, ["part": items.eventPart(part, isWhole: false)])
        )
        let template =
            part.isRefusal
            ? ResponsesDelta("response.refusal.delta", place.deltaMembers(part: position, logprobs: nil))
            : ResponsesDelta("response.output_text.delta", place.deltaMembers(part: position, logprobs: []))
        var annotationCount = 0
        for step in part.steps {
            switch step {
            case .text(let text, let logprobs) where !logprobs.isEmpty:
                pace()
                var members = place.deltaMembers(part: position, logprobs: logprobs)
                members.append("delta", .string(text))
                send("response.output_text.delta", members)
            case .text(let text, _), .refusal(let text):
                pace()
                send(text, template)
            case .annotation(let annotation):
                send(
                    "response.output_text.annotation.added",
                    place.members(
                        part: position,
                        ["annotation_index": .integer(annotationCount), "annotation": annotation.responses]
                    )
                )
                annotationCount += 1
            default: keepSilent(step)
            }
        }
    }

    mutating func close(_ part: ResponsesPart, at position: Int, _ place: Place) {
        if part.isRefusal {
            send("response.refusal.done", place.members(part: position, ["refusal": .string(part.text)]))
        } else {
            let own: JSONObject = ["text": .string(part.text), "logprobs": .array(part.logprobs)]
            send("response.output_text.done", place.members(part: position, own))
        }
        send(
            "response.content_part.done",
            place.members(part: position, ["part": items.eventPart(part, isWhole: true)])
        )
    }
}

/// Thoughts: summaries of OpenAI's models, text of the others'.
extension ResponsesStream {
    mutating func write(thoughts part: ResponsesPart, _ place: Place) {
        let template: ResponsesDelta
        if items.summarizesReasoning {
            send("response.reasoning_summary_part.added", place.members(summary: ["part": items.summaryPart("")]))
            template = ResponsesDelta("response.reasoning_summary_text.delta", place.members(summary: [:]))
        } else {
            send("response.content_part.added", place.members(part: 0, ["part": items.reasoningPart("")]))
            template = ResponsesDelta("response.reasoning_text.delta", place.deltaMembers(part: 0, logprobs: nil))
        }
        for step in part.steps {
            guard case .reasoning(let text) = step else {
                keepSilent(step)
                continue
            }
            pace()
            send(text, template)
        }
    }

    mutating func close(thoughts part: ResponsesPart, _ place: Place) {
        let text = part.text
        if items.summarizesReasoning {
            send("response.reasoning_summary_text.done", place.members(summary: ["text": .string(text)]))
            send("response.reasoning_summary_part.done", place.members(summary: ["part": items.summaryPart(text)]))
        } else {
            send("response.reasoning_text.done", place.members(part: 0, ["text": .string(text)]))
            send("response.content_part.done", place.members(part: 0, ["part": items.reasoningPart(text)]))
        }
    }
}
