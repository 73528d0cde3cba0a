import TestSupport
import Testing

@Suite("Images and files through Python SDKs")
struct ImagesFilesSDKTests {
    static let clients = [PythonClient("openai_images"), PythonClient("openrouter_images_files")]

    @Test("served, recorded, and replayed with the upstream gone", arguments: clients)
    func servedRecordedReplayed(client: PythonClient) throws {
        try client.expectSameServedRecordedReplayed()
    }
}
