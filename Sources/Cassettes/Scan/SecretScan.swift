internal import Foundation
package import OpenRouterAPI

/// Looks for secrets in files: cassettes, and any text, such as the text form, HAR and vcrpy's YAML.
package struct SecretScan: Sendable {
    /// In the order of the files and of their content.
    package private(set) var findings: [SecretFinding] = []
    /// What could not be read, with the reason in a sentence.
    package private(set) var unreadable: [String] = []
    package private(set) var fileCount = 0
    /// Files that were rewritten.
    package private(set) var fixed: [String] = []
    /// How many files of folders in text form have another name, since their requests have another fingerprint.
    package private(set) var renamedCount = 0

    private let rules: RedactionRules

    /// - Parameter rules: what else is secret; a cassette's own rules hold for it as well.
    package init(rules: RedactionRules = RedactionRules()) {
        self.rules = rules
    }

    /// Looks into files, and into all files of folders but those of git.
    ///
    /// - Parameters:
    ///   - paths: in this order; of a folder by name.
    ///   - isFixing: whether secrets are replaced by placeholders, in place.
    package mutating func scan(_ paths: [String], isFixing: Bool = false) async {
        for path in paths {
            for file in files(at: path) {
                fileCount += 1
                do throws(CassetteError) {
                    try await scan(file: file, isFixing: isFixing)
                } catch {
                    unreadable.append(error.description)
                }
            }
        }
        for folder in Set(fixed.map(CassetteFile.folder)).sorted() where TextFolder.exists(at: folder) {
            do throws(CassetteError) {
                renamedCount += try TextFolder(path: folder).renameFiles()
            } catch {
                unreadable.append(error.description)
            }
        }
    }

    private mutating func scan(file: String, isFixing: Bool) async throws(CassetteError) {
        guard let handle = FileHandle(forReadingAtPath: file), let start = try? handle.read(upToCount: 16) ?? Data()
        else { throw .failed(path: file, action: .read, reason: "no such file, or not permitted") }
        let found: [SecretFinding]
        let isFixed: Bool
        // The header of an SQLite file (sqlite.org/fileformat2.html, section 1.3).
        if start.elementsEqual("SQLite format 3\0".utf8) {
            let scan = try CassetteScan(path: file, rules: rules)
            found = scan.findings
            unreadable += scan.unreadable
            isFixed = isFixing ? try await scan.fix() : false
        } else {
            guard let rest = try? handle.readToEnd() ?? Data() else {
                throw .failed(path: file, action: .read, reason: "not all of it can be read")
            }
            let scan = TextScan(path: file, bytes: Array(start) + Array(rest), rules: rules)
            found = scan.findings
            isFixed = isFixing ? try scan.fix() : false
        }
        findings += found
        if isFixed { fixed.append(file) }
    }

    private func files(at path: String) -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            return [path]
        }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.sorted().filter { $0 != ".git" }.flatMap { name -> [String] in
            let child = path.hasSuffix("/") ? path + name : path + "/" + name
            let attributes = try? FileManager.default.attributesOfItem(atPath: child)
            // No links, which may lead out of the folder, nor pipes.
            switch attributes?[.type] as? FileAttributeType {
            case .typeDirectory: return files(at: child)
            case .typeRegular: return [child]
            default: return []
            }
        }
    }
}

extension SecretScan {
    /// Findings that are still in the files.
    package var remaining: [SecretFinding] {
        findings.filter { !fixed.contains($0.file) }
    }

    package var text: String {
        let lines = findings.map(\.description) + unreadable + fixed.map { "\($0): secrets replaced by placeholders" }
        let files = Set(findings.map(\.file)).count
        let renamed = renamedCount == 0 ? "" : "; \(renamedCount) renamed by new fingerprints"
        let summary = "\(findings.count) secrets in \(files) of \(fileCount) files\(renamed)"
        return (lines + [summary]).joined(separator: "\n")
    }

    package var json: JSON {
        [
            "files": .integer(fileCount),
            "findings": .array(findings.map(\.json)),
            "fixed": .array(fixed.map { .string($0) }),
            "renamed": .integer(renamedCount),
            "unreadable": .array(unreadable.map { .string($0) }),
        ]
    }
}
