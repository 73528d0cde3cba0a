internal import YAMLDocuments

/// Parts of a scenario by themselves, as the control API takes them.
extension ScenarioRule {
    /// - Parameters:
    ///   - bytes: a rule in YAML or JSON.
    ///   - file: what messages call it.
    /// - Throws: ``ScenarioFileError`` with all that is wrong.
    package init(reading bytes: [UInt8], file: String) throws(ScenarioFileError) {
        self = try ScenarioReader.part(bytes, file: file, ScenarioLanguage.rule) { $0.rule($1, index: 0) }
    }
}

extension RequestMatcher {
    /// - Parameters:
    ///   - bytes: what a rule's `match` says, in YAML or JSON.
    ///   - file: what messages call it.
    /// - Throws: ``ScenarioFileError`` with all that is wrong.
    package init(reading bytes: [UInt8], file: String) throws(ScenarioFileError) {
        self = try ScenarioReader.part(bytes, file: file, ScenarioLanguage.match) { $0.matcher($1) }
    }
}

extension ScenarioReader {
    fileprivate static func part<Part>(
        _ bytes: [UInt8],
        file: String,
        _ shape: MappingShape,
        _ read: (inout ScenarioReader, YAMLNode) -> Part
    ) throws(ScenarioFileError) -> Part {
        let document: YAMLDocument
        do {
            document = try YAMLDocument(parsing: bytes, file: file)
        } catch {
            throw ScenarioFileError(errors: [error])
        }
        var check = ShapeCheck(file: file)
        check.check(document.root, .mapping(shape))
        guard check.errors.isEmpty else { throw ScenarioFileError(errors: check.errors) }
        var reader = ScenarioReader(file: file)
        let part = read(&reader, document.root)
        guard reader.errors.isEmpty else { throw ScenarioFileError(errors: reader.errors) }
        return part
    }
}
