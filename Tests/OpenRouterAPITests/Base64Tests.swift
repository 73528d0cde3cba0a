internal import Testing

@testable internal import OpenRouterAPI

struct Base64Tests {
    /// Test vectors of RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func `The vectors of the RFC hold both ways`(plain: String, encoded: String) {
        #expect(Base64.encoded(Array(plain.utf8)) == encoded)
        #expect(Base64.decoded(encoded) == Array(plain.utf8))
    }

    @Test func `Every byte survives`() {
        let bytes = (0...255).map { UInt8($0) }
        #expect(Base64.decoded(Base64.encoded(bytes)) == bytes)
    }

    @Test(arguments: [("Zg", "f"), ("Zm8\n=", "fo"), ("Zm 9v", "foo")])
    func `Missing padding and white space are forgiven`(text: String, plain: String) {
        #expect(Base64.decoded(text) == Array(plain.utf8))
    }

    @Test(arguments: ["Z", "Zg==Zg", "Zm9-", "Zm9v===", "é"])
    func `What is no base64 is refused`(text: String) {
        #expect(Base64.decoded(text) == nil)
    }
}
