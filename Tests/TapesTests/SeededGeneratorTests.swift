internal import Tapes
internal import Testing

@Suite("Seeded generator")
struct SeededGeneratorTests {
    /// The outputs for the state 1, 2, 3, 4 that `rand_xoshiro` tests against the C reference
    /// (<https://github.com/rust-random/rngs>, `xoshiro256starstar.rs`).
    @Test("The numbers are those of the reference implementation")
    func referenceNumbers() {
        var seed = [UInt8](repeating: 0, count: 32)
        for index in 0..<4 { seed[index * 8] = UInt8(index + 1) }
        var generator = SeededGenerator(seed: seed)
        let expected: [UInt64] = [
            11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360, 607_988_272_756_665_600,
            16_172_922_978_634_559_625, 8_476_171_486_693_032_832, 10_595_114_339_597_558_777,
            2_904_607_092_377_533_576,
        ]
        #expect(expected.map { _ in generator.next() } == expected)
    }

    @Test("A number is spread over the state by SplitMix64")
    func seedingFromNumber() {
        // The first outputs of SplitMix64 for 0 are the state; the reference bytes are little-endian.
        let words: [UInt64] = [
            0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4, 0x06C4_5D18_8009_454F, 0xF88B_B8A8_724C_81EC,
        ]
        let bytes = words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
        #expect(SeededGenerator(seed: 0) == SeededGenerator(seed: bytes))
        #expect(SeededGenerator(seed: [UInt8](repeating: 0, count: 32)) == SeededGenerator(seed: 0))
    }

    /// A change of any of these breaks every recorded expectation of our users.
    @Test("What a seed gives is pinned forever")
    func pinned() {
        var generator = SeededGenerator(seed: 42)
        #expect(generator.alphanumeric(24) == "FXq59vs0vkqSxTs2m0rrFLbl")
        #expect(generator.uuid() == "76ca369d-fdbc-407f-98bc-de298dd853a0")
        #expect((0..<8).map { _ in generator.below(100) } == [35, 56, 77, 50, 61, 95, 94, 21])
        var branch = generator.branch(mixing: "hello")
        #expect(branch.hexadecimal(16) == "da9490b7d510b5b9")
    }

    @Test("Bounded numbers stay in their range and reach its ends")
    func bounds() {
        var generator = SeededGenerator(seed: 1)
        #expect(Set((0..<200).map { _ in generator.below(3) }) == [0, 1, 2])
        #expect(Set((0..<200).map { _ in generator.integer(in: -1...1) }) == [-1, 0, 1])
        #expect(generator.integer(in: .min ... .min) == .min)
        #expect((0..<50).contains { _ in generator.integer(in: .min ... .max) < 0 })
        #expect((0..<200).allSatisfy { _ in (0..<1).contains(generator.fraction()) })
        #expect(generator.choice(of: [Int]()) == nil)
        #expect(generator.alphanumeric(0) == "")
    }

    @Test("A UUID has the form of version 4")
    func uuids() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<50 {
            let parts = generator.uuid().split(separator: "-")
            #expect(parts.map(\.count) == [8, 4, 4, 4, 12])
            #expect(parts[2].first == "4")
            #expect("89ab".contains(parts[3].first ?? " "))
        }
    }

    @Test("Branches differ by text and by the state they leave from")
    func branches() {
        var generator = SeededGenerator(seed: 7)
        var same = generator
        let first = generator.branch(mixing: "a")
        #expect(same.branch(mixing: "a") == first)
        #expect(generator.branch(mixing: "a") != first)
        var other = SeededGenerator(seed: 7)
        #expect(other.branch(mixing: "b") != first)
    }
}
