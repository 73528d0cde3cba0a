internal import OpenRouterAPI

/// Everything that `doctor` has found.
struct DoctorReport {
    let target: DoctorTarget
    let findings: [Finding]
    let settings: [EffectiveSetting]

    /// Whether a server can run.
    var isFine: Bool { !findings.contains { $0.outcome == .failure } }

    var json: JSON {
        [
            "ok": .bool(isFine),
            "version": .string(Version.text),
            "command": .string(target.rawValue),
            "checks": .array(findings.map(\.json)),
            "settings": .array(settings.map(\.json)),
        ]
    }

    func text(_ style: Style) -> String {
        let width = findings.map(\.check.count).max() ?? 0
        var lines = findings.flatMap { finding -> [String] in
            let mark = style.paint(finding.outcome.rawValue.padded(to: 8), finding.outcome.color)
            let line = mark + " " + finding.check.padded(to: width) + "  " + finding.message
            let indent = String(repeating: " ", count: 9 + width + 2)
            return [line] + (finding.remedy.map { [indent + style.paint($0, .dim)] } ?? [])
        }
        lines += ["", "Options of '\(target.rawValue)':"]
        let names = settings.map(\.option.name.count).max() ?? 0
        let values = min(32, settings.map { $0.valueText.count }.max() ?? 0)
        for setting in settings {
            let source = style.paint(setting.sourceText, setting.source == .builtIn ? .dim : .cyan)
            lines.append(
                "  " + setting.option.name.padded(to: names) + "  " + setting.valueText.padded(to: values) + "  "
                    + source
            )
        }
        return lines.joined(separator: "\n")
    }
}

extension EffectiveSetting {
    fileprivate var valueText: String { texts.isEmpty ? "-" : shownTexts.joined(separator: ", ") }
}

extension Finding.Outcome {
    fileprivate var color: Style.Color {
        switch self {
        case .fine: .green
        case .warning: .yellow
        case .failure: .red
        }
    }
}
