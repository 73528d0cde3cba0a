internal import NIOCore
internal import Tapes
internal import Testing

@testable internal import Playback

/// Conversations: events in, actions out.
///
/// Times are in milliseconds since the start of the connection.
@Suite("Player state machine")
struct PlayerStateMachineTests {
    private static func at(_ milliseconds: Int64) -> NIODeadline {
        .uptimeNanoseconds(1_000_000_000) + .milliseconds(milliseconds)
    }

    /// A wire tape whose writes have these gaps, in milliseconds.
    private static func wire(
        _ gaps: [Int],
        endingGap: Int = 0,
        _ ending: Ending = .complete,
        isPersistent: Bool = true
    ) -> WireTape {
        WireTape(
            writes: gaps.map { .init(gap: .milliseconds($0), bytes: ByteBuffer(string: "x")) },
            endingGap: .milliseconds(endingGap),
            ending: ending,
            isPersistent: isPersistent
        )
    }

    @Test("An undelayed tape is written at once and leaves the connection ready for the next")
    func undelayed() {
        var machine = PlayerStateMachine()
        for _ in 0..<2 {
            // A request has come.
            machine.play(Self.wire([0, 0]), start: Self.at(0))
            #expect(machine.next(now: Self.at(0), isWritable: true) == .write(0))
            #expect(machine.next(now: Self.at(0), isWritable: true) == .write(1))
            #expect(machine.next(now: Self.at(0), isWritable: true) == .end(.keepAlive))
            // Nothing is left to do.
            #expect(machine.next(now: Self.at(0), isWritable: true) == .none)
            #expect(machine.isOpen)
        }
    }

    @Test("Gaps are deadlines from the end of the request, so one late write does not move the others")
    func deadlines() {
        var machine = PlayerStateMachine()
        machine.play(Self.wire([10, 20, 30], endingGap: 40), start: Self.at(0))
        // Nothing is due yet.
        #expect(machine.next(now: Self.at(3), isWritable: true) == .wait(until: Self.at(10)))
        // The first is five late.
        #expect(machine.next(now: Self.at(15), isWritable: true) == .write(0))
        #expect(machine.next(now: Self.at(15), isWritable: true) == .wait(until: Self.at(30)))
        // The loop was busy: two are due together.
        #expect(machine.next(now: Self.at(75), isWritable: true) == .write(1))
        #expect(machine.next(now: Self.at(75), isWritable: true) == .write(2))
        #expect(machine.next(now: Self.at(75), isWritable: true) == .wait(until: Self.at(100)))
        // The ending is on time again.
        #expect(machine.next(now: Self.at(100), isWritable: true) == .end(.keepAlive))
    }

    @Test("A tape that comes in pieces is played on with each, at its own times")
    func pieces() {
        var machine = PlayerStateMachine()
        machine.play(Self.wire([10]), start: Self.at(0), goesOn: true)
        #expect(machine.next(now: Self.at(10), isWritable: true) == .write(0))
        // The rest is asked for before the socket is empty.
        #expect(machine.next(now: Self.at(10), isWritable: false) == .awaitRest)
        #expect(machine.next(now: Self.at(11), isWritable: true) == .awaitRest)
        // A piece has been read, late; its gaps count from what came before it.
        machine.goOn(with: Self.wire([5, 20]), goesOn: true)
        #expect(machine.next(now: Self.at(18), isWritable: true) == .write(0))
        #expect(machine.next(now: Self.at(18), isWritable: true) == .wait(until: Self.at(35)))
        // Somebody moves the clock.
        machine.advance(by: .milliseconds(10))
        #expect(machine.next(now: Self.at(25), isWritable: true) == .write(1))
        #expect(machine.next(now: Self.at(25), isWritable: true) == .awaitRest)
        // Nothing but a wait.
        machine.goOn(with: Self.wire([], endingGap: 5), goesOn: true)
        #expect(machine.next(now: Self.at(25), isWritable: true) == .wait(until: Self.at(30)))
        #expect(machine.next(now: Self.at(30), isWritable: true) == .awaitRest)
        // The last piece.
        machine.goOn(with: Self.wire([0], endingGap: 10, .reset), goesOn: false)
        #expect(machine.next(now: Self.at(30), isWritable: false) == .awaitWritability)
        #expect(machine.next(now: Self.at(30), isWritable: true) == .write(0))
        #expect(machine.next(now: Self.at(40), isWritable: true) == .end(.reset))
        // The answer is over: a piece that comes now is nobody's.
        #expect(machine.next(now: Self.at(40), isWritable: true) == .none)
        machine.goOn(with: Self.wire([0]), goesOn: false)
        #expect(machine.next(now: Self.at(40), isWritable: true) == .none)
    }

