internal import OpenRouterAPI

extension ValueShape {
    /// What is expected, in the words of an error: `a string of 1 to 100 characters`.
    var phrase: String {
        switch self {
        case .string(let length): "a string" + Self.bounds(length, of: "character")
        case .secret: "a string of at least one character"
        case .choice(let choices): "one of " + choices.joined(separator: ", ")
        case .format(let form): form.phrase
        case .integer(let range): "an integer" + Self.range(range, least: .min, greatest: .max) { String($0) }
        case .number(let range):
            "a number"
                + Self.range(range, least: -.greatestFiniteMagnitude, greatest: .greatestFiniteMagnitude) {
                    JSON.number($0).text
                }
        case .bool: "true or false"
        case .array(let element, let count):
            "an array" + Self.bounds(count, of: "element") + ", each \(element.phrase)"
        case .object, .map: "an object"
        case .either(let shapes): shapes.map(\.phrase).joined(separator: ", or ")
        case .anything: "a value"
        }
    }

    private static func bounds(_ range: ClosedRange<Int>, of unit: String) -> String {
        switch (range.lowerBound, range.upperBound) {
        case (0, .max): ""
        case (1, .max): " of at least one \(unit)"
        case (let least, .max): " of at least \(least) \(unit)s"
        case (0, let most): " of at most \(most) \(unit)s"
        case (let least, let most): " of \(least) to \(most) \(unit)s"
        }
    }

    private static func range<Bound: Equatable>(
        _ range: ClosedRange<Bound>,
        least: Bound,
        greatest: Bound,
        text: (Bound) -> String
    ) -> String {
        switch (range.lowerBound == least, range.upperBound == greatest) {
        case (true, true): ""
        case (false, true): " of at least \(text(range.lowerBound))"
        case (true, false): " of at most \(text(range.upperBound))"
        case (false, false): " from \(text(range.lowerBound)) to \(text(range.upperBound))"
        }
    }
}

extension StringForm {
    fileprivate var phrase: String {
        switch self {
        case .uuid: "a UUID"
        case .utcTime: "a time in UTC, as in 2027-12-31T23:59:59Z"
        case .date: "a date, as in 2027-12-31"
        case .uri: "an absolute URL"
        case .keyHash: "the hash of a key, 64 hexadecimal digits"
        case .sentryDSN: "a DSN, as in https://key@o0.ingest.sentry.io/0"
        case .snowflakeAccount: "an account identifier of at most 255 characters, as in xy12345.us-east-1"
        case .slug: "words of small letters and digits with dashes between them"
        }
    }
}
