internal import Tapes

/// Turns features into vectors of unit length whose products tell how many features are shared.
///
/// Each feature is added, with signs, to four places of a vector (feature hashing; Weinberger and others, "Feature
/// Hashing for Large Scale Multitask Learning", 2009), and a Walsh-Hadamard transform spreads the places over all
/// dimensions, so that no number is zero for want of words and a vector that is cut short still tells what it told.
struct SyntheticEmbedding: Sendable {
    /// Of the model's own vectors.
    let dimensionCount: Int

    /// What places and signs follow from: vectors of two models or seeds have nothing to do with each other.
    let salt: UInt64

    /// - Parameters:
    ///   - model: the permanent slug.
    ///   - seed: the world's.
    init(model: String, seed: UInt64) {
        dimensionCount = Self.dimensionCounts[model] ?? Self.usualDimensionCount
        var generator = SeededGenerator(seed: seed)
        var branch = generator.branch(mixing: "embeddings of \(model)")
        salt = branch.next()
    }

    /// Models' cards, November 2026.
    private static let dimensionCounts = [
        "openai/text-embedding-3-small": 1536,
        "openai/text-embedding-3-large": 3072,
        "qwen/qwen3-embedding-8b": 4096,
    ]

    private static let usualDimensionCount = 1024
}

extension SyntheticEmbedding {
    /// - Parameters:
    ///   - features: of what is embedded.
    ///   - count: how many of the model's dimensions, from the first, 1 to all; nil for all.
    /// - Returns: a vector of length 1.
    /// - Complexity: O(*d* log *d*) for *d* dimensions of the model, and O(*n*) for *n* features.
    func vector(of features: TextFeatures, dimensionCount count: Int? = nil) -> [Float] {
        var size = 1
        while size < dimensionCount { size *= 2 }
        var places = [Int](repeating: 0, count: size)
        for (feature, weight) in features.weights {
            var bits = Self.mixed(feature ^ salt)
            for _ in 0..<4 {
                let place = Int(bits & 0x7FFF) & (size - 1)
                places[place] += bits & 0x8000 == 0 ? weight : -weight
                bits >>= 16
            }
        }
        var values = places.map(Float.init)
        Self.transform(&values)
        return Self.normalized(values[..<min(count ?? dimensionCount, dimensionCount)])
    }

    /// The product of two vectors of unit length: 1 for the same, about 0 for those that share nothing.
    static func cosine(_ left: [Float], _ right: [Float]) -> Double {
        zip(left, right).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }

    /// Walsh-Hadamard, in place, without a factor.
    private static func transform(_ values: inout [Float]) {
        values.withUnsafeMutableBufferPointer { values in
            var half = 1
            while half < values.count {
                for start in stride(from: 0, to: values.count, by: 2 * half) {
                    for index in start..<start + half {
                        let (left, right) = (values[index], values[index + half])
                        values[index] = left + right
                        values[index + half] = left - right
                    }
                }
                half *= 2
            }
        }
    }

    private static func normalized(_ values: ArraySlice<Float>) -> [Float] {
        let length = values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        // So few dimensions were asked for that all features cancel out there.
        guard length > 0 else { return [1] + [Float](repeating: 0, count: values.count - 1) }
        return values.map { Float(Double($0) / length) }
    }

    /// The finalizer of MurmurHash3 (<https://github.com/aappleby/smhasher/wiki/MurmurHash3>).
    private static func mixed(_ hash: UInt64) -> UInt64 {
        var hash = hash
        hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
        hash = (hash ^ hash >> 33) &* 0xC4CE_B9FE_1A85_EC53
        return hash ^ hash >> 33
    }
}
