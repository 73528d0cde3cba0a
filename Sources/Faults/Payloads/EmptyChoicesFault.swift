package import Tapes

/// Takes the choices out of the chunk that has the usage.
///
/// OpenRouter's guides promise such a chunk; newer streams repeat the finished choice there (reference: inference §2.7).
/// Streams without such a chunk, as those of Responses and Messages, stay as they are.
package struct EmptyChoicesFault: Fault {
    package static let name = "empty_choices"
    package static let summary = "Empties `choices` on the chunk of a stream that has the `usage`."
    package static let parameters: [FaultParameter] = []

    package let arguments = FaultArguments()

    package init(_ arguments: FaultArguments) {}

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        guard answer.eventStream != nil else { return }
        answer.tape.apply(
            answer.jsonPayloads.flatMap { payload -> [ByteEdit] in
                guard payload.member("usage", startsWith: .objectStart) != nil,
                    let start = payload.member("choices", startsWith: .arrayStart),
                    let end = payload.tokens[start...].first(where: { $0.kind == .end && $0.depth == 1 })
                else { return [] }
                let inner = payload.tokens[start].range.upperBound..<end.range.lowerBound
                guard !inner.isEmpty else { return [] }
                var bytes = payload.bytes
                bytes.removeSubrange(inner)
                return payload.replacement(by: bytes)
            }
        )
    }
}

extension JSONPayload {
    /// The token with which the value of an outer member begins; nil without a member that begins so.
    fileprivate func member(_ name: String, startsWith kind: JSONToken.Kind) -> Int? {
        let key = Array("\"\(name)\"".utf8)
        return tokens.indices.dropFirst(2).first { index in
            tokens[index].kind == kind && tokens[index].depth == 1 && tokens[index - 1].kind == .colon
                && bytes[tokens[index - 2].range].elementsEqual(key)
        }
    }
}
