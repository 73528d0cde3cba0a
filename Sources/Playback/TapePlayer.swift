internal import NIOCore
internal import Tapes

/// What the players of both protocols do alike: ask the state machine what is due, write it, flush, and wait.
///
/// What a write and an ending are is theirs.
protocol TapePlayer: ChannelHandler, NIOScheduledCallbackHandler, SendableMetatype {
    var machine: PlayerStateMachine { get set }
    var current: AnswerUnderWay? { get set }
    /// For the next deadline of the tape.
    var timer: NIOScheduledCallback? { get set }
    var context: ChannelHandlerContext? { get }
    /// Whether ``advance(_:)`` is writing: what it flushes can change the writability.
    var isWriting: Bool { get set }
    /// Whether another request has come in full.
    var isAnswerOwed: Bool { get }
    /// Whether another answer can be played.
    var isOpen: Bool { get }

    /// Writes one write of the tape, without a flush.
    func write(_ index: Int, of wire: WireTape, _ context: ChannelHandlerContext)

    /// Gets what the next piece of a tape has besides bytes.
    func take(_ parts: StreamTape.Parts)

    /// Ends the answer after its last write.
    func conclude(_ conclusion: PlayerStateMachine.Conclusion, _ context: ChannelHandlerContext)
}

extension TapePlayer {
    /// Does what the state machine says until it wants to wait.
    func advance(_ context: ChannelHandlerContext) {
        guard let wire = current?.wire else { return }
        switch write(wire, context) {
        case .wait(let deadline): schedule(at: deadline, context)
        case .end(let conclusion): conclude(conclusion, context)
        case .awaitRest: awaitRest(context)
        case .awaitWritability, .none, .write: break
        }
    }

    /// Asks for the next piece of a stored tape, unless that has been done.
    private func awaitRest(_ context: ChannelHandlerContext) {
        guard let answer = current, let rest = answer.rest, !answer.awaitsRest else { return }
        current?.awaitsRest = true
        let boundSelf = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        rest.next(on: context.eventLoop).whenSuccess { [number = answer.number] piece in
            let (player, context) = boundSelf.value
            // The client may have left meanwhile.
            guard player.current?.number == number else { return }
            player.goOn(with: piece)
            player.advance(context)
        }
    }

    private func goOn(with piece: StoredPlayback.Piece) {
        current?.goOn(with: piece)
        take(piece.parts)
        machine.goOn(with: piece.wire, goesOn: !piece.isLast)
    }

    /// There is room again, or none any more.
    func writabilityChanged(_ context: ChannelHandlerContext) {
        // A flush can get here; who flushed looks at the writability afterwards.
        if context.channel.isWritable, !isWriting { advance(context) }
    }

    /// Reports how the answer under way went; without one does nothing.
    func finishCurrent(_ outcome: PlaybackReport.Outcome, now: NIODeadline) {
        let finished = current
        current = nil
        finished?.finish(outcome, now: now)
    }

    /// Whether a command can be carried out; one that cannot hears of it.
    func accepts(_ command: PlayCommand, _ context: ChannelHandlerContext) -> Bool {
        if isOpen, context.channel.isActive { return true }
        command.written?.fail(PlaybackUnavailableError())
        switch command.kind {
        case .tape(_, _, _, let played), .stored(_, _, _, let played): played(PlaybackReport(outcome: .cancelled))
        case .begin(_, _, let played): played.fail(PlaybackUnavailableError())
        case .send, .advance, .end: break
        }
        return false
    }

    func cancelTimer() {
        timer?.cancel()
        timer = nil
    }

    func handleScheduledCallback(eventLoop: some EventLoop) {
        timer = nil
        if let context { advance(context) }
    }

    /// Writes and flushes what is due.
    ///
    /// - Returns: what the state machine wants besides.
    private func write(_ wire: WireTape, _ context: ChannelHandlerContext) -> PlayerStateMachine.Action {
        isWriting = true
        defer { isWriting = false }
        // Nil while nothing is written: also what has no bytes, such as a head on a stream, is to be flushed.
        var unflushedByteCount: Int?
        while true {
            let now = context.eventLoop.now
            let action = machine.next(now: now, isWritable: context.channel.isWritable, isAnswerOwed: isAnswerOwed)
            if case .write(let index) = action {
                current?.passGap(wire.writes[index].gap)
                unflushedByteCount = (unflushedByteCount ?? 0) + wire.writes[index].bytes.readableBytes
                write(index, of: wire, context)
                continue
            }
            if let byteCount = unflushedByteCount {
                current?.note(byteCount, now: now)
                unflushedByteCount = nil
                context.flush()
                // A flush can make room at once; only a channel that stays full is waited for.
                if action == .awaitWritability, context.channel.isWritable { continue }
            }
            return action
        }
    }

    private func schedule(at deadline: NIODeadline, _ context: ChannelHandlerContext) {
        timer?.cancel()
        // Handlers live on their channel's loop, so does this call; it fails only when the loop is shutting down.
        timer = try? context.eventLoop.assumeIsolated().scheduleCallback(at: deadline, handler: self)
    }
}
