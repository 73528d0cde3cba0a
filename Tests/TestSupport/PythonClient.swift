internal import Foundation

/// A Python script of EndToEndTests/Clients, which checks the API as one client library sees it.
package struct PythonClient: Sendable {
    /// A virtual environment that `scripts/bootstrap --test` makes.
    package enum Environment: String, Sendable {
        case current = ".venv"
        /// With older SDKs, for the libraries that want them.
        case older = ".venv-older"
        /// With the recorders whose files can be imported.
        case recorders = ".venv-recorders"
    }

    /// The key that the scripts ask with.
    package static let key = "sk-or-v1-" + String(repeating: "5eed", count: 16)

    /// File name without `.py`.
    package let script: String
    private let environment: Environment

    package init(_ script: String, in environment: Environment = .current) {
        self.script = script
        self.environment = environment
    }

    /// Runs the named checks in one process, or all for none.
    package func run(_ checks: [String] = [], baseURL: String) throws -> SimulatorProcess.Outcome {
        let folder = SimulatorProcess.packageFolder
        return try SimulatorProcess.run(
            folder.appendingPathComponent("\(environment.rawValue)/bin/python").path,
            [folder.appendingPathComponent("Tests/EndToEndTests/Clients/\(script).py").path] + checks,
            environment: [
                "OPENROUTER_BASE_URL": baseURL,
                "OPENROUTER_API_KEY": Self.key,
                "PYTHONDONTWRITEBYTECODE": "1",
            ]
        )
    }
}
