internal import HTTPTypes
internal import OpenRouterAPI

/// What is to be sent to a destination, decided when it is sent.
struct Broadcast: Sendable {
    enum Content: Sendable {
        /// Asks whether the destination is there (guide: broadcast, "Webhook").
        case connectionTest
        case generation(GenerationRecord, keyName: String, creatorUserID: String)
    }

    let destination: Destination
    let content: Content

    /// Nil for a generation that the destination's rules keep away, and where nothing is ever sent.
    var callback: Callback? {
        switch content {
        case .connectionTest:
            guard var callback = destination.config.callback(GenerationTrace.empty) else { return nil }
            callback.fields[.xTestConnection] = "true"
            callback.isConnectionTest = true
            return callback
        case .generation(let record, let keyName, let creatorUserID):
            guard destination.config.type.endpointMember != nil,
                destination.filterRules?.admit({ record.value(of: $0, keyName: keyName) }) ?? true
            else { return nil }
            let trace = GenerationTrace(record, keyName: keyName, creatorUserID: creatorUserID, for: destination)
            return destination.config.callback(trace.json)
        }
    }
}

extension GenerationRecord {
    /// What a destination's rules look at.
    fileprivate func value(of field: FilterRules.Field, keyName: String) -> FilterRules.Value? {
        switch field {
        case .model: .text(model)
        case .provider: provider.map { .text($0) }
        case .sessionID: sessionID.map { .text($0) }
        case .userID: externalUser.map { .text($0) }
        case .keyName: .text(keyName)
        case .finishReason: finishReason.map { .text($0) }
        case .input: content.map { .text($0.prompt.text) }
        case .output: content?.completion.map { .text($0) }
        case .totalCost: .number(cost.dollars)
        case .totalTokens: .number(Double(usage.total))
        case .promptTokens: .number(Double(usage.prompt))
        case .completionTokens: .number(Double(usage.completion))
        }
    }
}

extension Platform {
    /// What destinations are to be told of a generation.
    func broadcasts(of record: GenerationRecord) -> [Broadcast] {
        let meant = destinations.destinations(ofAccount: record.accountID).filter { $0.isMeant(for: record) }
        guard !meant.isEmpty, let key = keys[record.keyHash], let account = accounts[record.accountID] else {
            return []
        }
        return meant.map {
            Broadcast(
                destination: $0,
                content: .generation(record, keyName: key.name, creatorUserID: key.creatorUserID ?? account.userID)
            )
        }
    }
}
