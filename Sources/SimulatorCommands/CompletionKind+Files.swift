internal import ArgumentParser
internal import Scenarios
internal import Simulation

extension CompletionKind {
    /// Cassettes; folders can always be chosen.
    static var cassettes: CompletionKind { .file(extensions: ["cassette"]) }

    /// Files of certificates and keys.
    static var certificates: CompletionKind { .file(extensions: ["pem", "crt", "cer", "key"]) }

    /// Forms of `--timing`.
    static var timings: CompletionKind { .list(["instant", "recorded", "2x", "max:200ms"].forShell) }

    /// The built-in scenarios.
    static var scenarios: CompletionKind {
        .custom { _, _, prefix in BuiltInScenarios.all.map(\.name).filter { $0.hasPrefix(prefix) }.forShell }
    }

    /// The models of the catalog in the binary.
    static var models: CompletionKind {
        .custom { _, _, prefix in Catalog.embedded.models.map(\.id).filter { $0.hasPrefix(prefix) }.forShell }
    }
}

extension [String] {
    /// As the shell that asks reads them: to zsh what follows a colon is a description (zshcompsys(1), `_describe`).
    fileprivate var forShell: [String] {
        CompletionShell.requesting == .zsh ? map { $0.replacing(":", with: #"\:"#) } : self
    }
}
