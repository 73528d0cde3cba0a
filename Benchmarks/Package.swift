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

let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
]

// `./run` builds this and the main package, then measures the released binary from outside.
let package = Package(
    name: "openrouter-sim-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        // The version that the main package builds against: both sides of a comparison use the same NIO.
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2")
    ],
    targets: [
        .target(
            name: "Launching",
            dependencies: [.product(name: "NIOCore", package: "swift-nio")],
            swiftSettings: settings
        ),
        .executableTarget(name: "bare-responder", dependencies: ["Launching"] + nio, swiftSettings: settings),
        .executableTarget(name: "upstream", dependencies: ["Launching"] + nio, swiftSettings: settings),
        .executableTarget(
            name: "load",
            dependencies: [
                "Launching",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
    ]
)
