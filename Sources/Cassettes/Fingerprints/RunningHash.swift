internal import CXXHash

/// A 128-bit XXH3 hash of bytes that come in parts: as ``Hash128`` of all of them in one go.
struct RunningHash: ~Copyable {
    private let state: OpaquePointer

    init() {
        guard let state = XXH3_createState() else {
            preconditionFailure("no memory for a hash state of 600 bytes")
        }
        self.state = state
        XXH3_128bits_reset(state)
    }

    deinit {
        XXH3_freeState(state)
    }

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        XXH3_128bits_update(state, bytes.baseAddress, bytes.count)
    }

    borrowing func finish() -> Hash128 {
        Hash128(XXH3_128bits_digest(state))
    }
}
