import TestSupport
import Testing

@Suite("Messages through Anthropic's Python SDK")
struct MessagesSDKTests {
    static let client = PythonClient("anthropic_sdk")

    @Test("served, recorded, and replayed with the upstream gone")
    func servedRecordedReplayed() throws {
        try Self.client.expectSameServedRecordedReplayed()
    }
}
