internal import OpenRouterAPI

/// One block of an event stream before it is written: an event, comments, or blank lines.
struct Block: Sendable {
    /// What the block means to a client.
    enum Role: Sendable, Hashable {
        /// Opens the answer, or a part of it, and carries nothing.
        case opening
        case reasoning
        case text
        case tool
        /// The marker of success.
        case finish
        case usage
        /// `[DONE]`.
        case sentinel
        /// Nothing that a client may miss: comments, blank lines, unknown events.
        case filler
        /// Says that the answer failed.
        case failure
    }

    enum Payload: Sendable {
        case json(JSON)
        case raw([UInt8])

        static func text(_ text: String) -> Payload { .raw(Array(text.utf8)) }
    }

    var role: Role
    /// Lines before the data, whole, without their ends; an empty one is a blank line.
    var leading: [String] = []
    /// Value of the `event` field; nil for none.
    var event: String?
    /// Nil for a block without data.
    var payload: Payload?
    /// Lines after the data.
    var trailing: [String] = []
    /// Time before the block is sent.
    var gap: Duration = .zero
    /// Whether an empty line ends it.
    var isEnded = true

    init(_ role: Role, _ payload: Payload? = nil, event: String? = nil) {
        self.role = role
        self.payload = payload
        self.event = event
    }

    /// Lines that carry nothing.
    static func filler(_ lines: String..., isEnded: Bool = true) -> Block {
        var block = Block(.filler)
        block.leading = lines
        block.isEnded = isEnded
        return block
    }

    static let sentinel = Block(.sentinel, .text("[DONE]"))
    static let keepAlive = Block.filler(": OPENROUTER PROCESSING")
}

extension Block {
    /// Changes the payload's object; does nothing for other payloads.
    mutating func edit(_ change: (inout JSONObject) -> Void) {
        guard case .json(var json) = payload else { return }
        json.edit(change)
        payload = .json(json)
    }

    /// Changes the object that is this member of the payload's object; does nothing where there is none.
    mutating func edit(_ key: String, _ change: (inout JSONObject) -> Void) {
        edit { object in object[key]?.edit(change) }
    }

    /// Changes each choice of a chat chunk.
    mutating func editChoices(_ change: (inout JSONObject) -> Void) {
        edit { object in
            object.editElements(of: "choices", change)
        }
    }

    /// Changes the delta of each choice of a chat chunk.
    mutating func editDelta(_ change: (inout JSONObject) -> Void) {
        editChoices { $0["delta"]?.edit(change) }
    }
}

extension JSON {
    /// Changes an object; does nothing for other values.
    mutating func edit(_ change: (inout JSONObject) -> Void) {
        guard case .object(var object) = self else { return }
        change(&object)
        self = .object(object)
    }
}

extension JSONObject {
    /// Changes each object in the array of this name.
    mutating func editElements(of key: String, _ change: (inout JSONObject) -> Void) {
        guard case .array(let elements)? = self[key] else { return }
        self[key] = .array(
            elements.map { element in
                var element = element
                element.edit(change)
                return element
            }
        )
    }
}
