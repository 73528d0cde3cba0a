internal import SimulatorServer
internal import Synchronization

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

extension Companion {
    /// Ends when the process that started us does: then another one is our parent (getppid(2)).
    static var parentWatch: Companion {
        let parent = getppid()
        let (stops, stop) = AsyncStream.makeStream(of: Void.self)
        return Companion { _ in
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    while getppid() == parent, (try? await Task.sleep(for: .milliseconds(200))) != nil {}
                }
                group.addTask {
                    for await _ in stops {}
                }
                await group.next()
                group.cancelAll()
            }
        } stop: {
            stop.finish()
        }
    }
}
