internal import Foundation

/// A self-signed certificate and its key, made by the `openssl` command in a folder that goes with it.
final class Certificate: Sendable {
    let certificateFile: String
    let keyFile: String
    private let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "playback-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        certificateFile = folder + "/certificate.pem"
        keyFile = folder + "/key.pem"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost",
            "-keyout", keyFile, "-out", certificateFile,
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }
}
