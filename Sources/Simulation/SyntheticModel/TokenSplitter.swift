/// A simulated tokenizer: cuts text into pieces that look and count like those of a language model.
///
/// It follows the split pattern of GPT-4o's encoding, o200k_base
/// (<https://github.com/openai/tiktoken/blob/main/tiktoken_ext/openai_public.py>): a word takes one space or mark
/// before it, words end where camel case goes on, digits come in threes, punctuation takes the line breaks behind it.
/// What a real tokenizer then learns from data is replaced by lengths: a longer word falls into pieces of a few
/// letters, two Chinese, Japanese or Korean characters may share a piece. How near the counts come is in
/// docs/tokens.md, and pinned by a test.
///
/// The pieces joined are the text exactly, and no piece boundary is inside a grapheme cluster, so each piece is
/// valid as the text of a streamed delta.
package enum TokenSplitter {
    /// The pieces of `text`, in order.
    ///
    /// None is empty.
    ///
    /// - Complexity: O(*n*) in the length of the text.
    package static func tokens(in text: String) -> [String] {
        var pieces: [String] = []
        pieces.reserveCapacity(text.utf8.count / 4 + 1)
        var start = 0
        forEachEnd(in: text) { end, bytes in
            pieces.append(String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self))
            start = end
        }
        return pieces
    }

    /// How many pieces ``tokens(in:)`` returns, without making them.
    ///
    /// - Complexity: O(*n*) in the length of the text; nothing is allocated for a native string.
    package static func count(_ text: String) -> Int {
        var count = 0
        forEachEnd(in: text) { _, _ in count += 1 }
        return count
    }

    /// Calls `body` with the UTF-8 offset of each piece's end, and the text's UTF-8.
    private static func forEachEnd(in text: String, _ body: (Int, UnsafeBufferPointer<UInt8>) -> Void) {
        var text = text
        text.makeContiguousUTF8()
        text.utf8.withContiguousStorageIfAvailable { bytes in
            var scanner = TokenScanner(text: text, bytes: bytes)
            while let end = scanner.nextEnd() { body(end, bytes) }
        }
    }
}