    @Test("Time that is moved forward brings what waits nearer, and more than one gap of it")
    func advanced() {
        var machine = PlayerStateMachine()
        machine.play(Self.wire([100, 100, 100]), start: Self.at(0))
        #expect(machine.next(now: Self.at(10), isWritable: true) == .wait(until: Self.at(100)))
        // Somebody moves the clock by a part of the first gap.
        machine.advance(by: .milliseconds(50))
        #expect(machine.next(now: Self.at(10), isWritable: true) == .wait(until: Self.at(50)))
        // Then beyond the second.
        machine.advance(by: .milliseconds(200))
        #expect(machine.next(now: Self.at(10), isWritable: true) == .write(0))
        #expect(machine.next(now: Self.at(10), isWritable: true) == .write(1))
        #expect(machine.next(now: Self.at(10), isWritable: true) == .wait(until: Self.at(50)))
    }

    @Test("An answer that was made late catches up")
    func madeLate() {
        var machine = PlayerStateMachine()
        machine.play(Self.wire([10, 20]), start: Self.at(0))
        #expect(machine.next(now: Self.at(500), isWritable: true) == .write(0))
        #expect(machine.next(now: Self.at(500), isWritable: true) == .write(1))
        #expect(machine.next(now: Self.at(500), isWritable: true) == .end(.keepAlive))
    }

    @Test("A full socket stops the writes, but neither the clock nor the ending")
    func backPressure() {
        var machine = PlayerStateMachine()
        machine.play(Self.wire([0, 0, 10]), start: Self.at(0))
        #expect(machine.next(now: Self.at(0), isWritable: true) == .write(0))
        // The kernel takes no more.
        #expect(machine.next(now: Self.at(0), isWritable: false) == .awaitWritability)
        #expect(machine.next(now: Self.at(5), isWritable: false) == .awaitWritability)
        // It takes some again, long after the third was due.
        #expect(machine.next(now: Self.at(50), isWritable: true) == .write(1))
        #expect(machine.next(now: Self.at(50), isWritable: false) == .awaitWritability)
        #expect(machine.next(now: Self.at(60), isWritable: true) == .write(2))
        // What has been written need not have left for the answer to be over.
        #expect(machine.next(now: Self.at(60), isWritable: false) == .end(.keepAlive))
    }

    @Test("A wait that is due is not disturbed by a full socket")
    func waitingWhileFull() {
        var machine = PlayerStateMachine()
        machine.play(Self.wire([10]), start: Self.at(0))
        #expect(machine.next(now: Self.at(0), isWritable: false) == .wait(until: Self.at(10)))
        #expect(machine.next(now: Self.at(10), isWritable: false) == .awaitWritability)
        #expect(machine.next(now: Self.at(11), isWritable: true) == .write(0))
    }

    @Test(
        "Each ending has its conclusion",
        arguments: [
            (.complete, true, .keepAlive, true),
            (.complete, false, .finish, false),
            (.close, false, .cut, false),
            (.reset, false, .reset, false),
            (.stall, false, .stall, false),
        ] as [(Ending, Bool, PlayerStateMachine.Conclusion, Bool)]
    )
    func endings(ending: Ending, isPersistent: Bool, conclusion: PlayerStateMachine.Conclusion, isOpen: Bool) {
        for isLive in [false, true] {
            var machine = PlayerStateMachine()
            if isLive {
                machine.beginLive()
                #expect(machine.isOpen)
                #expect(machine.endLive(ending, isPersistent: isPersistent) == conclusion)
            } else {
                machine.play(Self.wire([], endingGap: 5, ending, isPersistent: isPersistent), start: Self.at(0))
                #expect(machine.next(now: Self.at(4), isWritable: true) == .wait(until: Self.at(5)))
                #expect(machine.next(now: Self.at(5), isWritable: true) == .end(conclusion))
            }
            #expect(machine.next(now: Self.at(9), isWritable: true) == .none)
            #expect(machine.isOpen == isOpen)
        }
    }

    @Test("A client that has closed its half gets the answer that is playing, then the connection is finished")
    func halfClosed() {
        var machine = PlayerStateMachine()
        machine.play(Self.wire([0, 10]), start: Self.at(0))
        #expect(machine.next(now: Self.at(0), isWritable: true) == .write(0))
        // The client closes its half.
        #expect(machine.inputClosed() == false)
        #expect(machine.next(now: Self.at(10), isWritable: true) == .write(1))
        #expect(machine.next(now: Self.at(10), isWritable: true) == .end(.finish))
    }

    @Test("A client that has closed its half gets the answers that are owed")
    func halfClosedWhileOwed() {
        var machine = PlayerStateMachine()
        // An answer is in the making when the client closes its half.
        #expect(machine.inputClosed(isAnswerOwed: true) == false)
        machine.play(Self.wire([0]), start: Self.at(0))
        #expect(machine.next(now: Self.at(0), isWritable: true, isAnswerOwed: true) == .write(0))
        // Another request waits.
        #expect(machine.next(now: Self.at(0), isWritable: true, isAnswerOwed: true) == .end(.keepAlive))
        machine.beginLive()
        // That was the last.
        #expect(machine.endLive(.complete, isPersistent: true, isAnswerOwed: false) == .finish)
    }

