internal import OpenRouterAPI

/// What a value in a request may be: one declaration that checks requests and describes itself as JSON Schema.
indirect enum ValueShape: Sendable {
    /// Lengths are in Unicode scalars.
    case string(length: ClosedRange<Int> = 0...Int.max)
    /// A string that says something and that no error repeats; ``DestinationConfig`` shows it masked.
    case secret
    /// A string out of a closed set.
    case choice([String])
    /// A string in a form that has a name.
    case format(StringForm)
    case integer(in: ClosedRange<Int> = Int.min...Int.max)
    case number(in: ClosedRange<Double> = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude)
    case bool
    case array(of: ValueShape, count: ClosedRange<Int> = 0...Int.max)
    case object(ObjectShape)
    /// An object with any names.
    case map(of: ValueShape)
    /// The first one that fits.
    case either([ValueShape])
    case anything
}

extension ValueShape {
    /// A string out of the raw values of a type.
    static func choice<Choice: CaseIterable & RawRepresentable<String>>(of type: Choice.Type) -> ValueShape {
        .choice(type.allCases.map(\.rawValue))
    }

    static let uuid = ValueShape.format(.uuid)

    /// A string that says something.
    static let text = ValueShape.string(length: 1...Int.max)
}

/// Forms that strings in requests have.
enum StringForm: String, Sendable {
    case uuid
    /// RFC 3339 in UTC, as management operations want times (reference: platform §6.6).
    case utcTime = "date-time"
    /// `YYYY-MM-DD`.
    case date
    /// An absolute URL.
    case uri
    /// SHA-256 of a key, 64 lower-case hexadecimal digits.
    case keyHash
    /// Words of small letters and digits with dashes between them.
    case slug
    /// The URL of a project at Sentry.
    case sentryDSN
    /// The name of an account at Snowflake.
    case snowflakeAccount
}
