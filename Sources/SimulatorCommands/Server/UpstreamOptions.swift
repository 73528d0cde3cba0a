internal import ArgumentParser
internal import Recording

/// Where requests are forwarded to.
struct UpstreamOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The real API. (default: https://openrouter.ai/api/v1)", valueName: "url"))
    var upstream: String?

    @Option(
        help: ArgumentHelp("PEM file of authorities to trust besides the system's.", valueName: "file"),
        completion: .certificates
    )
    var upstreamCa: String?

    func configuration() throws -> UpstreamConfiguration {
        try UpstreamConfiguration(
            url: upstream ?? "https://openrouter.ai/api/v1",
            certificateAuthorityFile: upstreamCa
        )
    }
}
