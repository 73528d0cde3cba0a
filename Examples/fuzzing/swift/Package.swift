// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "fuzzed-swift-clients",
    platforms: [.macOS(.v15)],
    products: [.library(name: "ChatStream", targets: ["ChatStream"])],
    targets: [
        .target(name: "ChatStream"),
        .executableTarget(name: "client", dependencies: ["ChatStream"]),
        .executableTarget(name: "naive"),
    ]
)
