internal import GRDB
internal import OpenRouterAPI
internal import Tapes

/// What the answers of a cassette say they cost.
struct AnswerCosts {
    private(set) var total = USD.zero
    private(set) var count = 0

    /// Reads the answers that have a cost at all; damaged ones count for nothing.
    init(_ cassette: Cassette) throws(CassetteError) {
        let sql = """
            SELECT interaction.id FROM interaction JOIN body ON body.id = response_body
            WHERE instr(body.bytes, CAST('"cost"' AS BLOB)) > 0
            """
        for id in try cassette.read({ try Int64.fetchAll($0, sql: sql) }) {
            guard let stored = try? cassette.interaction(id), let cost = Self.cost(of: stored.interaction.tape) else {
                continue
            }
            total = total + cost
            count += 1
        }
    }

    /// The `usage.cost` of the last JSON that has one: in a stream that of its last event.
    static func cost(of tape: Tape) -> USD? {
        for document in AnswerShape.documents(in: tape).reversed() {
            // The Responses API wraps the answer of its last event.
            let usage = document.root["usage"] ?? document.root["response"]?["usage"]
            if let text = usage?["cost"]?.numberText, let cost = USD(text) { return cost }
        }
        return nil
    }
}
