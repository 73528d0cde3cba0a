package import Scenarios
internal import Synchronization

/// The scenarios that can be played: built-in ones, those of files, and those that were put at run time.
///
/// Each is played by its name; the rules of files apply to every request that names none.
package final class ScenarioLibrary: Sendable {
    private struct State {
        var files: [Scenario] = []
        var added: [Scenario] = []
    }

    private let state = Mutex(State())

    package init() {}

    /// The scenarios of files, in the order of the files.
    package var files: [Scenario] {
        state.withLock { $0.files }
    }

    /// Puts other files' scenarios in the place of those of before.
    package func replaceFiles(_ scenarios: [Scenario]) {
        state.withLock { $0.files = scenarios }
    }

    /// What was put at run time wins over files, and files over what is built in.
    package func scenario(named name: String) -> Scenario? {
        let (added, files) = state.withLock { ($0.added, $0.files) }
        return added.first { $0.name == name } ?? files.first { $0.name == name } ?? BuiltInScenarios.named(name)
    }

    /// Adds a scenario, in the place of one that was added with its name.
    package func put(_ scenario: Scenario) {
        state.withLock { state in
            state.added.removeAll { $0.name == scenario.name }
            state.added.append(scenario)
        }
    }

    /// - Returns: whether one of this name had been added.
    package func remove(_ name: String) -> Bool {
        state.withLock { state in
            let count = state.added.count
            state.added.removeAll { $0.name == name }
            return state.added.count < count
        }
    }

    /// What can be played, each name once: added, files, built in.
    package var all: [Scenario] {
        let (added, files) = state.withLock { ($0.added, $0.files) }
        var names: Set<String> = []
        return (added + files + BuiltInScenarios.all).filter { names.insert($0.name).inserted }
    }
}
