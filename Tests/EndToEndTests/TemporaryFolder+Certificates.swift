import Foundation
import TestSupport
import Testing

extension TemporaryFolder {
    /// Makes an authority, `ca.pem`, and a certificate of 127.0.0.1 that it signed, `leaf.pem` with `leaf.key`.
    func makeCertificates() throws {
        try "subjectAltName=IP:127.0.0.1".write(toFile: path("san"), atomically: true, encoding: .utf8)
        let script = """
            cd '\(url.path)'
            openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test-authority -keyout ca.key -out ca.pem
            openssl req -newkey rsa:2048 -nodes -subj /CN=127.0.0.1 -keyout leaf.key -out leaf.csr
            openssl x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile san -out leaf.pem
            """
        let made = try SimulatorProcess.run("/bin/sh", ["-ec", script])
        #expect(made.status == 0, "\(made.errors)")
    }
}
