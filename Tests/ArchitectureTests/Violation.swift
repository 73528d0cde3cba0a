/// A broken rule: where, and what to do about it.
struct Violation: Equatable, CustomStringConvertible {
    let path: String

    /// The line, counted from 1.
    let line: Int

    /// What is wrong and how it may be remedied, in full sentences.
    let advice: String

    /// The violation as compilers print theirs, so that editors find the place.
    var description: String { "\(path):\(line): \(advice)" }
}
