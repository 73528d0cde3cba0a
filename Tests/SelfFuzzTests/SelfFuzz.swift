import Foundation
import TestSupport
import Testing

/// Puts hostile inputs to a parser of ours.
///
/// Each round has a seed of its own, so that one round can be run by itself. A failure tells it:
/// `FUZZ_SEED=3 FUZZ_ROUND=1234 swift test --filter SelfFuzzTests`. `FUZZ_ROUNDS` sets how many there are, and
/// `FUZZ_FOLDER` names a folder where the input under way is kept, for the parser that takes the process with it.
/// Inputs that failed once are kept in `FailCases` and come before all others.
struct SelfFuzz {
    /// Thread time in seconds that one input may take: a thousand times what it does take.
    ///
    /// Not wall time: how busy the machine is does not matter.
    private static let secondsLimit = 10.0

    /// Of the parser: names its folder in `FailCases`.
    let name: String
    /// How many there are where nobody says.
    let rounds: Int
    let inputs: HostileInputs

    /// - Parameter check: throws, or records an issue, for an input that is not treated well. Its generator is for
    ///   drawing how to put the input to the parser.
    func run(_ check: (_ input: [UInt8], _ random: inout SplitMix) throws -> Void) {
        let variables = ProcessInfo.processInfo.environment
        let seed = variables["FUZZ_SEED"].flatMap { UInt64($0) } ?? 0
        let count = variables["FUZZ_ROUNDS"].flatMap { Int($0) } ?? rounds
        let only = variables["FUZZ_ROUND"].flatMap { Int($0) }
        for (file, input) in failCases() {
            var random = SplitMix(seed: 0)
            run(input, "\(name)/\(file)", &random, check)
        }
        for round in only.map({ $0...$0 }) ?? 0...max(0, count - 1) {
            var random = SplitMix(seed: seed &* 1_000_003 &+ UInt64(round))
            let input = inputs.input(using: &random)
            if let folder = variables["FUZZ_FOLDER"] { try? Data(input).write(to: URL(filePath: "\(folder)/\(name)")) }
            guard run(input, "FUZZ_SEED=\(seed) FUZZ_ROUND=\(round) \(name)", &random, check) else { return }
        }
        if variables["FUZZ_ROUNDS"] != nil { print("\(name): seed \(seed), \(count) rounds") }
    }

    /// - Returns: whether it went well.
    @discardableResult
    private func run(
        _ input: [UInt8],
        _ place: String,
        _ random: inout SplitMix,
        _ check: (_ input: [UInt8], _ random: inout SplitMix) throws -> Void
    ) -> Bool {
        let start = Self.threadSeconds
        var failure: String?
        do {
            try check(input, &random)
        } catch {
            failure = "\(error)"
        }
        let seconds = Self.threadSeconds - start
        if failure == nil, seconds > Self.secondsLimit { failure = "took \(seconds) s of the processor" }
        guard let failure else { return true }
        let text = String(decoding: input.prefix(2000), as: UTF8.self).debugDescription
        Issue.record("\(place): \(failure)\n\(text)\n\(Data(input).base64EncodedString())")
        return false
    }

    private func failCases() -> [(file: String, input: [UInt8])] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "FailCases/\(name)")
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.sorted().compactMap { file in
            (try? Data(contentsOf: folder.appending(path: file))).map { (file, Array($0)) }
        }
    }

    private static var threadSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// What a parser did wrong.
struct Misbehavior: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}

/// - Throws: ``Misbehavior`` for values that are not equal.
func same<Value: Equatable>(_ left: Value, _ right: Value, _ what: String) throws(Misbehavior) {
    guard left != right else { return }
    throw Misbehavior("\(what): \(String("\(left)".prefix(1000))) is not \(String("\(right)".prefix(1000)))")
}

/// - Throws: ``Misbehavior`` for what is not so.
func holds(_ isSo: Bool, _ what: @autoclosure () -> String) throws(Misbehavior) {
    guard isSo else { throw Misbehavior(what()) }
}

extension [UInt8] {
    /// The bytes in reads of any size.
    func pieces(using random: inout SplitMix) -> [ArraySlice<UInt8>] {
        let longest = [1, 2, 7, 64, 4096].randomElement(using: &random) ?? 1
        var pieces: [ArraySlice<UInt8>] = []
        var start = 0
        while start < count {
            let end = Swift.min(count, start + Int.random(in: 1...longest, using: &random))
            pieces.append(self[start..<end])
            start = end
        }
        return pieces
    }
}
