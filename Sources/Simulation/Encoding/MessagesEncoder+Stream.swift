internal import OpenRouterAPI
internal import Tapes

/// The streamed form (reference: inference §5.4, §5.5).
extension MessagesEncoder {
    func frames(of answer: GeneratedAnswer) -> [Frame] {
        var frames = EventFrames()
        for _ in 0..<answer.keepAliveCount { frames.keepAlive() }
        frames.wait(answer.playedPace.untilFirstToken)
        let start = message(of: answer, content: [], stop: MessagesStop(), usage: answer.usageEncoder.messageStart)
        frames.event("message_start", ["message": .object(start)])
        var index = -1
        for event in MessagesBlockWriter.events(of: answer, omitsThinking: omitsThinking) {
            switch event {
            case .blockStart(let block):
                index += 1
                frames.event("content_block_start", ["index": .integer(index), "content_block": .object(block.json)])
                // As Anthropic: once, behind the first start.
                if index == 0 { frames.event("ping") }
            case .delta(let delta):
                frames.event("content_block_delta", ["index": .integer(index), "delta": delta.json])
            case .blockStop:
                frames.event("content_block_stop", ["index": .integer(index)])
            case .silence(let step):
                frames.silence(step)
            case .wait(let duration):
                frames.wait(duration)
            case .failure(let failure):
                frames.event("error", error(failure, answer))
                return frames.frames
            }
        }
        frames.event("message_delta", ["delta": .object(delta(answer)), "usage": answer.usageEncoder.messageDelta])
        var stop: JSONObject = [:]
        stop.append("openrouter_metadata", answer.routerMetadata)
        frames.event("message_stop", stop)
        if endsWithDone { frames.done(as: "data") }
        return frames.frames
    }

    private func delta(_ answer: GeneratedAnswer) -> JSONObject {
        var delta = MessagesStop(answer.generation).members
        delta.append("container", .null)
        return delta
    }

    /// Schema `MessagesErrorEvent`.
    private func error(_ failure: ProviderFailure, _ answer: GeneratedAnswer) -> JSONObject {
        var members: JSONObject = ["error": .object(failure.inAnswer.anthropicDetail)]
        members.append("openrouter_metadata", answer.routerMetadata(beside: failure))
        return members
    }
}
