internal import OpenRouterAPI
internal import Yams

/// Makes our nodes of what libyaml reads.
struct YAMLComposer {
    /// More values than any file that people write; stops a small file whose aliases multiply.
    private static let leastNodeLimit = 500_000

    private let file: String
    private let allowsBinary: Bool
    private let nodeLimit: Int
    private var nodeCount = 0

    /// Without aliases no file has more values than bytes.
    private init(file: String, allowsBinary: Bool, byteCount: Int) {
        self.file = file
        self.allowsBinary = allowsBinary
        nodeLimit = max(Self.leastNodeLimit, byteCount)
    }

    /// - Throws: ``YAMLDocumentError`` for a text that is no YAML, has several documents, or uses what JSON cannot hold.
    static func root(
        of text: String,
        file: String,
        allowsBinary: Bool = false
    ) throws(YAMLDocumentError) -> YAMLNode {
        let node: Node?
        do {
            // Scalars are resolved below, after the core schema; Yams' own rules are those of YAML 1.1. Its default
            // encoding would ask the environment.
            node = try Yams.compose(yaml: text, .basic, .default, .utf8)
        } catch {
            throw YAMLDocumentError(error, file: file)
        }
        guard let node else {
            let empty = YAMLScalar(text: "", value: .null)
            return YAMLNode(content: .scalar(empty), position: JSONPosition(line: 1, column: 1))
        }
        var composer = YAMLComposer(file: file, allowsBinary: allowsBinary, byteCount: text.utf8.count)
        return try composer.node(node)
    }

    private mutating func node(_ node: Node) throws(YAMLDocumentError) -> YAMLNode {
        let position = JSONPosition(node.mark)
        nodeCount += 1
        guard nodeCount <= nodeLimit else {
            throw failure(position, "the aliases of this file stand for over \(nodeLimit) values; use fewer")
        }
        switch node {
        case .scalar(let scalar):
            return YAMLNode(content: .scalar(try self.scalar(scalar, position)), position: position)
        case .sequence(let sequence):
            try check(node.explicitTag, is: "seq", position)
            var elements: [YAMLNode] = []
            for element in sequence { elements.append(try self.node(element)) }
            return YAMLNode(content: .sequence(elements), position: position)
        case .mapping(let mapping):
            try check(node.explicitTag, is: "map", position)
            var entries: [YAMLNode.Entry] = []
            for (key, value) in mapping {
                let keyPosition = JSONPosition(key.mark)
                guard case .scalar(let scalar) = key else {
                    throw failure(keyPosition, "this key is no scalar; expected a name, since JSON has no other keys")
                }
                entries.append(
                    YAMLNode.Entry(key: scalar.string, keyPosition: keyPosition, value: try self.node(value))
                )
            }
            return YAMLNode(content: .mapping(entries), position: position)
        case .alias:
            // Yams puts what an alias stands for in its place.
            preconditionFailure("an alias was left unresolved")
        }
    }

    private func scalar(_ scalar: Node.Scalar, _ position: JSONPosition) throws(YAMLDocumentError) -> YAMLScalar {
        do throws(YAMLScalar.Problem) {
            let tag = Node.scalar(scalar).explicitTag
            if allowsBinary, tag == YAMLScalar.tagPrefix + "binary" {
                return YAMLScalar(text: scalar.string, value: .string(scalar.string), isBinary: true)
            }
            if let tag { return try .resolving(scalar.string, tag: tag) }
            return try .resolvingPlain(scalar.string)
        } catch {
            throw failure(position, error.message)
        }
    }

    private func check(_ tag: String?, is name: String, _ position: JSONPosition) throws(YAMLDocumentError) {
        guard let tag, tag != YAMLScalar.tagPrefix + name else { return }
        throw failure(position, "unknown tag '\(tag)' here; expected !!\(name) or none")
    }

    private func failure(_ position: JSONPosition, _ message: String) -> YAMLDocumentError {
        YAMLDocumentError(file: file, position: position, message: message)
    }
}

extension JSONPosition {
    /// Yams counts as we do: from 1, columns in Unicode scalars.
    init(_ mark: Mark?) {
        self.init(line: mark?.line ?? 1, column: mark?.column ?? 1)
    }
}

extension Node {
    /// The tag, or nil for a plain scalar or a container without one.
    ///
    /// Quoted scalars have the tag of strings.
    fileprivate var explicitTag: String? {
        let (name, nonSpecific) =
            switch self {
            case .scalar(let scalar): (scalar.tag.rawValue, Tag.Name.str)
            case .sequence(let sequence): (sequence.tag.rawValue, Tag.Name.seq)
            case .mapping(let mapping): (mapping.tag.rawValue, Tag.Name.map)
            case .alias: ("", Tag.Name.implicit)
            }
        // A lone "!" asks for the plain kind of node (YAML 1.2.2, section 6.9.1).
        return name.isEmpty ? nil : name == Tag.Name.nonSpecific.rawValue ? nonSpecific.rawValue : name
    }
}
