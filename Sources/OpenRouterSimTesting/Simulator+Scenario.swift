internal import Foundation

extension Simulator {
    /// A script of what the simulator answers: a built-in one by its name, one in YAML, or a file.
    ///
    /// The language is described in docs/scenarios.md, the built-in library listed by `openrouter-sim scenario list`.
    public struct Scenario: Sendable, Hashable, ExpressibleByStringLiteral {
        private enum Place: Hashable {
            case name(String)
            case yaml(String, file: String)
            case file(String)
        }

        private var place: Place

        /// A built-in scenario, such as `mid-stream-error`.
        public static func named(_ name: String) -> Scenario { Scenario(place: .name(name)) }

        /// A scenario as text; errors tell its lines as those of `scenario.yaml`.
        public static func yaml(_ text: String) -> Scenario { Scenario(place: .yaml(text, file: "scenario.yaml")) }

        /// A scenario's file; a relative path begins in the folder that the tests run in.
        public static func file(_ path: String) -> Scenario { Scenario(place: .file(path)) }

        private init(place: Place) { self.place = place }

        /// A built-in scenario by its name.
        public init(stringLiteral name: String) { self = .named(name) }

        /// What is sent to the control API.
        enum Source: Sendable {
            case name(String)
            case text(String, file: String)
        }

        var source: Source {
            get throws(SimulatorError) {
                switch place {
                case .name(let name): return .name(name)
                case .yaml(let text, let file): return .text(text, file: file)
                case .file(let path):
                    do {
                        return .text(try String(contentsOfFile: path, encoding: .utf8), file: path)
                    } catch {
                        throw SimulatorError(
                            .unreadableFile,
                            "\(path): cannot be read. Expected a scenario file; relative paths begin in "
                                + FileManager.default.currentDirectoryPath,
                            cause: error
                        )
                    }
                }
            }
        }
    }

    /// Has the requests to come play another scenario; how far the world has come in others stays.
    ///
    /// - Parameter scenario: nil for answers as OpenRouter usually gives them.
    /// - Throws: ``SimulatorError`` for a scenario that there is not, or with all that is wrong in it.
    public func play(_ scenario: Scenario?) async throws(SimulatorError) {
        try await control.play(try scenario?.source)
    }

    /// The names of all scenarios that can be played by name.
    ///
    /// - Throws: ``SimulatorError``.
    public func scenarioNames() async throws(SimulatorError) -> [String] {
        struct Answer: Decodable {
            struct Row: Decodable { var name: String }
            var scenarios: [Row]
        }
        return try await control.send("GET", "/scenarios", as: Answer.self).scenarios.map(\.name)
    }
}

extension ControlClient {
    private struct Play: Encodable {
        var scenario: String?

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            // Nil is written: a member that is not there means nothing.
            try container.encode(scenario, forKey: .scenario)
        }

        enum CodingKeys: CodingKey { case scenario }
    }

    private struct Added: Decodable { var name: String }

    func play(_ source: Simulator.Scenario.Source?) async throws(SimulatorError) {
        let name: String?
        switch source {
        case nil: name = nil
        case .name(let known): name = known
        case .text(let text, let file):
            name = try await send(
                "POST",
                "/scenarios",
                query: [("file", file)],
                bytes: Array(text.utf8),
                as: Added.self
            ).name
        }
        try await send("PATCH", "/worlds/\(world)", Play(scenario: name))
    }
}
