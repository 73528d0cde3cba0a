internal import OpenRouterAPI

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Secrets in a file of text, and the text without them.
struct TextScan {
    let findings: [SecretFinding]
    private let path: String
    /// Nil where there is nothing to fix.
    private let redacted: [UInt8]?

    init(path: String, bytes: [UInt8], rules: RedactionRules) {
        self.path = path
        var text = bytes
        var search = SecretSearch(rules: rules)
        var edits = search.edits(of: &text, syntax: .file)
        if search.learn() { edits += search.edits(of: &text, syntax: .file) }
        redacted = edits.isEmpty ? nil : text
        var positions = TextPositions(bytes)
        findings = edits.outermost.map { edit in
            let (line, column) = positions.position(ofByte: edit.range.lowerBound)
            return SecretFinding(
                file: path,
                place: .line(line, column: column),
                kind: edit.kind,
                secret: edit.secret
            )
        }
    }

    /// Puts the text without secrets in the place of the file, at once.
    ///
    /// - Returns: whether there was anything to do.
    /// - Throws: ``CassetteError`` if the folder cannot be written; the file is as it was then.
    func fix() throws(CassetteError) -> Bool {
        guard let redacted else { return false }
        // Not beside a symbolic link, but where it leads.
        let target = realpath(path, nil).map { pointer in
            defer { free(pointer) }
            return String(cString: pointer)
        }
        let file = target ?? path
        let temporary = "\(CassetteFile.folder(of: file))/.openrouter-sim-\(getpid()).tmp"
        var status = stat()
        guard stat(file, &status) == 0 else { throw failure(errno) }
        unlink(temporary)
        let descriptor = open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(errno) }
        var code = Self.write(redacted, to: descriptor)
        if code == 0, fchmod(descriptor, status.st_mode & 0o7777) != 0 || fsync(descriptor) != 0 { code = errno }
        close(descriptor)
        if code == 0, rename(temporary, file) != 0 { code = errno }
        guard code == 0 else {
            unlink(temporary)
            throw failure(code)
        }
        return true
    }

    private func failure(_ code: Int32) -> CassetteError {
        code == ENOSPC
            ? .diskFull(path: path) : .notPermitted(path: path, action: .write, reason: CassetteFile.message(code))
    }

    /// - Returns: 0, or why not all was written.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        bytes.withUnsafeBytes { bytes in
            var offset = 0
            while offset < bytes.count {
                let count = systemWrite(descriptor, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return errno }
                offset += count
            }
            return 0
        }
    }

    private static func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
        #if canImport(Darwin)
        Darwin.write(descriptor, bytes, count)
        #elseif canImport(Glibc)
        Glibc.write(descriptor, bytes, count)
        #else
        Musl.write(descriptor, bytes, count)
        #endif
    }
}

/// Lines and columns of bytes that are asked for in ascending order.
struct TextPositions {
    private let bytes: [UInt8]
    private var offset = 0
    private var line = 1
    private var column = 1

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Both from 1; the column in Unicode scalars.
    mutating func position(ofByte target: Int) -> (line: Int, column: Int) {
        if target < offset { (offset, line, column) = (0, 1, 1) }
        while offset < target {
            if bytes[offset] == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if bytes[offset] & 0b1100_0000 != 0b1000_0000 {
                column += 1
            }
            offset += 1
        }
        return (line, column)
    }
}

extension [RedactionEdit] {
    /// One edit for each place, in order: what was found in several ways, or over several lines of base64, counts once.
    var outermost: [RedactionEdit] {
        var kept: [RedactionEdit] = []
        for edit in sorted(by: { ($0.range.lowerBound, -$0.range.count) < ($1.range.lowerBound, -$1.range.count) }) {
            if let last = kept.last, edit.range.lowerBound < last.range.upperBound || edit.secret == last.secret {
                continue
            }
            kept.append(edit)
        }
        return kept
    }
}
