import Foundation
import TestSupport
import Testing

/// TLS on both sides: our listener as the upstream of our recorder, under an authority made for the test.
@Suite("TLS")
struct TLSTests {
    @Test("records through an upstream whose authority is named, and refuses one that nobody vouches for")
    func upstream() throws {
        let folder = try TemporaryFolder()
        try folder.makeCertificates()
        let upstream = try SimulatorProcess([
            "serve", "--tls-cert", folder.path("leaf.pem"), "--tls-key", folder.path("leaf.key"),
        ])
        defer { upstream.stop() }
        let url = "https://127.0.0.1:\(upstream.port)/api/v1"
        let cassette = folder.path("tls.cassette")
        let trusting = try SimulatorProcess([
            "record", "--cassette", cassette, "--upstream", url, "--upstream-ca", folder.path("ca.pem"),
        ])
        defer { trusting.stop() }
        let recorded = try HTTPExchange("GET", "/api/v1/models/count", port: trusting.port)
        #expect(recorded.status == 200, "\(recorded.body)")
        trusting.stop()

        let doubting = try SimulatorProcess([
            "record", "--cassette", folder.path("none.cassette"), "--upstream", url,
        ])
        defer { doubting.stop() }
        let refused = try HTTPExchange("GET", "/api/v1/models/count", port: doubting.port)
        #expect(refused.status == 502)
        #expect(refused.body.contains("failed the TLS handshake"), "\(refused.body)")

        let replayer = try SimulatorProcess([
            "replay", "--cassette", cassette,
        ])
        defer { replayer.stop() }
        let replayed = try HTTPExchange("GET", "/api/v1/models/count", port: replayer.port)
        #expect(replayed.reading.bytes == recorded.reading.bytes)
    }

    @Test("says which file of a certificate is unusable, and why")
    func unusableFiles() throws {
        let folder = try TemporaryFolder()
        try folder.makeCertificates()
        try "no PEM".write(toFile: folder.path("other.pem"), atomically: true, encoding: .utf8)
        for (certificate, key, says) in [
            ("none.pem", "leaf.key", "--tls-cert {folder}none.pem: there is no such file"),
            ("other.pem", "leaf.key", "--tls-cert {folder}other.pem: it holds no certificate"),
            ("leaf.pem", "none.key", "--tls-key {folder}none.key: there is no such file"),
            ("leaf.pem", "leaf.pem", "--tls-key {folder}leaf.pem: it holds no private key"),
            ("leaf.pem", "ca.key", "--tls-key {folder}ca.key: it is not the key of {folder}leaf.pem"),
        ] {
            let outcome = try SimulatorProcess.run([
                "serve", "--port", "0", "--tls-cert", folder.path(certificate), "--tls-key", folder.path(key),
            ])
            #expect(outcome.status == 2)
            let message = says.replacingOccurrences(of: "{folder}", with: folder.url.path + "/")
            #expect(outcome.errors.contains(message), "\(outcome.errors)")
        }
        let record = try SimulatorProcess.run([
            "record", "--port", "0", "--cassette", folder.path("x.cassette"), "--upstream-ca", folder.path("none.pem"),
        ])
        #expect(record.status == 2)
        #expect(record.errors.contains("--upstream-ca"), "\(record.errors)")
    }
}
