// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "openrouter-sim",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "openrouter-sim", targets: ["openrouter-sim"]),
        .library(name: "OpenRouterSimTesting", targets: ["OpenRouterSimTesting"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        // The trait opens one thing: trailers of a response, which a recorder must not lose.
        .package(
            url: "https://github.com/swift-server/async-http-client",
            from: "1.37.0",
            traits: ["UnstableHTTPAPIsSupport"]
        ),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        .systemLibrary(
            name: "CXXHash",
            pkgConfig: "libxxhash",
            providers: [.apt(["libxxhash-dev"]), .brew(["xxhash"])]
        ),
        .target(name: "ServerSentEvents", swiftSettings: settings),
        .target(name: "OpenRouterAPI", swiftSettings: settings),
        .target(
            name: "Tapes",
            dependencies: [
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "YAMLDocuments",
            dependencies: [
                "OpenRouterAPI",
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "Faults",
            dependencies: [
                "ServerSentEvents",
                "Tapes",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "Scenarios",
            dependencies: [
                "Faults",
                "OpenRouterAPI",
                "ServerSentEvents",
                "Tapes",
                "YAMLDocuments",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            resources: [.embedInCode("Library")],
            swiftSettings: settings
        ),
        .target(
            name: "ChildProcesses",
            dependencies: [
                .product(name: "Subprocess", package: "swift-subprocess")
            ],
            swiftSettings: settings
        ),
        .target(
            name: "Cassettes",
            dependencies: [
                "CXXHash",
                "OpenRouterAPI",
                "ServerSentEvents",
                "Tapes",
                "YAMLDocuments",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "Simulation",
            dependencies: [
                "OpenRouterAPI",
                "ServerSentEvents",
                "Tapes",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            resources: [.embedInCode("Catalog/catalog.json"), .embedInCode("Catalog/providers.json")],
            swiftSettings: settings
        ),
        .target(
            name: "Conformance",
            dependencies: [
                "OpenRouterAPI",
                "ServerSentEvents",
                "Simulation",
                "Tapes",
                "YAMLDocuments",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "Playback",
            dependencies: [
                "Tapes",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHPACK", package: "swift-nio-http2"),
                .product(name: "NIOHTTP2", package: "swift-nio-http2"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "Recording",
            dependencies: [
                "Tapes",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "Fuzzing",
            dependencies: [
                "ChildProcesses",
                "Faults",
                "OpenRouterAPI",
                "Playback",
                "ServerSentEvents",
                "Tapes",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "SimulatorServer",
            dependencies: [
                "Cassettes",
                "Faults",
                "Fuzzing",
                "OpenRouterAPI",
                "Playback",
                "Recording",
                "Scenarios",
                "ServerSentEvents",
                "Simulation",
                "Tapes",
                "YAMLDocuments",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            resources: [.embedInCode("Page")],
            swiftSettings: settings
        ),
        .target(name: "OpenRouterSimTesting", dependencies: ["Fuzzing", "SimulatorServer"], swiftSettings: settings),
        .target(
            name: "SimulatorCommands",
            dependencies: [
                "Cassettes",
                "ChildProcesses",
                "Conformance",
                "Faults",
                "Fuzzing",
                "OpenRouterAPI",
                "Playback",
                "Recording",
                "Scenarios",
                "Simulation",
                "SimulatorServer",
                "Tapes",
                "YAMLDocuments",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "openrouter-sim",
            dependencies: ["SimulatorCommands"],
            swiftSettings: settings
        ),
        // Makes and measures cassettes through the code of this package, so it cannot be in that of the benchmarks.
        .executableTarget(
            name: "cassette-bench",
            dependencies: [
                "Cassettes",
                "OpenRouterAPI",
                "Tapes",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            path: "Benchmarks/Sources/cassette-bench",
            swiftSettings: settings
        ),
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
        .testTarget(name: "ArchitectureTests", swiftSettings: settings),
        .testTarget(name: "ServerSentEventsTests", dependencies: ["ServerSentEvents"], swiftSettings: settings),
        .testTarget(
            name: "OpenRouterAPITests",
            dependencies: ["OpenRouterAPI", "TestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "TapesTests",
            dependencies: [
                "Tapes",
                "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "FaultsTests",
            dependencies: [
                "Faults",
                "OpenRouterAPI",
                "ServerSentEvents",
                "Tapes",
                "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ScenariosTests",
            dependencies: [
                "Conformance",
                "Faults",
                "OpenRouterAPI",
                "Scenarios",
                "Tapes",
                "TestSupport",
                "YAMLDocuments",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            exclude: ["Snapshots"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CassettesTests",
            dependencies: [
                "Cassettes",
                "CXXHash",
                "OpenRouterAPI",
                "Tapes",
                "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            exclude: ["Fixtures", "make-fixtures"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "SimulationTests",
            dependencies: [
                "OpenRouterAPI",
                "ServerSentEvents",
                "Simulation",
                "Tapes",
                "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            exclude: ["Snapshots"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "PlaybackTests",
            dependencies: [
                "Playback",
                "Tapes",
                "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHPACK", package: "swift-nio-http2"),
                .product(name: "NIOHTTP2", package: "swift-nio-http2"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "RecordingTests",
            dependencies: [
                "Recording",
                "Tapes",
                "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "FuzzingTests",
            dependencies: [
                "ChildProcesses",
                "Fuzzing",
                "OpenRouterAPI",
                "ServerSentEvents",
                "Tapes",
                "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            exclude: ["Clients"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "SelfFuzzTests",
            dependencies: [
                "Cassettes",
                "OpenRouterAPI",
                "Recording",
                "Scenarios",
                "ServerSentEvents",
                "Tapes",
                "TestSupport",
                "YAMLDocuments",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            exclude: ["FailCases"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "SimulatorServerTests",
            dependencies: [
                "Cassettes",
                "Faults",
                "Fuzzing",
                "OpenRouterAPI",
                "Playback",
                "Recording",
                "Scenarios",
                "Simulation",
                "SimulatorServer",
                "Tapes",
                "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            exclude: ["Scripting/Snapshots"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "SimulatorCommandsTests",
            dependencies: [
                "OpenRouterAPI", "Simulation", "SimulatorCommands", "SimulatorServer", "Tapes", "TestSupport",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "OpenRouterSimTestingTests",
            dependencies: ["OpenRouterSimTesting", "TestSupport"],
            swiftSettings: settings
        ),
        // The example is a package of its own for whoever copies it; as targets here it is checked without a second
        // build of everything.
        .target(name: "ChatClient", path: "Examples/swift-testing/Sources/ChatClient", swiftSettings: settings),
        .testTarget(
            name: "ChatClientTests",
            dependencies: ["ChatClient", "ChatStream", "OpenRouterSimTesting"],
            path: "Examples/swift-testing/Tests/ChatClientTests",
            swiftSettings: settings
        ),
        // The same goes for the clients in Swift that the fuzzer is shown on.
        .target(name: "ChatStream", path: "Examples/fuzzing/swift/Sources/ChatStream", swiftSettings: settings),
        .executableTarget(
            name: "swift-fuzz-client",
            dependencies: ["ChatStream"],
            path: "Examples/fuzzing/swift/Sources/client",
            swiftSettings: settings
        ),
        .executableTarget(
            name: "swift-fuzz-naive",
            path: "Examples/fuzzing/swift/Sources/naive",
            swiftSettings: settings
        ),
        .testTarget(
            name: "ConformanceTests",
            dependencies: [
                "openrouter-sim",
                "Conformance",
                "OpenRouterAPI",
                "Simulation",
                "Tapes",
                "TestSupport",
                "YAMLDocuments",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: ["openrouter-sim", "swift-fuzz-client", "swift-fuzz-naive", "OpenRouterAPI", "TestSupport"],
            exclude: ["Clients"],
            swiftSettings: settings
        ),
    ]
)
