internal import ArgumentParser
internal import Simulation
internal import SimulatorServer
internal import Tapes

// What a flag's text means; the types are the packages' own.

extension ServerConfiguration.ServeMiss: ExpressibleByArgument {}
extension ServerConfiguration.RecordMode: ExpressibleByArgument {}
extension CassetteAnswerSource.Exhausted: ExpressibleByArgument {}
extension SimulationSettings.Authentication: ExpressibleByArgument {}
extension SimulationSettings.Era: ExpressibleByArgument {}
extension StreamForms.Usage: ExpressibleByArgument {}
extension StreamForms.ReasoningEnd: ExpressibleByArgument {}

extension Timing: ExpressibleByArgument {
    init?(argument: String) {
        self.init(argument)
    }
}

/// `--clock system` or `--clock fixed:2026-08-30T09:15:00Z`.
struct ClockArgument: ExpressibleByArgument {
    let clock: WorldClock

    init?(argument: String) {
        guard let clock = WorldClock(argument) else { return nil }
        self.clock = clock
    }
}

/// A time such as `5s` or `250ms`.
struct DurationArgument: ExpressibleByArgument {
    let duration: Duration

    init(_ duration: Duration) {
        self.duration = duration
    }

    init?(argument: String) {
        guard let duration = Duration(text: argument) else { return nil }
        self.duration = duration
    }

    /// As it is written, in the help.
    var defaultValueDescription: String { duration.text }
}

/// A size such as `64MiB`, `10KiB` or a number of bytes.
struct ByteCountArgument: ExpressibleByArgument {
    let byteCount: Int

    init?(argument: String) {
        let digits = argument.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits), number > 0 else { return nil }
        let factor: Int
        switch argument[digits.endIndex...] {
        case "": factor = 1
        case "KiB": factor = 1 << 10
        case "MiB": factor = 1 << 20
        case "GiB": factor = 1 << 30
        default: return nil
        }
        let (product, overflow) = number.multipliedReportingOverflow(by: factor)
        guard !overflow else { return nil }
        byteCount = product
    }
}

/// `on` or `off`.
enum Switch: String, CaseIterable, ExpressibleByArgument {
    case on, off
}
