internal import Crypto
internal import OpenRouterAPI
internal import Tapes

/// What the simulation's file parser reads out of a document: the text of text files, a made-up page of others.
enum ParsedFileText {
    /// Bytes of text kept of one file.
    private static let textLimit = 20_000

    static func file(named name: String, bytes: [UInt8]) -> Annotation.ParsedFile {
        let hash = SHA256.hash(data: bytes).reduce(into: "") { text, byte in
            text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return Annotation.ParsedFile(hash: hash, name: name, text: text(of: bytes, named: name, hash: hash))
    }

    private static func text(of bytes: [UInt8], named name: String, hash: String) -> String {
        if !bytes.isEmpty, !bytes.contains(0), let text = String(validating: bytes.prefix(textLimit), as: UTF8.self) {
            return text
        }
        var generator = SeededGenerator(seed: SHA256.hash(data: Array(hash.utf8)))
        return AnswerText.answer(to: name, using: &generator)
    }
}
