internal import Simulation
internal import Synchronization
internal import Testing

@Suite("A world's clock")
struct MovedClockTests {
    private static func world(_ clock: WorldClock = .system) -> (World, TestTime) {
        let system = TestTime(1_000_000)
        return (World(clock: clock, systemTime: { system.value }), system)
    }

    /// A number that can be set while others read it.
    final class TestTime: Sendable {
        private let stored: Mutex<Int64>

        init(_ value: Int64) { stored = Mutex(value) }

        var value: Int64 {
            get { stored.withLock { $0 } }
            set { stored.withLock { $0 = newValue } }
        }
    }

    @Test("A clock that is moved goes on from there; one that is frozen stands, moved or not, until it is freed")
    func changes() {
        let (world, system) = Self.world()
        #expect(world.changeClock(.advance(by: 500)) == (1_000_000, 1_000_500))
        system.value += 100
        #expect(world.now == 1_000_600)
        world.changeClock(.freeze)
        system.value += 1_000
        #expect(world.now == 1_000_600)
        world.changeClock(.advance(by: 400))
        #expect(world.now == 1_001_000)
        world.changeClock(.resume)
        system.value += 7
        #expect(world.now == 1_001_007)
        world.changeClock(.fix(at: 42))
        #expect(world.now == 42)
        world.changeClock(.system)
        #expect(world.now == system.value)
    }

    @Test("What waits is hurried by what the clock is moved forward, and by nothing else")
    func waits() {
        let (world, _) = Self.world()
        let hurried = Mutex<[Duration]>([])
        let wait = world.beginWait { duration in hurried.withLock { $0.append(duration) } }
        world.changeClock(.advance(by: 2_000_000))
        world.changeClock(.freeze)
        world.changeClock(.resume)
        world.changeClock(.fix(at: 0))
        world.changeClock(.fix(at: 5))
        #expect(hurried.withLock { $0 } == [.seconds(2), .microseconds(5)])
        world.endWait(wait)
        world.changeClock(.advance(by: 1))
        #expect(hurried.withLock { $0.count } == 2)
    }

    @Test("A reset keeps the clock")
    func reset() {
        let (world, _) = Self.world(.fixed(9))
        world.changeClock(.advance(by: 1))
        _ = world.reset()
        #expect(world.now == 10)
    }
}
