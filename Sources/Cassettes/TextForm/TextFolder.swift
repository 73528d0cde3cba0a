internal import Foundation
internal import OpenRouterAPI
internal import YAMLDocuments

/// A folder that holds a cassette in text form: a file for each recording, and one for the cassette itself.
struct TextFolder {
    /// What holds for the cassette as a whole; tells the folder from others as well.
    static let listName = "cassette.yaml"

    /// Without a slash at the end.
    let path: String

    init(path: String) {
        var path = path
        while path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
        self.path = path
    }

    /// Whether there is a cassette in text form at a path.
    static func exists(at path: String) -> Bool {
        guard CassetteFile.isFolder(path), let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            return false
        }
        return names.contains { $0 == listName || TextFileName($0) != nil }
    }

    /// Whether a recorder may begin a cassette in text form: in an empty folder, or at a path that ends as only
    /// folders' do.
    static func canBegin(at path: String) -> Bool {
        if CassetteFile.isFolder(path) {
            return (try? FileManager.default.contentsOfDirectory(atPath: path))?.isEmpty == true
        }
        return path.utf8.last == UInt8(ascii: "/")
    }

    func file(_ name: String) -> String { path + "/" + name }

    /// The files of recordings in their order: by number, then by name.
    ///
    /// Names without a number come last: whoever adds a file may call it what they like.
    func names() throws(CassetteError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path)
                .filter { $0.hasSuffix(".yaml") && $0 != Self.listName && !$0.hasPrefix(".") }
                .map { name in (number: Int(name.prefix { $0.isASCII && $0.isNumber }) ?? .max, name: name) }
                .sorted { ($0.number, $0.name) < ($1.number, $1.name) }
                .map(\.name)
        } catch {
            throw .failed(path: path, action: .read, reason: error.localizedDescription)
        }
    }

    func interaction(_ name: String) throws(CassetteError) -> ImportedInteraction {
        let file = file(name)
        let bytes = try CassetteFile.contents(of: file)
        do throws(YAMLDocumentError) {
            return try InteractionTextReader.interaction(in: TextFile(parsing: bytes, name: file))
        } catch {
            throw .malformed(error)
        }
    }
}

extension TextFolder {
    /// What a cassette says of itself besides its recordings, by key.
    func metadata() throws(CassetteError) -> [String: String] {
        let file = file(Self.listName)
        guard FileManager.default.fileExists(atPath: file) else { return [:] }
        let bytes = try CassetteFile.contents(of: file)
        do throws(YAMLDocumentError) {
            let text = try TextFile(parsing: bytes, name: file)
            let root = text.document.root
            _ = try text.entries(root, known: ["format", "metadata"])
            let format = try text.required("format", of: root)
            guard format.scalar?.value == .integer(InteractionText.format) else {
                throw text.error(
                    format,
                    "this build reads format \(InteractionText.format) of cassettes; update openrouter-sim"
                )
            }
            var metadata: [String: String] = [:]
            for entry in root["metadata"]?.entries ?? [] {
                let content = try text.entries(entry.value, known: ContentText.keys)
                guard let value = content.first else { continue }
                let bytes = try ContentText.bytes(value.key, value.value, in: text)
                metadata[entry.key] = String(decoding: bytes, as: UTF8.self)
            }
            return metadata
        } catch {
            throw .malformed(error)
        }
    }

    @discardableResult
    func write(metadata: [String: String]) throws(CassetteError) -> Bool {
        var text = """
            # A cassette of openrouter-sim in text form, a file for each recording.
            # 'openrouter-sim cassette import' makes a single file of it; see docs/cassettes.md.
            format: \(InteractionText.format)

            """
        let said = metadata.filter { !MatchingRules.isImplied($0.key, $0.value) }
        if !said.isEmpty { text += "metadata:\n" }
        for (key, value) in said.sorted(by: { $0.key < $1.key }) {
            let entry = ContentText.entry(for: Array(value.utf8), indentation: 6)
            text += "  \(YAMLText.inline(key)):\n    \(entry.key): \(entry.value)\n"
        }
        return try CassetteFile.replace(file(Self.listName), with: Array(text.utf8))
    }

    @discardableResult
    func write(_ stored: StoredInteraction, to name: TextFileName) throws(CassetteError) -> Bool {
        try CassetteFile.replace(file(name.text), with: Array(InteractionText.text(of: stored).utf8))
    }
}
