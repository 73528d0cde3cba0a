internal import Crypto
package import OpenRouterAPI
internal import Tapes

/// Who pays: an organization with its workspaces and keys, and one balance for all of them.
package struct Account: Sendable, Codable {
    /// `org_` and 27 alphanumerics.
    package let id: String

    /// The owner, and whoever signs in where nobody in particular does: `user_` and 27 alphanumerics.
    package let userID: String

    /// The workspace that every account has from the start.
    package let defaultWorkspaceID: String

    /// Credits ever bought.
    package var credits: USD

    /// What all keys have spent.
    package var ledger = Ledger()

    /// Requests to free models in the current windows.
    package var freeRequests = FreeRequestWindows()

    /// Requests to the public data endpoints in the current day.
    var dataRequests = RequestWindow.day

    /// Workspaces from the oldest to the newest; the first one is the default one.
    package var workspaceIDs: [String]

    /// Plenty: no test of ours spends it, and a budget guard's arithmetic stays visible.
    package static let openCredits = USD.dollars(10_000)

    /// - Parameters:
    ///   - origin: what the account's ids are made from: the same text gives the same account in every world.
    ///   - credits: credits bought.
    init(origin: String, credits: USD) {
        var generator = SeededGenerator(seed: SHA256.hash(data: Array("account \(origin)".utf8)))
        userID = "user_" + generator.alphanumeric(27)
        defaultWorkspaceID = generator.uuid()
        id = "org_" + generator.alphanumeric(27)
        workspaceIDs = [defaultWorkspaceID]
        self.credits = credits
    }

    /// Whether credits were never bought (schema of `GET /key`).
    package var isFreeTier: Bool { credits <= .zero }
}
