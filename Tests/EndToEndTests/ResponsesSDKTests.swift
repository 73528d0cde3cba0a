import TestSupport
import Testing

@Suite("Responses through Python SDKs")
struct ResponsesSDKTests {
    static let clients = [PythonClient("openai_responses"), PythonClient("openrouter_responses")]

    @Test("served, recorded, and replayed with the upstream gone", arguments: clients)
    func servedRecordedReplayed(client: PythonClient) throws {
        try client.expectSameServedRecordedReplayed()
    }
}
