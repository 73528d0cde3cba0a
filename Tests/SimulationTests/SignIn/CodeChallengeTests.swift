internal import Testing

@testable internal import Simulation

@Suite("Code challenges")
struct CodeChallengeTests {
    private static let challenge = SignInOffice.challenge
    private static let verifier = SignInOffice.verifier

    @Test(
        "A verifier fits the challenge that it made, padded or not",
        arguments: [
            (challenge, .s256, verifier, true), (challenge + "=", .s256, verifier, true),
            (challenge, .s256, verifier + "x", false), (challenge, .s256, challenge, false),
            (challenge, .s256, nil, false), (challenge, .s256, "", false),
            ("secret", .plain, "secret", true), ("secret", .plain, "Secret", false), ("secret", .plain, nil, false),
            ("secret", nil, "secret", true), ("secret=", .plain, "secret", false), (nil, nil, nil, true),
            (nil, nil, "any", true), ("", nil, nil, true), (nil, .s256, "any", true),
        ] as [(String?, CodeChallenge.Method?, String?, Bool)]
    )
    func verifiers(text: String?, method: CodeChallenge.Method?, verifier: String?, fits: Bool) {
        #expect(CodeChallenge(text, method: method).accepts(verifier: verifier) == fits)
    }

    @Test(
        "The exchange names the method of the first step; none is plain where there is a challenge",
        arguments: [
            ("c", .s256, .s256, true), ("c", .s256, .plain, false), ("c", .s256, nil, false), ("c", .plain, nil, true),
            ("c", .plain, .plain, true), ("c", nil, nil, true), ("c", nil, .plain, true), ("c", nil, .s256, false),
            (nil, nil, nil, true), (nil, nil, .s256, false), (nil, nil, .plain, false), (nil, .s256, .s256, true),
        ] as [(String?, CodeChallenge.Method?, CodeChallenge.Method?, Bool)]
    )
    func methods(text: String?, method: CodeChallenge.Method?, sent: CodeChallenge.Method?, isRight: Bool) {
        #expect(CodeChallenge(text, method: method).isMade(with: sent) == isRight)
    }
}
