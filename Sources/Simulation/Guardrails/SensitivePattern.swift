/// Finds one kind of personal data in texts (guide "Sensitive info guardrail", August 2026).
///
/// OpenRouter's own expressions are not published; these find the examples of the guide, and the like. Names and addresses
/// are found by language models there, and by lists of words here.
struct SensitivePattern: Sendable {
    private let patterns: [ContentPattern]
    /// Whether what looks like it is it.
    private let isValid: @Sendable (Substring) -> Bool

    private init(_ patterns: String..., isValid: @escaping @Sendable (Substring) -> Bool = { _ in true }) {
        self.patterns = patterns.map { .known($0) }
        self.isValid = isValid
    }

    func ranges(in text: String) -> [Range<String.Index>] {
        patterns.flatMap { $0.ranges(in: text) }.filter { isValid(text[$0]) }
    }
}

extension SensitivePattern {
    static let email = SensitivePattern(#"\b[A-Za-z0-9._%+\-]+@(?:[A-Za-z0-9\-]+\.)+[A-Za-z]{2,}\b"#)

    /// North American numbers with and without separators, and international ones that begin with a plus sign.
    static let phone = SensitivePattern(
        #"(?:\+\d{1,3}[ .\-]?)?(?:\(\d{3}\)|\b\d{3})[ .\-]?\d{3}[ .\-]?\d{4}\b"#,
        #"\+\d{1,3}(?:[ .\-]?\d{2,4}){2,5}\b"#,
        isValid: { (10...15).contains($0.count(where: \.isNumber)) }
    )

    static let socialSecurityNumber = SensitivePattern(
        #"\b(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}\b"#
    )

    /// By length and first digit (ISO/IEC 7812); the guide's own example has a wrong check digit, so it does not count.
    static let creditCard = SensitivePattern(
        #"\b[3-6]\d{3}[ \-]?\d{4}[ \-]?\d{4}[ \-]?\d{4}\b"#,
        #"\b3[47]\d{2}[ \-]?\d{6}[ \-]?\d{5}\b"#
    )

    static let ipAddress = SensitivePattern(
        #"\b(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\b"#,
        #"(?:\b[0-9A-Fa-f]{1,4}|:)(?::[0-9A-Fa-f]{0,4}){1,7}(?![\w:])"#,
        isValid: { !$0.contains(":") || isVersion6($0) }
    )

    /// A title or a usual first name before a capitalized word, and what somebody says to be called.
    static let personName = SensitivePattern(
        #"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir)\.? [A-Z][a-z]+(?:[ \-][A-Z][a-z]+)*"#,
        #"\b(?:"# + givenNames.joined(separator: "|") + #")(?: [A-Z]\.)?(?: [A-Z][A-Za-z'’]+(?:-[A-Z][a-z]+)?)+"#,
        #"(?:\b[Mm]y name is|\b[Nn]ame:) [A-Z][a-z]+(?:[ \-][A-Z][a-z]+)*"#
    )

    /// A house number and a street with what follows of the place, and cities before well-known countries.
    static let address = SensitivePattern(
        #"\b\d{1,6}[A-Za-z]? (?:[A-Z][A-Za-z'.]* ){1,4}(?:"# + streets.joined(separator: "|")
            + #")\b\.?(?:,? (?:Apt|Suite|Unit|Floor)\.? ?#?\w+)?(?:, [A-Z][A-Za-z]+(?: [A-Z][a-z]+)*)?(?:,? [A-Z]{2}(?: \d{5}(?:-\d{4})?)?)?"#,
        #"\b[A-Z][a-z]+(?: [A-Z][a-z]+)*, (?:"# + countries.joined(separator: "|") + #")\b"#
    )

    private static let givenNames = [
        "Alice", "Andrew", "Angela", "Anna", "Anthony", "Barbara", "Bob", "Brian", "Carlos", "Charles", "Christopher",
        "Daniel", "David", "Deborah", "Donald", "Edward", "Elizabeth", "Emily", "Emma", "Eric", "Francisco", "Frank",
        "George", "Hannah", "Hans", "Helen", "Henry", "Ivan", "Jack", "James", "Jane", "Jean", "Jennifer", "Jessica",
        "Joan", "John", "Jose", "José", "Joseph", "Juan", "Julia", "Karen", "Kevin", "Laura", "Linda", "Lisa", "Luis",
        "Margaret", "Maria", "María", "Mark", "Martin", "Mary", "Matthew", "Michael", "Mohammed", "Nancy", "Olivia",
        "Patricia", "Paul", "Peter", "Pierre", "Priya", "Richard", "Robert", "Ruth", "Samuel", "Sandra", "Sarah",
        "Sophia", "Stephen", "Steven", "Susan", "Thomas", "Timothy", "William",
    ]

    private static let streets = [
        "Street", "St", "Avenue", "Ave", "Road", "Rd", "Boulevard", "Blvd", "Lane", "Ln", "Drive", "Dr", "Court", "Ct",
        "Place", "Pl", "Square", "Sq", "Way", "Terrace", "Highway", "Hwy", "Parkway", "Pkwy", "Circle",
    ]

    private static let countries = [
        "Argentina", "Australia", "Austria", "Belgium", "Brazil", "Canada", "China", "Denmark", "Finland", "France",
        "Germany", "India", "Ireland", "Italy", "Japan", "Mexico", "Netherlands", "New Zealand", "Norway", "Poland",
        "Portugal", "South Africa", "Spain", "Sweden", "Switzerland", "United Kingdom", "United States", "UK", "USA",
    ]
}

// MARK: - Checks

extension SensitivePattern {
    /// Eight groups, or fewer with one gap between them (RFC 4291 §2.2).
    private static func isVersion6(_ text: Substring) -> Bool {
        let parts = text.split(separator: "::", omittingEmptySubsequences: false)
        guard parts.count <= 2, !text.contains(":::") else { return false }
        let groups = parts.flatMap { $0.split(separator: ":", omittingEmptySubsequences: false) }.filter { !$0.isEmpty }
        let lone = parts.contains { $0.hasPrefix(":") || $0.hasSuffix(":") }
        guard !lone else { return false }
        return parts.count == 1 ? groups.count == 8 : (1...7).contains(groups.count)
    }
}
