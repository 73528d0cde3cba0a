/// A JSON text, parsed once, that keeps everything its author wrote.
///
/// Member order, duplicate names and the digits of numbers survive, because values are views into the source bytes.
/// The grammar is RFC 8259 without extensions; see ``JSONParser`` for the limits.
package struct JSONDocument: Sendable {
    let storage: JSONStorage

    /// Parses a JSON text in one pass.
    ///
    /// - Parameter bytes: The whole text in UTF-8. It is kept, not copied.
    /// - Throws: ``JSONSyntaxError`` at the first byte that no JSON text could have there.
    package init(parsing bytes: [UInt8]) throws(JSONSyntaxError) {
        let nodes = try bytes.withUnsafeBufferPointer { (source) throws(JSONSyntaxError) in
            var parser = JSONParser(source)
            try parser.parse()
            return parser.nodes
        }
        storage = JSONStorage(bytes: bytes, nodes: nodes)
    }

    /// Parses a JSON text from any bytes, such as the UTF-8 view of a string or a raw buffer, after copying them.
    ///
    /// - Throws: ``JSONSyntaxError`` at the first byte that no JSON text could have there.
    package init(parsing bytes: some Sequence<UInt8>) throws(JSONSyntaxError) {
        try self.init(parsing: Array(bytes))
    }

    /// The one value of the document.
    package var root: JSONValue {
        JSONValue(storage: storage, index: 0)
    }

    /// The source bytes of the whole text, surrounding white space included.
    package var source: [UInt8] {
        storage.bytes
    }
}

/// What all values of a document share, behind one reference so that a value is cheap to pass on.
final class JSONStorage: Sendable {
    let bytes: [UInt8]
    let nodes: [JSONNode]

    init(bytes: [UInt8], nodes: [JSONNode]) {
        self.bytes = bytes
        self.nodes = nodes
    }

    /// The text of a string node, escapes decoded.
    func text(at index: Int) -> String {
        let node = nodes[index]
        return bytes.withUnsafeBufferPointer { source in
            let contents = UnsafeBufferPointer(rebasing: source[node.contents])
            guard node.flags.contains(.hasEscapes) else {
                return String(decoding: contents, as: UTF8.self)
            }
            return String(decoding: JSONEscapes.decode(contents, loneSurrogates: .replaced), as: UTF8.self)
        }
    }

    /// The text of a string node as bytes that are equal for equal strings and no others.
    func comparableBytes(at index: Int) -> [UInt8] {
        let node = nodes[index]
        guard node.flags.contains(.hasEscapes) else {
            return Array(bytes[node.contents])
        }
        return bytes.withUnsafeBufferPointer { source in
            JSONEscapes.decode(UnsafeBufferPointer(rebasing: source[node.contents]), loneSurrogates: .kept)
        }
    }
}
