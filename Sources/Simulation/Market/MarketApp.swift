/// A made-up app with made-up traffic, for rankings of apps.
struct MarketApp: Sendable {
    let id: Int
    let name: String
    let slug: String
    let subcategory: AppSubcategory
    /// 0 is the most popular one.
    let rank: Int
    let noise: MarketNoise
}

extension MarketApp {
    /// From the most to the least popular one.
    static let all: [MarketApp] = {
        let adjectives = [
            "Amber", "Brisk", "Cobalt", "Dapper", "Ember", "Fable", "Granite", "Harbor", "Indigo", "Juniper", "Kestrel",
            "Lumen", "Mosaic", "Nimbus",
        ]
        let names = AppSubcategory.allCases.flatMap { subcategory in
            adjectives.map { (name: "\($0) \(subcategory.noun)", subcategory: subcategory) }
        }
        let scored = names.map { app in
            let noise = MarketNoise("app \(app.name)")
            return (app: app, noise: noise, score: noise.fraction("popularity") + app.subcategory.popularity)
        }
        let sorted = scored.sorted { left, right in
            left.score == right.score ? left.app.name < right.app.name : left.score > right.score
        }
        return sorted.enumerated().map { rank, item in
            MarketApp(
                id: item.noise.integer("id", in: 10_000...999_999),
                name: item.app.name,
                slug: String(item.app.name.lowercased().map { $0 == " " ? "-" : $0 }),
                subcategory: item.app.subcategory,
                rank: rank,
                noise: item.noise
            )
        }
    }()

    /// Tokens on a day counted from 1970-01-01; use swings up and down over months, differently for each app.
    func tokens(on day: Int) -> Int {
        let peak = 300e9 / Double(rank + 2)
        let period = noise.integer("period", in: 90...400)
        let phase = (day + noise.integer("phase", in: 0...399)) % period
        let swing = Double(abs(2 * phase - period)) / Double(period)
        return Int(peak * (0.5 + 0.8 * swing) * (0.9 + 0.2 * noise.fraction("tokens", day)))
    }

    /// Requests that some tokens were for.
    func requests(of tokens: Int) -> Int {
        tokens / noise.integer("tokens a request", in: subcategory.group == .coding ? 9_000...40_000 : 900...9_000)
    }
}

/// Groups of apps in the marketplace (schema of `GET /datasets/app-rankings`).
enum AppCategory: String, CaseIterable {
    case coding, creative, productivity, entertainment
}

/// Kinds of apps (schema of `GET /datasets/app-rankings`); which group each belongs to is not published.
enum AppSubcategory: String, CaseIterable {
    case commandLineAgent = "cli-agent"
    case editorExtension = "ide-extension"
    case cloudAgent = "cloud-agent"
    case programmingApp = "programming-app"
    case nativeAppBuilder = "native-app-builder"
    case creativeWriting = "creative-writing"
    case videos = "video-gen"
    case images = "image-gen"
    case audio = "audio-gen"
    case roleplay
    case game
    case writingAssistant = "writing-assistant"
    case generalChat = "general-chat"
    case personalAgent = "personal-agent"
    case legal

    var group: AppCategory {
        switch self {
        case .commandLineAgent, .editorExtension, .cloudAgent, .programmingApp, .nativeAppBuilder: .coding
        case .creativeWriting, .videos, .images, .audio: .creative
        case .roleplay, .game: .entertainment
        case .writingAssistant, .generalChat, .personalAgent, .legal: .productivity
        }
    }

    /// Of the names of such apps.
    fileprivate var noun: String {
        switch self {
        case .commandLineAgent: "Terminal"
        case .editorExtension: "Editor"
        case .cloudAgent: "Cloud Coder"
        case .programmingApp: "Workbench"
        case .nativeAppBuilder: "App Builder"
        case .creativeWriting: "Stories"
        case .videos: "Video"
        case .images: "Canvas"
        case .audio: "Sound"
        case .roleplay: "Tavern"
        case .game: "Quest"
        case .writingAssistant: "Writer"
        case .generalChat: "Chat"
        case .personalAgent: "Agent"
        case .legal: "Counsel"
        }
    }

    fileprivate var popularity: Double {
        switch self {
        case .commandLineAgent, .editorExtension: 0.6
        case .cloudAgent, .personalAgent, .roleplay, .generalChat: 0.3
        default: 0
        }
    }
}
