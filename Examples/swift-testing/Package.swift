// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "swift-testing-example",
    platforms: [.macOS(.v15)],
    dependencies: [
        // In a package of your own: .package(url: "https://github.com/…/openrouter-sim", from: "…").
        .package(name: "openrouter-sim", path: "../.."),
        .package(name: "fuzzed-swift-clients", path: "../fuzzing/swift"),
    ],
    targets: [
        .target(name: "ChatClient"),
        .testTarget(
            name: "ChatClientTests",
            dependencies: [
                "ChatClient",
                .product(name: "ChatStream", package: "fuzzed-swift-clients"),
                .product(name: "OpenRouterSimTesting", package: "openrouter-sim"),
            ]
        ),
    ]
)
