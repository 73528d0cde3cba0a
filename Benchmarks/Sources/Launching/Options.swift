#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Command-line options of the form `--name value`, each given once.
package struct Options: Sendable {
    private let values: [String: String]

    /// - Throws: ``OptionError`` for anything that is not a known name with a value.
    package init(_ arguments: some Sequence<String>, known: Set<String>) throws(OptionError) {
        var values: [String: String] = [:]
        var iterator = arguments.makeIterator()
        while let name = iterator.next() {
            guard name.hasPrefix("--"), known.contains(String(name.dropFirst(2))) else {
                throw OptionError("unknown option '\(name)', expected one of \(known.sorted().joined(separator: ", "))")
            }
            guard let value = iterator.next() else { throw OptionError("option '\(name)' needs a value") }
            values[String(name.dropFirst(2))] = value
        }
        self.values = values
    }

    package subscript(name: String) -> String? { values[name] }

    package func string(_ name: String) throws(OptionError) -> String {
        guard let value = values[name] else { throw OptionError("option '--\(name)' is missing") }
        return value
    }

    /// The value, or the standard where the option is not given; without a standard the option has to be.
    package func number<Number: LosslessStringConvertible>(
        _ name: String,
        default standard: Number? = nil
    ) throws(OptionError) -> Number {
        guard let text = values[name] else {
            guard let standard else { throw OptionError("option '--\(name)' is missing") }
            return standard
        }
        guard let number = Number(text) else { throw OptionError("option '--\(name)': '\(text)' is no number") }
        return number
    }
}

/// A command line that makes no sense.
package struct OptionError: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
