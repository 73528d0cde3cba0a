package import Tapes

/// Uses what the syntax of chunks allows and few servers send (RFC 9112 §7.1).
///
/// That is: extensions, capital digits, leading zeros, trailers; all of it unless told. Bodies that are not chunked
/// stay as they are.
package struct ChunkSyntaxFault: Fault {
    enum Variant: String, CaseIterable {
        case extensions
        case upperCase = "upper_case"
        case leadingZeros = "leading_zeros"
        case trailers, all

        fileprivate func has(_ part: Variant) -> Bool {
            self == part || self == .all
        }
    }

    package static let name = "chunk_syntax"
    package static let summary = "Writes chunks with extensions, capital digits, leading zeros and trailers."
    package static let parameters = [variant]

    private static let variant = FaultParameter.choice(
        "variant",
        "Extensions after each size, capital hex digits, zeros before each size, trailer fields, or all of these.",
        default: Variant.all,
        isShorthand: true
    )

    package let arguments: FaultArguments
    private let variant: Variant

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        variant = arguments.word(Self.variant)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        let variant = variant
        answer.wireChanges.append { wire in
            guard let layout = WireLayout(wire), let chunks = layout.chunks else { return }
            var edits: [ByteEdit] = []
            for chunk in chunks {
                let size = Array(layout.bytes[chunk.size])
                var written = size
                if variant.has(.upperCase) { written = written.map(\.capital) }
                if variant.has(.leadingZeros) { written = Array("000".utf8) + written }
                // No backslash in the quotes: Node's fetch (observed with 20.20) takes none there.
                if variant.has(.extensions) { written += Array(#";sim;note="a;b c""#.utf8) }
                if written != size { edits.append(ByteEdit(range: chunk.size, bytes: written)) }
            }
            if variant.has(.trailers), let end = layout.trailerEnd {
                edits.append(.insertion(of: "x-sim-trailer: 1\r\n".utf8, at: end))
            }
            wire.apply(edits)
        }
    }
}

extension UInt8 {
    /// A small ASCII letter as a capital.
    fileprivate var capital: UInt8 {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) ? self - 0x20 : self
    }
}
