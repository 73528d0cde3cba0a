internal import ArgumentParser

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// An option's value: the flag's, else the environment's (`OPENROUTER_SIM_NAME`), else the default.
enum Setting {
    static func value<Value: ExpressibleByArgument>(
        _ flag: Value?,
        _ name: String,
        default defaultValue: Value
    ) throws -> Value {
        try optional(flag, name) ?? defaultValue
    }

    static func optional<Value: ExpressibleByArgument>(_ flag: Value?, _ name: String) throws -> Value? {
        if let flag { return flag }
        guard let text = environment(name) else { return nil }
        guard let value = Value(argument: text) else {
            let words = Value.allValueStrings
            let expected = words.isEmpty ? "" : " Expected one of: \(words.joined(separator: ", "))."
            throw ValidationError("The value '\(text)' of \(variable(name)) is invalid.\(expected)")
        }
        return value
    }

    /// A switch that is on when the flag is given or the variable is `1` or `true`.
    static func isOn(_ flag: Bool, _ name: String) -> Bool {
        flag || ["1", "true"].contains(environment(name) ?? "")
    }

    /// `host` → `OPENROUTER_SIM_HOST`.
    private static func variable(_ name: String) -> String {
        "OPENROUTER_SIM_" + name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
    }

    private static func environment(_ name: String) -> String? {
        guard let value = getenv(variable(name)) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }
}
