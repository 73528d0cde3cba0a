internal import OpenRouterAPI

/// The library: the files of `scenarios/`, embedded in the binary.
package enum BuiltInScenarios {
    /// What stands in place of a file's name in messages and origins: `built-in/ok.yaml`.
    private static let folder = "built-in"

    /// In the order of their documentation.
    package static let all: [Scenario] = files.map { name, bytes in
        do {
            return try Scenario(reading: bytes, file: "\(folder)/\(name).yaml")
        } catch {
            preconditionFailure("a built-in scenario cannot be read:\n\(error)")
        }
    }

    /// Nil for a name that is not built in.
    package static func named(_ name: String) -> Scenario? {
        byName[name]
    }

    /// The name that was probably meant, or nil.
    package static func nearestName(to name: String) -> String? {
        NearestWord.to(name, among: all.map(\.name))
    }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    static let files: [(name: String, bytes: [UInt8])] = [
        ("ok", PackageResources.ok_yaml),
        ("keep-alive", PackageResources.keep_alive_yaml),
        ("keep-alive-flood", PackageResources.keep_alive_flood_yaml),
        ("slow-first-token", PackageResources.slow_first_token_yaml),
        ("rate-limited-then-ok", PackageResources.rate_limited_then_ok_yaml),
        ("rate-limited-no-retry-after", PackageResources.rate_limited_no_retry_after_yaml),
        ("free-daily-limit", PackageResources.free_daily_limit_yaml),
        ("out-of-credits", PackageResources.out_of_credits_yaml),
        ("invalid-key", PackageResources.invalid_key_yaml),
        ("moderation", PackageResources.moderation_yaml),
        ("guardrail-block", PackageResources.guardrail_block_yaml),
        ("provider-fallback", PackageResources.provider_fallback_yaml),
        ("model-fallback", PackageResources.model_fallback_yaml),
        ("all-providers-down", PackageResources.all_providers_down_yaml),
        ("no-endpoints", PackageResources.no_endpoints_yaml),
        ("context-length", PackageResources.context_length_yaml),
        ("mid-stream-error", PackageResources.mid_stream_error_yaml),
        ("error-in-200", PackageResources.error_in_200_yaml),
        ("cut-after-first-token", PackageResources.cut_after_first_token_yaml),
        ("reset-mid-stream", PackageResources.reset_mid_stream_yaml),
        ("stall-mid-stream", PackageResources.stall_mid_stream_yaml),
        ("no-done", PackageResources.no_done_yaml),
        ("linger-after-done", PackageResources.linger_after_done_yaml),
        ("html-502", PackageResources.html_502_yaml),
        ("empty-body", PackageResources.empty_body_yaml),
        ("usage-empty-choices", PackageResources.usage_empty_choices_yaml),
        ("tool-call-then-answer", PackageResources.tool_call_then_answer_yaml),
        ("parallel-tool-calls", PackageResources.parallel_tool_calls_yaml),
        ("reasoning", PackageResources.reasoning_yaml),
        ("refusal", PackageResources.refusal_yaml),
        ("length", PackageResources.length_yaml),
        ("warmup-no-content", PackageResources.warmup_no_content_yaml),
    ]
}
