internal import HTTPTypes
internal import Logging
internal import Recording
internal import ServiceLifecycle
internal import Simulation
internal import Tapes

/// Sends the worlds' callbacks when their time has come, for as long as the server runs.
///
/// Only to this machine: the simulator talks to nothing else (PRODUCT.md section 8).
struct CallbackService: Service {
    /// Sends a callback and gives the answer's status.
    typealias Send = @Sendable (Callback) async throws -> Int

    /// Callbacks come at most this much late.
    private static let interval = Duration.milliseconds(200)

    let worlds: @Sendable () -> [World]
    let logger: Logger
    /// Between one attempt and the next; OpenRouter's schedule is not published.
    var pauses = [Duration.seconds(1), .seconds(2)]

    func run() async throws {
        let sender = WebhookSender()
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                while !Task.isCancelled {
                    for callback in worlds().flatMap({ $0.takeCallbacks() }) {
                        group.addTask {
                            await deliver(callback) {
                                try await sender.send($0.body, by: $0.method, to: $0.url, $0.fields)
                            }
                        }
                    }
                    try? await Task.sleep(for: Self.interval)
                }
            }
        }
        try await sender.shutdown()
    }

    /// Sends until the client takes it: once, and once more after each pause; a connection test only once.
    func deliver(_ callback: Callback, by send: Send) async {
        let url = callback.url.text
        guard callback.url.isLoopback else {
            logger.warning("callback not sent: the simulator calls this machine only", metadata: ["url": "\(url)"])
            return
        }
        let pauses = callback.isConnectionTest ? [] : pauses
        for attempt in 0...pauses.count where !Task.isCancelled {
            do {
                let status = try await send(callback)
                if callback.isTaken(by: status) { return }
                logger.warning("callback refused", metadata: ["url": "\(url)", "status": "\(status)"])
            } catch {
                logger.warning("callback failed: \(error)", metadata: ["url": "\(url)"])
            }
            if attempt < pauses.count { try? await Task.sleep(for: pauses[attempt]) }
        }
    }
}
