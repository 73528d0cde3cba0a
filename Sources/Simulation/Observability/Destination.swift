internal import OpenRouterAPI

/// Where an account's traces go to (schema `ObservabilityDestination`; reference: platform §5.6).
struct Destination: Sendable, Codable {
    /// A UUID.
    let id: String
    let accountID: String
    let workspaceID: String
    /// Microseconds since 1970, as ``updatedAt``.
    let createdAt: Int64
    var updatedAt: Int64
    var config: DestinationConfig
    var name: String
    var isEnabled = true
    /// Whether what was said is left out.
    var hasPrivacyMode = false
    /// The part of the traces that are sent, from 0 to 1.
    var samplingRate = 1.0
    /// Keys whose traces are sent; nil for all of the workspace.
    var keyHashes: [String]?
    /// Nil for no rules.
    var filterRules: FilterRules?
    /// Whether more is told of costs, of who has asked, and of the request.
    var tellsCost = false
    var tellsIdentity = false
    var tellsRequestContext = false
}

extension Destination {
    /// Whether it is there for a generation, whatever the generation was about.
    func isMeant(for record: GenerationRecord) -> Bool {
        isEnabled && workspaceID == record.workspaceID && keyHashes?.contains(record.keyHash) ?? true
            && isSampled(record.sessionID ?? record.id)
    }

    /// The same for all generations of a session (guide: broadcast, "Sampling rate").
    private func isSampled(_ name: String) -> Bool {
        guard samplingRate < 1 else { return true }
        let digits = APIKey.hash(of: name).prefix(8)
        return Double(UInt32(digits, radix: 16) ?? 0) < samplingRate * 0x1p32
    }

    /// Schema `ObservabilityDestination`.
    var json: JSON {
        [
            "id": .string(id),
            "type": .string(config.type.rawValue),
            "name": .string(name),
            "workspace_id": .string(workspaceID),
            "enabled": .bool(isEnabled),
            "privacy_mode": .bool(hasPrivacyMode),
            "sampling_rate": .number(samplingRate),
            "api_key_hashes": keyHashes.map { .array($0.map { .string($0) }) } ?? .null,
            "filter_rules": filterRules?.json ?? .null,
            "broadcast_generation_cost": .bool(tellsCost),
            "broadcast_generation_identity": .bool(tellsIdentity),
            "broadcast_generation_request_context": .bool(tellsRequestContext),
            // Both required by openrouter-python 1.3.84.
            "broadcast_generation_cost_allocation": false,
            "regions": ["global"],
            "config": config.json,
            "created_at": createdAt.json,
            "updated_at": updatedAt.json,
        ]
    }
}
