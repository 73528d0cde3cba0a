/// One replacement in a text: as many bytes as were there.
struct RedactionEdit {
    /// Where, in the text that was searched.
    var range: Range<Int>
    /// What stands there afterwards.
    var bytes: [UInt8]
    /// The secret as plain bytes, however it was spelled.
    let secret: [UInt8]
    /// What it is, such as `OpenRouter key`.
    let kind: String
    /// Whether `bytes` are the placeholder itself, and not a spelling of it or a part.
    var isPlaceholder: Bool
}

extension RedactionEdit {
    /// A placeholder in place of a secret, whose spelling takes `range`.
    init(replacing range: Range<Int>, secret: [UInt8], kind: String) {
        self.init(
            range: range,
            bytes: Placeholder.bytes(for: secret, count: range.count),
            secret: secret,
            kind: kind,
            isPlaceholder: true
        )
    }

    /// The same edit as it is made in the text below, in which it is spelled in other bytes.
    func spelled(_ range: Range<Int>, _ bytes: [UInt8]) -> RedactionEdit {
        RedactionEdit(range: range, bytes: bytes, secret: secret, kind: kind, isPlaceholder: false)
    }

    func moved(by offset: Int) -> RedactionEdit {
        var edit = self
        edit.range = range.lowerBound + offset..<range.upperBound + offset
        return edit
    }
}

extension [UInt8] {
    /// Makes edits that do not overlap and keep the length.
    mutating func apply(_ edits: [RedactionEdit]) {
        for edit in edits {
            replaceSubrange(edit.range, with: edit.bytes)
        }
    }
}
