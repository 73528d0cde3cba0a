#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Processor time of this process.
enum ProcessorTime {
    /// User and system time until now, in seconds.
    static var seconds: Double {
        var usage = rusage()
        getrusage(RUSAGE_SELF, &usage)
        return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }
}
