/// Who may import what: the table of ARCHITECTURE.md, section 2, as far as it is built.
///
/// A new target, or a new third-party package, is a new row here.
struct ArchitectureRules {
    /// The targets under `Sources`, from the bottom up: a target may import only targets before it.
    var targets: [String]

    /// The targets of ours that a target may import.
    var ownImports: [String: Set<String>]

    /// The targets that may import a third-party module: one, or one and its stated exceptions.
    var thirdParty: [String: Set<String>]

    /// Modules whose types everyone speaks, from ``vocabularyStart`` up the list.
    var vocabulary: Set<String>

    var vocabularyStart: String

    /// Modules of the platform, which any target may import.
    var platform: Set<String>

    /// The targets that must not import Foundation: they are fast, or read what is hostile, without it.
    var withoutFoundation: Set<String>

    /// The most lines that a file may have.
    var longestFile: Int
}

extension ArchitectureRules {
    /// The rules of this repository.
    static let current = ArchitectureRules(
        targets: [
            "CXXHash", "ServerSentEvents", "OpenRouterAPI", "Tapes", "YAMLDocuments", "Faults", "Scenarios",
            "ChildProcesses", "Cassettes",
            "Simulation", "Conformance", "Playback", "Recording", "Fuzzing", "SimulatorServer",
            "OpenRouterSimTesting", "SimulatorCommands",
            "openrouter-sim",
        ],
        ownImports: [
            "CXXHash": [],
            "ServerSentEvents": [],
            "OpenRouterAPI": [],
            "Tapes": [],
            "YAMLDocuments": ["OpenRouterAPI"],
            "Faults": ["ServerSentEvents", "Tapes"],
            "Scenarios": ["Faults", "OpenRouterAPI", "ServerSentEvents", "Tapes", "YAMLDocuments"],
            "ChildProcesses": [],
            "Cassettes": ["CXXHash", "OpenRouterAPI", "ServerSentEvents", "Tapes", "YAMLDocuments"],
            "Simulation": ["OpenRouterAPI", "ServerSentEvents", "Tapes"],
            "Conformance": ["OpenRouterAPI", "ServerSentEvents", "Simulation", "Tapes", "YAMLDocuments"],
            "Playback": ["Tapes"],
            "Recording": ["Tapes"],
            "Fuzzing": ["ChildProcesses", "Faults", "OpenRouterAPI", "Playback", "ServerSentEvents", "Tapes"],
            "SimulatorServer": [
                "Cassettes", "Faults", "Fuzzing", "OpenRouterAPI", "Playback", "Recording", "Scenarios",
                "ServerSentEvents", "Simulation", "Tapes", "YAMLDocuments",
            ],
            "OpenRouterSimTesting": ["Fuzzing", "SimulatorServer"],
            "SimulatorCommands": [
                "Cassettes", "ChildProcesses", "Conformance", "Faults", "Fuzzing", "OpenRouterAPI", "Playback",
                "Recording",
                "Scenarios",
                "ServerSentEvents", "Simulation", "SimulatorServer", "Tapes", "YAMLDocuments",
            ],
            "openrouter-sim": ["SimulatorCommands"],
        ],
        thirdParty: [
            "Subprocess": ["ChildProcesses"],
            "Yams": ["YAMLDocuments"],
            "GRDB": ["Cassettes"],
            // SQLite itself, for what GRDB has no words for: reading a part of a body.
            "GRDBSQLite": ["Cassettes"],
            "Crypto": ["Simulation"],
            "NIOHTTPCompression": ["Playback"],
            "NIOHPACK": ["Playback"],
            "NIOHTTP2": ["Playback"],
            "NIOTLS": ["Playback"],
            // AsyncHTTPClient's interface speaks in types of these three: request and response heads,
            // the group of event loops, the TLS configuration.
            "NIOHTTP1": ["Playback", "Recording"],
            "NIOPosix": ["SimulatorServer", "Recording", "Fuzzing"],
            "NIOSSL": ["Playback", "Recording"],
            "AsyncHTTPClient": ["Recording"],
            "Hummingbird": ["SimulatorServer"],
            "HummingbirdCore": ["SimulatorServer"],
            "ServiceLifecycle": ["SimulatorServer"],
            "UnixSignals": ["SimulatorServer"],
            // Of the toolchain, but not there where only the binary is built.
            "Testing": ["OpenRouterSimTesting"],
            "System": ["ChildProcesses"],
            "SystemPackage": ["ChildProcesses"],
            "ArgumentParser": ["SimulatorCommands"],
        ],
        vocabulary: ["HTTPTypes", "Logging", "NIOCore"],
        vocabularyStart: "Tapes",
        platform: [
            "Darwin", "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Musl", "Synchronization",
        ],
        withoutFoundation: ["CXXHash", "ServerSentEvents", "OpenRouterAPI", "Tapes", "Faults"],
        longestFile: 500
    )
}
