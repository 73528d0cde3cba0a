extension ArchitectureRules {
    /// Finds what breaks the rules, in the order of the files and their lines.
    func violations(in files: [SourceFile]) -> [Violation] {
        files.flatMap(violations(in:))
    }

    private func violations(in file: SourceFile) -> [Violation] {
        guard let target = file.target, targets.contains(target) else {
            let place = file.target.map { "The target \($0) is not in the table" } ?? "This file is in no target"
            return [file.violation(1, "\(place). Add a row to ArchitectureRules.current, or move the file.")]
        }
        let text = CodeText(file.text)
        let imports = text.bareLines.enumerated().compactMap { ImportDeclaration(code: $1, line: $0 + 1) }
        let found =
            imports.flatMap { importViolations($0, of: target, in: file) }
            + bannedWords(in: text, of: file)
            + lengthViolations(of: file)
        return found.sorted { $0.line < $1.line }
    }
}

// MARK: - Imports

extension ArchitectureRules {
    private func importViolations(
        _ declaration: ImportDeclaration,
        of target: String,
        in file: SourceFile
    ) -> [Violation] {
        let module = declaration.module
        var advice: [String] = []
        if declaration.accessLevel == nil {
            advice.append("The import of \(module) has no access level. Write 'internal import \(module)'.")
        }
        if let problem = moduleProblem(module, in: target) { advice.append(problem) }
        return advice.map { file.violation(declaration.line, $0) }
    }

    /// Why a target may not import a module, and what to do; nil when it may.
    private func moduleProblem(_ module: String, in target: String) -> String? {
        if targets.contains(module) { return ownProblem(module, in: target) }
        if platform.contains(module) {
            guard module == "Foundation", withoutFoundation.contains(target) else { return nil }
            return "\(target) works without Foundation. Use the standard library, or do this in a target above it."
        }
        if vocabulary.contains(module) {
            guard !isBelow(target, vocabularyStart) else {
                return "\(module) is for \(vocabularyStart) and the targets after it. \(target) comes before."
            }
            return nil
        }
        guard let owners = thirdParty[module] else {
            return "The module \(module) is not in the table. Give it one owner in ArchitectureRules.current."
        }
        guard !owners.contains(target) else { return nil }
        return "Only \(owners.sorted().joined(separator: " and ")) may import \(module). "
            + "Put what \(target) needs of it behind a type of ours there."
    }

    private func ownProblem(_ module: String, in target: String) -> String? {
        if module == target { return "\(target) imports itself. Remove the import." }
        if isBelow(target, module) {
            return "\(target) comes before \(module) in the table, so it must not know it. "
                + "Turn the dependency round, or move the code to \(module)."
        }
        guard ownImports[target, default: []].contains(module) else {
            return "\(target) must not import \(module). Pass in what it needs, or join the two in SimulatorServer."
        }
        return nil
    }

    private func isBelow(_ target: String, _ other: String) -> Bool {
        guard let first = targets.firstIndex(of: target), let second = targets.firstIndex(of: other) else {
            return false
        }
        return first < second
    }
}

// MARK: - Text

extension ArchitectureRules {
    private func bannedWords(in text: CodeText, of file: SourceFile) -> [Violation] {
        occurrences(of: BannedWord.inCode, in: text.bareLines, of: file)
            + occurrences(of: BannedWord.anywhere, in: text.lines, of: file)
    }

    private func occurrences(of words: [BannedWord], in lines: [Substring], of file: SourceFile) -> [Violation] {
        lines.enumerated().flatMap { index, line in
            words.filter { $0.occurs(in: line) }.map { file.violation(index + 1, $0.advice) }
        }
    }

    private func lengthViolations(of file: SourceFile) -> [Violation] {
        let count =
            file.text.split(separator: "\n", omittingEmptySubsequences: false).count
            - (file.text.hasSuffix("\n") ? 1 : 0)
        guard count > longestFile else { return [] }
        return [
            file.violation(
                longestFile + 1,
                "The file has \(count) lines, over \(longestFile). Look for the second idea in it."
            )
        ]
    }
}

extension SourceFile {
    fileprivate func violation(_ line: Int, _ advice: String) -> Violation {
        Violation(path: path, line: line, advice: advice)
    }
}
