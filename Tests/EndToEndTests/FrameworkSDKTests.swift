import TestSupport
import Testing

/// Libraries that speak to many APIs and have a part of their own for OpenRouter.
@Suite("Python libraries with support for OpenRouter")
struct FrameworkSDKTests {
    static let clients = [
        PythonClient("langchain_sdk", in: .older),
        PythonClient("litellm_sdk", in: .older),
        PythonClient("pydantic_ai_sdk"),
    ]

    @Test("served, recorded, and replayed with the upstream gone", arguments: clients)
    func servedRecordedReplayed(client: PythonClient) throws {
        try client.expectSameServedRecordedReplayed()
    }
}
