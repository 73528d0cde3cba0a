internal import HTTPTypes
internal import Simulation
internal import Tapes

extension Request {
    static func message(_ body: String, key: String? = mockKey, fields: HTTPFields = [:]) -> Request {
        make(.post, "/messages", body: body, key: key, fields: fields)
    }

    /// A message that asks `prompt`, with more members.
    static func question(
        _ rest: String...,
        model: String = "anthropic/claude-sonnet-4.5",
        prompt: String = "Why is the sky blue?"
    ) -> Request {
        let members =
            [#""model":"\#(model)""#, #""max_tokens":2000"#, #""messages":[{"role":"user","content":"\#(prompt)"}]"#]
            + rest
        return message("{" + members.joined(separator: ",") + "}", key: mockKey)
    }
}
