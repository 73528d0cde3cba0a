#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Where two arrays begin to differ, or nil; fast on megabytes without optimization, and readable when it fails.
func firstDifference(_ bytes: [UInt8], _ others: [UInt8]) -> Int? {
    if bytes.count == others.count, memcmp(bytes, others, bytes.count) == 0 { return nil }
    return zip(bytes, others).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        ?? min(bytes.count, others.count)
}
