import Foundation
import Testing

@testable import Fuzzing

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite struct ReportTests {
    private static let fuzzCase = FuzzCase(api: .chat, base: .plain, uses: [.init("ok", "html")])

    private static let report = FuzzReport(
        command: ["python3", "a <b> & \"c\".py"],
        api: .chat,
        seed: 7,
        caseCount: 400,
        duration: .milliseconds(12_340),
        findings: [
            Finding(
                cause: .okError,
                fuzzCase: fuzzCase,
                failing: .falseSuccess,
                expected: ExpectedAnswer(text: ""),
                verdict: "fails",
                observation: Observation(
                    status: 0,
                    output: [0x01, 0x0A],
                    errors: Array("Traceback\nBad: thing\n\n".utf8)
                ),
                diagram: "200 a|",
                tapeLines: ["200 Content-Type: text/html", "  | <html>", "  | complete"],
                file: "fuzz-findings/fuzz-okerror-ok-html.yaml",
                caseNames: ["ok-html", "ok-json"],
                extraRuns: 3,
                confirmations: (2, 2)
            )
        ],
        notes: ["The client declares no tool, so it got no tapes with calls of tools."]
    )

    @Test("The report says what was sent, expected and done, why, and how to see it again")
    func text() {
        #expect(
            Self.report.text == """
                1 finding in 400 cases (12.3 s, seed 7).

                1. The client does not notice that a 200 is no event stream but a JSON error or a page.
                   exit status 0 for an answer that is broken
                   case: ok-html on tape plain
                   also: ok-json
                   tape: 200 a|
                     200 Content-Type: text/html
                       | <html>
                       | complete
                   expected: exit status other than 0, at most the beginning of the output below
                     - 
                   came: exit status 0 for an answer that is broken
                     + \\u{1}
                   stderr: Bad: thing
                   replay: openrouter-sim fuzz --replay fuzz-findings/fuzz-okerror-ok-html.yaml -- COMMAND

                Note: The client declares no tool, so it got no tapes with calls of tools.
                """
        )
    }

    @Test("JUnit XML is well-formed, whatever the client printed and is called")
    func junit() {
        let parser = XMLParser(data: Data(Self.report.junit.utf8))
        #expect(parser.parse(), "\(Self.report.junit)")
        #expect(Self.report.junit.contains("failures=\"1\""))
        #expect(Self.report.junit.contains("a &lt;b&gt; &amp; &quot;c&quot;.py"))
    }

    @Test("A saved finding is a scenario that plays the same answer, and holds its case")
    func saved() throws {
        let yaml = SavedFinding.yaml(Self.report.findings[0])
        #expect(SavedFinding.fuzzCase(in: yaml) == Self.fuzzCase)
        #expect(SavedFinding.fileName(of: Self.report.findings[0]) == "fuzz-okerror-ok-html.yaml")
        let lines = yaml.split(separator: "\n").dropFirst().joined(separator: "\n")
        #expect(
            lines == """
                # The line above plays the answer to the byte. Without it what follows is played, and can be edited.
                # Expected: fails. Came: exit status 0 for an answer that is broken.
                name: fuzz-okerror-ok-html
                description: "The client does not notice that a 200 is no event stream but a JSON error or a page."
                rules:
                  - match: { endpoint: text }
                    respond:
                      status: 200
                      headers:
                        Content-Type: "text/html"
                        Content-Length: "99"
                      frames:
                        - raw: "<!DOCTYPE html>\\n<html><head><title>502 Bad Gateway</title></head>\\n<body><h1>502</h1></body></html>\\n"
                      ending: complete
                """
        )
    }
}
