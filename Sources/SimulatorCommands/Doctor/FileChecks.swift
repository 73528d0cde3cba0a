internal import Cassettes
internal import Foundation
internal import OpenRouterAPI
internal import Playback
internal import Scenarios
internal import SimulatorServer
internal import YAMLDocuments

/// Whether the files that a server is told of can be used.
enum FileChecks {
    /// Certificates that end sooner are told of.
    private static let shortValidity = 14 * 86_400

    /// Cassettes, scenarios and folders with them.
    static func sources(_ paths: [String]) -> [Finding] {
        paths.flatMap { path -> [Finding] in
            do {
                let sources = try SourcePaths([path])
                let cassettes = sources.cassettes.map { cassette($0) }
                return cassettes + (sources.scenarios.isEmpty ? [] : scenarios(sources.scenarios))
            } catch {
                return [.failure("files", "\(error)")]
            }
        }
    }

    static func cassette(_ path: String) -> Finding {
        do {
            let cassette = try Cassette(path: path)
            defer { cassette.close() }
            let count = try cassette.count()
            return .fine("cassette", "\(path): \(count) recording\(count == 1 ? "" : "s")")
        } catch {
            return .failure("cassette", "\(error)")
        }
    }

    /// One to record into, which need not be there.
    static func recording(into path: String) -> Finding {
        do {
            guard try Cassette.exists(at: path) else { return writable("cassette", path) }
        } catch {
            return .failure("cassette", "\(error)")
        }
        guard FileManager.default.isWritableFile(atPath: path) else {
            return .failure("cassette", "\(path): may not be written", "Change its mode: chmod u+w \(path)")
        }
        return cassette(path)
    }

    static func scenarios(_ paths: [String]) -> [Finding] {
        do {
            let readings = try ScenarioFiles.read(try ScenarioFiles.files(at: paths))
            return readings.flatMap { reading -> [Finding] in
                let errors = reading.errors.map { Finding.failure("scenario", "\($0)") }
                let warnings = reading.warnings.map { Finding.warning("scenario", "\($0)") }
                let scenario = reading.scenario.map { Finding.fine("scenario", "\($0.file): '\($0.name)'") }
                return errors + warnings + (scenario.map { [$0] } ?? [])
            }
        } catch {
            return [.failure("scenario", "\(error)")]
        }
    }

    static func state(_ path: String) -> Finding {
        guard FileManager.default.fileExists(atPath: path) else { return writable("state", path) }
        do {
            let file = try WorldFile(path: path)
            let count = try file.worldNames().count
            try file.close()
            return .fine("state", "\(path): \(count) world\(count == 1 ? "" : "s")")
        } catch {
            return .failure("state", "\(error)")
        }
    }

    /// A file that is made or replaced: its folder has to be there.
    static func writable(_ check: String, _ path: String) -> Finding {
        let parent = (path as NSString).deletingLastPathComponent
        let folder = parent.isEmpty ? "." : parent
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isDirectory), isDirectory.boolValue else {
            return .failure(check, "\(path): the folder \(folder) does not exist", "mkdir -p \(folder)")
        }
        guard FileManager.default.isWritableFile(atPath: folder) else {
            return .failure(check, "\(path): the folder \(folder) may not be written", "chmod u+w \(folder)")
        }
        return .fine(check, "\(path): will be made")
    }

    /// The listener's certificate and key: whether they fit each other, and for how long.
    static func listener(certificate: String, key: String, now: Double) -> Finding {
        do {
            var playback = PlaybackConfiguration()
            try playback.loadTLS(certificateFile: certificate, keyFile: key)
        } catch {
            return .failure(
                "tls",
                "\(certificate) and \(key) cannot be used: \(error)",
                "Expected PEM files of a certificate chain and the key of its first certificate"
            )
        }
        return validity("tls", certificate, now: now)
    }

    /// Certificates of authorities.
    static func validity(_ check: String, _ path: String, now: Double) -> Finding {
        let file: CertificateFile
        do {
            file = try CertificateFile(path: path)
        } catch {
            return .failure(check, "\(path): \(error)", "Expected a PEM file of certificates")
        }
        let day = { (seconds: Int) in
            Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601.year().month().day())
        }
        let (from, until) = (Double(file.validFrom), Double(file.validUntil))
        if now < from { return .failure(check, "\(path): valid from \(day(file.validFrom)) on only") }
        if now > until { return .failure(check, "\(path): expired on \(day(file.validUntil))", "Make a new one") }
        guard until - now > Double(shortValidity) else {
            return .warning(check, "\(path): expires on \(day(file.validUntil))", "Make a new one")
        }
        return .fine(check, "\(path): valid until \(day(file.validUntil))")
    }
}
