internal import Testing

@testable internal import Simulation

@Suite("Similarity of embeddings")
struct EmbeddingSimilarityTests {
    private static let model = SyntheticEmbedding(model: "openai/text-embedding-3-small", seed: 0)

    private static func cosine(_ left: String, _ right: String, dimensionCount: Int? = nil) -> Double {
        let vectors = [left, right].map { model.vector(of: TextFeatures(text: $0), dimensionCount: dimensionCount) }
        return SyntheticEmbedding.cosine(vectors[0], vectors[1])
    }

    @Test(
        "Near duplicates are above 0.9",
        arguments: [
            ("The cat sat on the mat.", "the cat sat on the mat"),
            ("How do I reset my password?", "How can I reset my password?"),
            ("Paris is the capital of France.", "Paris is the capital of France"),
            ("The quick brown fox jumps over the lazy dog", "The quick brown fox jumped over the lazy dog"),
            ("Please cancel my subscription", "please cancel my subscriptions!"),
            ("Refunds are processed within five business days", "Refunds are processed in five business days"),
            ("The server returned an error 502", "server returned error 502"),
            ("Open the window, it is hot in here", "Open the window, it is hot here"),
            ("Der Zug nach Berlin fährt um acht Uhr ab.", "Der Zug nach Berlin fährt um acht Uhr ab!"),
            ("東京は日本の首都です", "東京は日本の首都です。"),
        ]
    )
    func nearDuplicates(left: String, right: String) {
        #expect(Self.cosine(left, right) > 0.9)
        #expect(Self.cosine(left, right) < 0.999_999)
    }

    @Test(
        "Texts on one thing are nearer than texts on two",
        arguments: [
            ("How do I reset my password?", "I forgot my password, what now?"),
            ("Paris is the capital of France.", "What is the capital of France?"),
            ("The cat sat on the mat.", "A cat and a dog sleep in the garden."),
            ("Refunds are processed within five days", "When will my refund be processed?"),
            ("Cats hunt mice at night", "At night the cat hunted a mouse"),
            ("Training of neural networks", "Neural network training with many graphics cards"),
            ("The server returned an error 502", "Errors of the server are logged"),
            ("Machine learning in Python", "Python libraries for machine learning"),
            ("Wie wird das Wetter in Berlin?", "Das Wetter in Berlin wird schön"),
            ("東京は日本の首都です", "日本の首都はどこですか"),
        ]
    )
    func related(left: String, right: String) {
        let cosine = Self.cosine(left, right)
        #expect((0.25...0.9).contains(cosine))
    }

    @Test(
        "Texts on different things are below 0.15",
        arguments: [
            ("How do I reset my password?", "The volcano erupted in 1883."),
            ("Paris is the capital of France.", "Bake the bread for forty minutes."),
            ("The cat sat on the mat.", "Interest rates rose last quarter."),
            ("Refunds are processed within five days", "Whales sing under water"),
            ("Cats hunt mice at night", "Concrete needs a month until it is hard"),
            ("Training of neural networks", "She plays the violin on Sundays"),
            ("The server returned an error 502", "Grapes ripen in September"),
            ("Machine learning in Python", "Der Zug hat Verspätung"),
            ("Wie wird das Wetter in Berlin?", "The contract ends in May"),
            ("東京は日本の首都です", "Ο σκύλος κοιμάται"),
        ]
    )
    func unrelated(left: String, right: String) {
        #expect(abs(Self.cosine(left, right)) < 0.15)
    }

    @Test("Fewer dimensions tell the same, less sharply", arguments: [1024, 512, 256])
    func shortened(dimensionCount: Int) {
        let near = Self.cosine("The cat sat on the mat.", "the cat sat on the mat", dimensionCount: dimensionCount)
        let far = Self.cosine("The cat sat on the mat.", "Interest rates rose.", dimensionCount: dimensionCount)
        #expect(near > 0.9)
        #expect(abs(far) < 0.25)
    }

    @Test("The order of words, and nothing but marks, make a difference")
    func details() {
        #expect(Self.cosine("dog bites man", "man bites dog") < 0.99)
        #expect(Self.cosine("!!!", "!!!") > 0.999)
        #expect(Self.cosine("!!!", "???") < 0.5)
    }

    @Test("A vector has length 1, in whatever number of dimensions", arguments: [nil, 1535, 100, 2, 1])
    func length(dimensionCount: Int?) {
        for text in ["Hello", "a", "!", "The quick brown fox", String(repeating: "word ", count: 5000)] {
            let vector = Self.model.vector(of: TextFeatures(text: text), dimensionCount: dimensionCount)
            #expect(vector.count == dimensionCount ?? 1536)
            #expect(abs(SyntheticEmbedding.cosine(vector, vector) - 1) < 1e-5)
        }
    }

    @Test(
        "A model has the dimensions of its card",
        arguments: [
            ("openai/text-embedding-3-small", 1536), ("openai/text-embedding-3-large", 3072),
            ("qwen/qwen3-embedding-8b", 4096), ("acme/other", 1024),
        ]
    )
    func dimensions(model: String, count: Int) {
        let model = SyntheticEmbedding(model: model, seed: 0)
        let vector = model.vector(of: TextFeatures(text: "Hello"))
        #expect(vector.count == count)
        #expect(vector.count(where: { $0 != 0 }) > count / 2)
    }

    @Test("Models and seeds have vectors of their own")
    func salts() {
        let features = TextFeatures(text: "The quick brown fox")
        let one = Self.model.vector(of: features)
        let other = SyntheticEmbedding(model: "openai/text-embedding-3-small", seed: 1).vector(of: features)
        #expect(abs(SyntheticEmbedding.cosine(one, other)) < 0.15)
        #expect(SyntheticEmbedding(model: "a/b", seed: 0).salt != SyntheticEmbedding(model: "a/c", seed: 0).salt)
    }

    @Test(
        "Forms of a word have one stem",
        arguments: [
            ["dog", "dogs"], ["run", "running"], ["process", "processed", "processes", "processing"],
            ["move", "moving", "moved", "moves"], ["city", "cities"], ["quick", "quickly"], ["bus", "bus"],
        ]
    )
    func stems(words: [String]) {
        #expect(Set(words.map(WordStem.bytes)).count == 1)
    }

    @Test("Short words and other scripts are their own stems")
    func otherStems() {
        for word in ["is", "red", "das", "東京", "это"] { #expect(WordStem.bytes(of: word) == Array(word.utf8)) }
    }
}
