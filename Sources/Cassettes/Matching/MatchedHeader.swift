internal import HTTPTypes
internal import Tapes

/// Header fields that may count for matching: those that a cassette keeps.
enum MatchedHeader {
    /// The name in lower case.
    ///
    /// - Throws: ``MatchingRulesError`` for a field that is dropped before anything is written: neither could an older
    ///   recording be compared by it, nor may a fingerprint depend on a credential.
    static func name(_ text: String) throws(MatchingRulesError) -> String {
        guard let name = HTTPField.Name(text) else { throw .headerName(text) }
        let probe = Request(method: .get, target: RequestTarget("/"), fields: [name: "1"])
        guard Redactor().redact(probe).fields[name] != nil else { throw .droppedHeader(name.canonicalName) }
        return name.canonicalName
    }
}
