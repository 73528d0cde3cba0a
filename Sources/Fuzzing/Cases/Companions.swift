/// Mutations that are known to hit together: many defects need a line end, the shape of a block and the end of a read
/// at once, or a text and a boundary, or an error in an unusual dress (reference: event streams, section 5.7).
enum Companions {
    typealias Use = FuzzCase.Use

    /// Each of the first with each of the second, and one of the third in turn.
    private struct Family {
        var base: BaseTape
        var first: [Use]
        var second: [Use]
        /// Nil leaves the place free.
        var third: [Use?] = [nil]

        func cases(turn: Int) -> [(BaseTape, [Use])] {
            var count = turn
            return first.flatMap { one in
                second.map { other in
                    count += 1
                    return (base, [one, other] + [third[count % third.count]].compactMap(\.self))
                }
            }
        }
    }

    private static let families: [Family] = [
        Family(
            base: .short,
            first: [.init("line-end", "crlf"), .init("line-end", "cr"), .init("line-end", "mixed")],
            second: [
                .init("data-split", "two"), .init("comment", "inside"), .init("comment", "between"),
                .init("other-field", "after-data"), .init("empty-data", "colon"), .init("field-space", "none"),
                .init("data-split", "tokens"), .init("bom", "whole"), .init("blank-run", "one"),
                .init("sentinel", "none"), .init("tail", "no-blank-line"), .init("open-end", "chunked"),
            ],
            third: [
                .init("chunking", "inside-line-end"), .init("chunking", "bytes"), .init("chunking", "whole"), nil,
                .init("chunking", "minus-one"),
            ]
        ),
        Family(
            base: .text,
            first: [
                .init("error-chunk", "number-code"), .init("error-chunk", "no-choices"), .init("cut", "before-marker"),
                .init("bad-json", "text"), .init("cut", "inside-event"),
            ],
            second: [
                .init("line-end", "crlf"), .init("chunking", "whole"), .init("data-split", "two"),
                .init("comment", "between"),
            ]
        ),
        Family(
            base: .parallel,
            first: [
                .init("interleave", "alternate"), .init("interleave", "reversed"), .init("interleave", "one-chunk"),
                .init("tool-repeat", "both-parallel"),
            ],
            second: [
                .init("args-split", "parallel-characters"), .init("chunking", "whole"), .init("usage", "no-choices"),
                .init("no-content", "tool-calls-null"),
            ]
        ),
        // What comes after the finish reason, where no sentinel makes it good.
        Family(
            base: .short,
            first: [.init("usage", "unfinished"), .init("usage", "no-choices"), .init("comment", "last")],
            second: [.init("sentinel", "none")]
        ),
        Family(
            base: .short,
            first: [.init("data-split", "two"), .init("comment", "inside"), .init("other-field", "id")],
            second: [.init("chunking", "bytes"), .init("chunking", "whole"), .init("chunking", "inside-line-end")]
        ),
        Family(
            base: .text,
            first: [.init("resplit", "whole"), .init("json-spelling", "escapes"), .init("resplit", "characters")],
            second: [.init("chunking", "inside-character"), .init("chunking", "inside-escape")]
        ),
    ]

    /// - Parameter seed: decides who gets which of the companions that take turns.
    /// - Returns: the tapes and what is done to them, in order.
    static func cases(seed: UInt64) -> [(base: BaseTape, uses: [Use])] {
        families.flatMap { $0.cases(turn: Int(seed % 1000)) }
    }
}
