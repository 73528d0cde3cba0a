internal import OpenRouterAPI
internal import Synchronization

/// What the server is: mode and address, for whoever asks `/_sim/ready`.
package final class ServerStatus: Sendable {
    package let mode: String
    package let recordingCount: Int
    private let boundAddress = Mutex<String?>(nil)

    package init(mode: String, recordingCount: Int) {
        self.mode = mode
        self.recordingCount = recordingCount
    }

    /// `http://127.0.0.1:6464/api/v1`, once it is bound.
    package var baseURL: String? {
        get { boundAddress.withLock { $0 } }
        set { boundAddress.withLock { $0 = newValue } }
    }

    func json(endpoints: [String]) -> JSON {
        [
            "ready": .bool(baseURL != nil),
            "mode": .string(mode),
            "base_url": baseURL.map { .string($0) } ?? .null,
            "recordings": .integer(recordingCount),
            "control": .array(endpoints.map { .string($0) }),
        ]
    }
}
