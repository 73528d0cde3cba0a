import Testing

@testable import Recording

@Suite("Content codings that a recorder accepts")
struct AcceptedCodingsTests {
    @Test(
        "Only those are asked for in which secrets can be found",
        arguments: [
            ("gzip", "gzip"), ("gzip, deflate, br, zstd", "gzip, deflate"),
            ("br;q=1.0, gzip;q=0.8, *;q=0.1", "gzip;q=0.8"),
            ("br", "identity"), ("*", "identity"), ("", "identity"), ("Identity , GZIP;q=0", "Identity, GZIP;q=0"),
        ]
    )
    func searchable(_ value: String, _ expected: String) {
        #expect(AcceptedCodings.searchable(value) == expected)
    }
}
