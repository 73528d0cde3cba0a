internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

/// An unstreamed answer of `/responses`, with views for tests.
enum ResponsesCall {
    /// The members of a response object, in order.
    static let members = [
        "id", "object", "created_at", "completed_at", "status", "model", "background", "error", "incomplete_details",
        "instructions", "max_output_tokens", "max_tool_calls", "metadata", "output", "output_text",
        "parallel_tool_calls", "presence_penalty", "frequency_penalty", "previous_response_id", "prompt_cache_key",
        "reasoning", "safety_identifier", "service_tier", "store", "temperature", "text", "tool_choice", "tools",
        "top_logprobs", "top_p", "truncation", "usage",
    ]
    /// The answer to an input, which has to be a success.
    ///
    /// - Parameters:
    ///   - members: of the request besides model and input.
    ///   - model: slug.
    ///   - input: as JSON.
    /// - Returns: the body.
    /// - Throws: where it is no JSON.
    static func body(
        _ members: String = "",
        model: String = "openai/gpt-4o",
        input: String = #""Hi""#
    ) throws -> JSONValue {
        let members = members.isEmpty ? "" : "," + members
        let exchange = Exchange(.responses(#"{"model":"\#(model)","input":\#(input)\#(members)}"#))
        #expect(exchange.status == 200, "\(exchange.body)")
        return try exchange.json()
    }

    static func items(_ response: JSONValue) -> [JSONValue] {
        response["output"]?.elements.map { $0 } ?? []
    }

    static func types(_ response: JSONValue) -> [String] {
        items(response).map { $0["type"]?.string ?? "" }
    }
}
