internal import Testing

@Suite("Architecture")
struct ArchitectureTests {
    @Test("Sources keep to the rules")
    func sources() throws {
        let files = try SourceTree.files()
        #expect(files.contains { $0.path == "Sources/Tapes/Tape.swift" }, "the tree was not found")
        for violation in ArchitectureRules.current.violations(in: files) { Issue.record("\(violation)") }
    }

    @Test("The table agrees with itself: targets import upwards only, and each has a row")
    func table() {
        let rules = ArchitectureRules.current
        #expect(Set(rules.ownImports.keys) == Set(rules.targets))
        for (index, target) in rules.targets.enumerated() {
            #expect(rules.ownImports[target, default: []].isSubset(of: rules.targets[..<index]), "\(target)")
        }
        for (module, owners) in rules.thirdParty {
            #expect(!owners.isEmpty && owners.isSubset(of: rules.targets), "\(module)")
        }
    }

    /// A second importer is an exception, to be argued for beside the table.
    @Test("A third-party module has one owner, but for the exceptions")
    func exceptions() {
        let shared = ArchitectureRules.current.thirdParty.filter { $0.value.count > 1 }
        #expect(
            shared == [
                "NIOHTTP1": ["Playback", "Recording"],
                "NIOPosix": ["Fuzzing", "Recording", "SimulatorServer"],
                "NIOSSL": ["Playback", "Recording"],
            ]
        )
    }
}
