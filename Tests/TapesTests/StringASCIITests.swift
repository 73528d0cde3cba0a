internal import Tapes
internal import Testing

@Suite("Text of header fields")
struct StringASCIITests {
    @Test(
        "A word is found anywhere and in any case",
        arguments: [
            ("chunked", true), ("gzip, Chunked", true), ("CHUNKED;q=1", true), ("chunchunked", true),
            ("", false), ("chunke", false), ("chunk ed", false), ("gzip, deflate", false), ("chünked", false),
        ]
    )
    func words(text: String, isThere: Bool) {
        #expect(text.containsIgnoringCase("chunked") == isThere)
    }
}
