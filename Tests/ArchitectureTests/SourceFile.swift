/// A Swift file under `Sources`, as the checks see it.
struct SourceFile: Equatable {
    /// The path from the root of the repository, such as `Sources/Tapes/Tape.swift`.
    let path: String

    let text: String

    /// The folder right under `Sources`, or nil when the file is not in one.
    var target: String? {
        let parts = path.split(separator: "/")
        return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
    }
}
