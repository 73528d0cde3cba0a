/// Made-up shares of tasks in what models are used for.
///
/// Shares are whole numbers of units, of which ``whole`` make all: those of tasks add up to it, and so do those of each
/// category's tasks.
struct TaskShares: Sendable {
    static let whole = 10_000

    struct Item: Sendable {
        let task: ClassifiedTask
        let usage: Int
        let tokens: Int
        /// Within the task's category.
        let categoryUsage: Int
        let categoryTokens: Int
        /// The models most used for it.
        let models: [(permaslug: String, usage: Int, tokens: Int)]
    }

    /// From the most to the least frequent one.
    let tasks: [Item]

    /// - Parameters:
    ///   - market: whose models are used.
    ///   - day: the last one counted, from 1970-01-01 on; shares move a little from day to day.
    init(_ market: Market, day: Int) {
        let all = ClassifiedTask.all
        func weights(_ use: String) -> [Double] {
            all.map { task in
                let noise = MarketNoise("task \(task.name)")
                return task.category.weight * (0.3 + noise.fraction(use)) * (0.95 + 0.1 * noise.fraction(use, day))
            }
        }
        let (usageWeights, tokenWeights) = (weights("usage"), weights("tokens"))
        let (usage, tokens) = (Self.whole.shares(weights: usageWeights), Self.whole.shares(weights: tokenWeights))
        func shareInCategory(_ index: Int, _ weights: [Double]) -> Int {
            let indices = all.indices.filter { all[$0].category == all[index].category }
            let position = indices.firstIndex(of: index) ?? 0
            return Self.whole.share(ofIndex: position, weights: indices.map { weights[$0] })
        }
        let items = all.indices.map { index in
            Item(
                task: all[index],
                usage: usage[index],
                tokens: tokens[index],
                categoryUsage: shareInCategory(index, usageWeights),
                categoryTokens: shareInCategory(index, tokenWeights),
                models: Self.models(of: all[index], market)
            )
        }
        tasks = items.sorted { left, right in
            left.usage == right.usage ? left.task.name < right.task.name : left.usage > right.usage
        }
    }

    /// The ten most used ones; the rest of the task is everybody else's.
    private static func models(
        of task: ClassifiedTask,
        _ market: Market
    ) -> [(permaslug: String, usage: Int, tokens: Int)] {
        let entries = market.entries.filter { $0.model.outputModalities.contains("text") }
        func shares(_ use: String) -> [Int] {
            whole.shares(
                weights: entries.map { entry in
                    (0.2 + entry.noise.fraction("\(use) \(task.name)")) / Double(entry.rank + 2)
                }
            )
        }
        let (usage, tokens) = (shares("usage"), shares("tokens"))
        let rows = entries.indices.map { (permaslug: entries[$0].permaslug, usage: usage[$0], tokens: tokens[$0]) }
        let sorted = rows.sorted { left, right in
            left.usage == right.usage ? left.permaslug < right.permaslug : left.usage > right.usage
        }
        return Array(sorted.prefix(10))
    }
}

/// The first part of a task's tag (schema `TaskClassificationMacroCategory`).
enum TaskCategory: String, CaseIterable {
    case code, data, agent, general

    var label: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

    /// Of one of its tasks.
    fileprivate var weight: Double {
        switch self {
        case .code: 0.45
        case .agent: 0.3
        case .general: 0.18
        case .data: 0.12
        }
    }
}

/// A task that requests are sorted into; two tags are documented, the others are made up after them.
struct ClassifiedTask: Sendable {
    let category: TaskCategory
    let name: String
    let label: String

    static let all = [
        ClassifiedTask(category: .code, name: "general_impl", label: "Code Generation"),
        ClassifiedTask(category: .code, name: "debugging", label: "Debugging"),
        ClassifiedTask(category: .code, name: "refactoring", label: "Refactoring"),
        ClassifiedTask(category: .code, name: "review", label: "Code Review"),
        ClassifiedTask(category: .code, name: "testing", label: "Test Writing"),
        ClassifiedTask(category: .code, name: "frontend", label: "Frontend Development"),
        ClassifiedTask(category: .code, name: "devops", label: "DevOps"),
        ClassifiedTask(category: .data, name: "extraction", label: "Data Extraction"),
        ClassifiedTask(category: .data, name: "classification", label: "Classification"),
        ClassifiedTask(category: .data, name: "analysis", label: "Data Analysis"),
        ClassifiedTask(category: .data, name: "transformation", label: "Data Transformation"),
        ClassifiedTask(category: .agent, name: "web_search", label: "Web Search"),
        ClassifiedTask(category: .agent, name: "tool_use", label: "Tool Use"),
        ClassifiedTask(category: .agent, name: "planning", label: "Planning"),
        ClassifiedTask(category: .agent, name: "computer_use", label: "Computer Use"),
        ClassifiedTask(category: .general, name: "chat", label: "Conversation"),
        ClassifiedTask(category: .general, name: "summarization", label: "Summarization"),
        ClassifiedTask(category: .general, name: "translation", label: "Translation"),
        ClassifiedTask(category: .general, name: "writing", label: "Writing"),
        ClassifiedTask(category: .general, name: "roleplay", label: "Roleplay"),
        ClassifiedTask(category: .general, name: "question_answering", label: "Question Answering"),
    ]
}