    @Test("Between answers a closed half closes the connection")
    func halfClosedIdle() {
        var machine = PlayerStateMachine()
        #expect(machine.inputClosed() == true)
        #expect(!machine.isOpen)
        #expect(machine.closed() == false)
    }

    @Test("While the last bytes are on their way a closed half closes nothing, afterwards it does")
    func halfClosedEnding() {
        var machine = PlayerStateMachine()
        machine.play(Self.wire([0], .close), start: Self.at(0))
        #expect(machine.next(now: Self.at(0), isWritable: true) == .write(0))
        #expect(machine.next(now: Self.at(0), isWritable: false) == .end(.cut))
        // The bytes wait for the kernel.
        #expect(machine.inputClosed() == false)
        // They are out, and our half is closed.
        machine.outputClosed()
        #expect(machine.inputClosed() == true)
    }

    @Test("A closed half does not turn a reset into something else")
    func halfClosedReset() {
        var machine = PlayerStateMachine()
        machine.play(Self.wire([], .reset), start: Self.at(0))
        #expect(machine.next(now: Self.at(0), isWritable: true) == .end(.reset))
        #expect(machine.inputClosed() == false)
    }

    @Test("A stall lasts until the client closes its half, and is none for a client that has done so")
    func stall() {
        var machine = PlayerStateMachine()
        machine.play(Self.wire([], .stall), start: Self.at(0))
        #expect(machine.next(now: Self.at(0), isWritable: true) == .end(.stall))
        #expect(machine.inputClosed() == true)
        // The silence was an answer under way.
        #expect(machine.closed() == true)
        #expect(machine.closed() == false)

        var halfClosed = PlayerStateMachine()
        halfClosed.play(Self.wire([10], .stall), start: Self.at(0))
        #expect(halfClosed.inputClosed() == false)
        #expect(halfClosed.next(now: Self.at(10), isWritable: true) == .write(0))
        #expect(halfClosed.next(now: Self.at(10), isWritable: true) == .end(.finish))
    }

    @Test("Draining closes what waits, and lets what plays come to its end")
    func drain() {
        // Idle
        var idle = PlayerStateMachine()
        #expect(idle.drain() == true)
        #expect(!idle.isOpen)
        #expect(idle.drain() == false)

        // Idle, but an answer is in the making.
        var owing = PlayerStateMachine()
        #expect(owing.drain(isAnswerOwed: true) == false)
        owing.play(Self.wire([0]), start: Self.at(0))
        #expect(owing.next(now: Self.at(0), isWritable: true) == .write(0))
        #expect(owing.next(now: Self.at(0), isWritable: true) == .end(.finish))

        // Playing
        var playing = PlayerStateMachine()
        playing.play(Self.wire([10]), start: Self.at(0))
        #expect(playing.drain() == false)
        #expect(playing.next(now: Self.at(10), isWritable: true) == .write(0))
        #expect(playing.next(now: Self.at(10), isWritable: true) == .end(.finish))

        // Live
        var live = PlayerStateMachine()
        live.beginLive()
        #expect(live.drain() == false)
        #expect(live.endLive(.complete, isPersistent: true) == .finish)

        // Stalled, and about to stall
        var stalled = PlayerStateMachine()
        stalled.play(Self.wire([], .stall), start: Self.at(0))
        #expect(stalled.next(now: Self.at(0), isWritable: true) == .end(.stall))
        #expect(stalled.drain() == true)
        var stalling = PlayerStateMachine()
        stalling.play(Self.wire([10], .stall), start: Self.at(0))
        #expect(stalling.drain() == false)
        #expect(stalling.next(now: Self.at(10), isWritable: true) == .write(0))
        #expect(stalling.next(now: Self.at(10), isWritable: true) == .end(.finish))
    }

    @Test("A lost connection tells whether an answer was under way, and then nothing more happens")
    func closedInTheMiddle() {
        var playing = PlayerStateMachine()
        playing.play(Self.wire([0, 10]), start: Self.at(0))
        #expect(playing.next(now: Self.at(0), isWritable: true) == .write(0))
        // The connection is gone.
        #expect(playing.closed() == true)
        #expect(playing.next(now: Self.at(10), isWritable: true) == .none)
        #expect(!playing.isOpen)
        #expect(playing.closed() == false)
        #expect(playing.inputClosed() == false)
        #expect(playing.drain() == false)

        var live = PlayerStateMachine()
        live.beginLive()
        #expect(live.closed() == true)
        // Its maker goes on for a while.
        #expect(live.endLive(.complete, isPersistent: true) == nil)

        // The last bytes had not left.
        var ending = PlayerStateMachine()
        ending.play(Self.wire([], isPersistent: false), start: Self.at(0))
        #expect(ending.next(now: Self.at(0), isWritable: true) == .end(.finish))
        #expect(ending.closed() == true)

        var idle = PlayerStateMachine()
        #expect(idle.closed() == false)
    }
}
