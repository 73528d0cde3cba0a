import TestSupport
import Testing

@Suite("Videos through OpenRouter's Python SDK")
struct VideosSDKTests {
    static let client = PythonClient("openrouter_videos")

    @Test("served, recorded, and replayed with the upstream gone")
    func servedRecordedReplayed() throws {
        try Self.client.expectSameServedRecordedReplayed()
    }
}
