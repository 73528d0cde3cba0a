internal import ArgumentParser
internal import Recording

/// Where requests are forwarded to.
struct UpstreamOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The real API. (default: https://openrouter.ai/api/v1)", valueName: "url"))
    var upstream: String?

    @Option(help: ArgumentHelp("PEM file of authorities to trust besides the system's.", valueName: "file"))
    var upstreamCa: String?

    func configuration() throws -> UpstreamConfiguration {
        try UpstreamConfiguration(
            url: Setting.value(upstream, "upstream", default: "https://openrouter.ai/api/v1"),
            certificateAuthorityFile: Setting.optional(upstreamCa, "upstream-ca")
        )
    }
}
