internal import Simulation
internal import Tapes
internal import Testing

@Suite("Token splitter")
struct TokenSplitterTests {
    @Test(
        "Text falls into the pieces that a tokenizer would make",
        arguments: [
            ("", []),
            ("Hello world.", ["Hello", " world", "."]),
            ("It's what we'll do", ["It's", " what", " we'll", " do"]),
            ("the neighbor's", ["the", " neighbor", "'s"]),
            ("l'air o'clock", ["l", "'air", " o", "'clock"]),
            ("an internationalization", ["an", " inte", "rnat", "iona", "lization"]),
            ("neighborly neighborhood", ["neighborly", " neig", "hborhood"]),
            ("NASA WARNING", ["NASA", " WARN", "ING"]),
            ("userAccountID XMLHttp2", ["user", "Account", "ID", " XMLHttp", "2"]),
            ("max_tokens items.append(x)", ["max", "_", "tokens", " items", ".", "append", "(x", ")"]),
            ("1234567 89", ["123", "456", "7", " ", "89"]),
            ("a  b   c", ["a", " ", " b", "  ", " c"]),
            ("a\n\nb\r\nc \n", ["a", "\n\n", "b", "\r\n", "c", " \n"]),
            ("if x {\n    y()\n}", ["if", " x", " {\n", "   ", " y", "()\n", "}"]),
            ("f(x)!!!! {}", ["f", "(x", ")!!", "!!", " {}"]),
            ("déjà vu", ["déjà", " vu"]),
            ("Großstädte Großstädten", ["Groß", "städte", " Groß", "städten"]),
            ("źródło", ["źró", "dło"]),
            ("Привет страница", ["Привет", " стра", "ница"]),
            ("καλημέρα", ["κα", "λη", "μέρα"]),
            ("🇩🇪🇫🇷 👩‍👩‍👧!", ["🇩🇪", "🇫🇷", " 👩‍👩‍👧", "!"]),
            ("e\u{301}\u{302}x", ["e\u{301}\u{302}x"]),
            (" ", [" "]),
            ("\t\tx", ["\t", "\tx"]),
        ] as [(String, [String])]
    )
    func pieces(text: String, expected: [String]) {
        #expect(TokenSplitter.tokens(in: text).map { String($0) } == expected)
    }

    @Test("An ideograph is a piece alone or with one neighbor")
    func ideographs() {
        let pieces = TokenSplitter.tokens(in: "東京の天気はどうですか今日は雨が降りますか한국어도마찬가지입니다")
        #expect(pieces.allSatisfy { (1...2).contains($0.count) })
        #expect(Set(pieces.map(\.count)) == [1, 2])
    }

    @Test("English prose has about four characters in a token")
    func density() {
        let prose = """
            The Swift Programming Language is the authoritative reference for Swift, offering a guided tour, a \
            comprehensive guide, and a formal reference of the language. You'll find 3 editions since 2014; each \
            of them was revised several times, and the latest one (about 900 pages) covers concurrency as well.
            """
        let density = Double(prose.count) / Double(TokenSplitter.count(prose))
        #expect((4.0...5.0).contains(density), "\(density) characters per token")
    }

    @Test("The pieces joined are the text, end at grapheme clusters, and are as many as counted", arguments: 0..<60)
    func concatenation(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for length in [1, 2, 5, 40, 400] {
            let text = generator.unicodeText(scalarCount: length)
            let pieces = TokenSplitter.tokens(in: text)
            #expect(pieces.joined().utf8.elementsEqual(text.utf8), "seed \(seed)")
            #expect(pieces.count == TokenSplitter.count(text), "seed \(seed)")
            #expect(pieces.allSatisfy { !$0.isEmpty }, "seed \(seed)")
            // Counting clusters piece by piece gives the same only if no piece ends inside one.
            #expect(pieces.reduce(0) { $0 + $1.count } == text.count, "seed \(seed)")
        }
    }
}

extension SeededGenerator {
    /// Random text in which all that matters to splitting is frequent: spaces, marks, joiners, flags, line breaks.
    mutating func unicodeText(scalarCount: Int) -> String {
        let special: [Unicode.Scalar] = [
            " ", " ", " ", "\t", "\r", "\n", "'", "s", "\u{301}", "\u{200D}", "\u{FE0F}", "\u{1F1E9}", "\u{1F1EA}", "👩",
            "🏽", "漢", "ハ", "가", "\u{1100}", "\u{1161}", "\u{0600}", "क", "\u{94D}", "\u{A0}", "\u{2028}", "\u{202E}",
            "ß", "Ж",
        ]
        var scalars = String.UnicodeScalarView()
        for _ in 0..<scalarCount {
            switch below(4) {
            case 0: scalars.append(Unicode.Scalar(UInt8(below(128))))
            case 1: scalars.append(Unicode.Scalar(UInt32(below(0x11_0000))) ?? "\u{FFFD}")
            default: scalars.append(special[below(special.count)])
            }
        }
        return String(scalars)
    }
}
