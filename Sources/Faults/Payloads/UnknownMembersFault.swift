package import Tapes

/// Adds members with unknown names to the JSON objects of an answer, in the outer three levels unless told.
///
/// Clients are to ignore them. Objects inside strings, such as the arguments of tools, stay as they are.
package struct UnknownMembersFault: Fault {
    package static let name = "unknown_members"
    package static let summary = "Adds unknown members to the JSON of an answer."
    package static let parameters = [depth]

    private static let depth = FaultParameter(
        "depth",
        .integer(1...64),
        "Levels of objects and arrays, from the outside, whose objects get a member.",
        default: .integer(3),
        isShorthand: true
    )

    package let arguments: FaultArguments
    private let depth: Int

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        depth = arguments.integer(Self.depth)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        let payloads = answer.jsonPayloads
        answer.tape.apply(
            payloads.flatMap { payload in
                zip(payload.tokens, payload.tokens.dropFirst()).compactMap { token, next in
                    guard token.kind == .objectStart, token.depth < depth else { return nil }
                    return payload.insertion(
                        of: Self.member + (next.kind == .end ? "" : ",").utf8,
                        at: token.range.upperBound
                    )
                }
            }
        )
    }

    private static let member = Array(#""x_unknown":{"list":[1,null,"\u00e9"],"nested":{}}"#.utf8)
}
