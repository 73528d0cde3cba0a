// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "swift-testing-example",
    platforms: [.macOS(.v15)],
    dependencies: [
        // In a package of your own: .package(url: "https://github.com/…/openrouter-sim", from: "…").
        .package(name: "openrouter-sim", path: "../..")
    ],
    targets: [
        .target(name: "ChatClient"),
        .testTarget(
            name: "ChatClientTests",
            dependencies: [
                "ChatClient",
                .product(name: "OpenRouterSimTesting", package: "openrouter-sim"),
            ]
        ),
    ]
)
