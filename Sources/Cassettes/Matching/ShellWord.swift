/// Words of commands that people copy into a shell.
enum ShellWord {
    private static let plain = Set("/_-.,:=+@%".utf8)

    /// The word as it is, or in single quotes where a POSIX shell would read it otherwise.
    static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            plain.contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }
        if isPlain, !word.isEmpty { return word }
        return "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
