internal import Foundation

/// The official Python SDKs in the virtual environment that `make test` makes.
package enum PythonClient {
    /// Runs a check of a script in EndToEndTests/Clients.
    package static func run(_ script: String, _ check: String, baseURL: String) throws -> SimulatorProcess.Outcome {
        let folder = SimulatorProcess.packageFolder
        return try SimulatorProcess.run(
            folder.appendingPathComponent(".venv/bin/python").path,
            [folder.appendingPathComponent("Tests/EndToEndTests/Clients/\(script).py").path, check],
            environment: [
                "OPENROUTER_BASE_URL": baseURL,
                "OPENROUTER_API_KEY": "sk-or-v1-" + String(repeating: "5eed", count: 16),
                "PYTHONDONTWRITEBYTECODE": "1",
            ]
        )
    }
}
