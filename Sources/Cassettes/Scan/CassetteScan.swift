internal import Foundation
internal import NIOCore

/// Secrets in a cassette, and its recordings without them.
struct CassetteScan {
    private(set) var findings: [SecretFinding] = []
    /// Recordings in which secrets cannot be looked for, in a sentence each.
    private(set) var unreadable: [String] = []
    private let path: String
    private let rules: RedactionRules
    private var changed: [(id: Int64, interaction: RedactedInteraction)] = []

    /// - Throws: ``CassetteError`` if it cannot be read, or a recording in it is damaged.
    init(path: String, rules: RedactionRules, progress: WorkProgress) throws(CassetteError) {
        self.path = path
        let cassette = try Cassette(path: path)
        defer { cassette.close() }
        self.rules = try cassette.redactionRules().adding(rules)
        let redactor = Redactor(rules: self.rules)
        let index = try cassette.index()
        for (number, entry) in index.enumerated() {
            scan(try cassette.interaction(entry.id), redactor)
            progress(number + 1, index.count)
        }
        scanDeleted(except: Set(findings.map(\.excerpt)))
    }

    /// Rewrites the recordings that hold secrets, in one transaction, and the file without what was deleted.
    ///
    /// - Returns: whether there was anything to do.
    func fix() async throws(CassetteError) -> Bool {
        guard !findings.isEmpty else { return false }
        let writer = try CassetteWriter(path: path, redaction: rules)
        do throws(CassetteError) {
            try await writer.replaceAll(changed)
            try await writer.vacuum()
        } catch {
            try? await writer.close()
            throw error
        }
        try await writer.close()
        return true
    }

    private mutating func scan(_ stored: StoredInteraction, _ redactor: Redactor) {
        let redacted = redactor.redact(stored.interaction, upstream: stored.upstream)
        if let body = redacted.unsearchable {
            unreadable.append(
                "\(path): interaction \(stored.id): content coding '\(body.coding)' cannot be searched for secrets. "
                    + "Record it again from a client that accepts 'gzip' or 'identity' only."
            )
            return
        }
        guard redacted.interaction != stored.interaction || redacted.upstream != stored.upstream else { return }
        changed.append((stored.id, redacted))
        findings += InteractionSecrets(in: stored, redactor).found.map { part, edit in
            SecretFinding(
                file: path,
                place: .interaction(stored.id, part: part),
                kind: edit.kind,
                secret: edit.secret
            )
        }
    }

    /// Keys that only free pages and the unused ends of pages still hold, which earlier versions did not overwrite.
    ///
    /// Only shapes that stand for themselves: pages are cut anywhere.
    private mutating func scanDeleted(except live: Set<String>) {
        guard let handle = FileHandle(forReadingAtPath: path) else { return }
        let scanner = SecretScanner()
        let kinds = Set(SecretShape.known.map(\.kind))
        var bytes: [UInt8] = []
        var (start, known) = (0, 0)
        while true {
            let next = (try? handle.read(upToCount: Self.windowByteCount)) ?? nil
            bytes += next ?? Data()
            let isLast = next?.isEmpty ?? true
            // What reaches into the end may go on after it, and is found in the next window.
            let end = isLast ? bytes.count : max(0, bytes.count - Self.overlapByteCount)
            for match in bytes.withUnsafeBufferPointer({ scanner.secrets(in: $0) })
            where kinds.contains(match.kind) && match.range.lowerBound < end
                && start + match.range.lowerBound >= known
            {
                known = start + match.range.upperBound
                let finding = SecretFinding(
                    file: path,
                    place: .deleted(byte: start + match.range.lowerBound),
                    kind: match.kind,
                    secret: Array(bytes[match.range])
                )
                if !live.contains(finding.excerpt) { findings.append(finding) }
            }
            if isLast { return }
            bytes.removeFirst(end)
            start += end
        }
    }

    /// How much of a file is looked at together.
    private static let windowByteCount = 4 << 20
    /// No secret is longer.
    private static let overlapByteCount = 64 << 10
}
