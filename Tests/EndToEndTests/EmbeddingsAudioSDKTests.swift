import TestSupport
import Testing

@Suite("Embeddings, rerank and audio through Python SDKs")
struct EmbeddingsAudioSDKTests {
    static let clients = [PythonClient("openai_embeddings_audio"), PythonClient("openrouter_embeddings_audio")]

    @Test("served, recorded, and replayed with the upstream gone", arguments: clients)
    func servedRecordedReplayed(client: PythonClient) throws {
        try client.expectSameServedRecordedReplayed()
    }
}
