package import Tapes

extension MutationTable {
    /// What the base URL `/s/sse-NAME/api/v1` is played by: a single mutation at a value, such as `line-end-crlf`, or a
    /// mutation alone, which means its first value.
    ///
    /// - Parameters:
    ///   - name: the part after `sse-`.
    ///   - api: the API that the request asks.
    ///   - timeout: the limit on silence that slow tapes stay inside.
    /// - Returns: nil for a name that is none, and for a mutation that the API has not.
    package static func answer(named name: String, api: InferenceAPI, timeout: Duration = .seconds(10)) -> AlteredTape?
    {
        for mutation in all {
            let value = mutation.values.first { "\(mutation.name)-\($0.name)" == name }
            guard let value = value ?? (mutation.name == name ? mutation.values.first : nil) else { continue }
            let base = value.base.flatMap(BaseTape.named) ?? .text
            let fuzzCase = FuzzCase(api: api, base: base, uses: [.init(mutation.name, value.name)])
            return fuzzCase.draft(timeout: timeout)?.rendered(offersGzip: false)
        }
        return BaseTape.named(name).flatMap {
            FuzzCase(api: api, base: $0).draft(timeout: timeout)?.rendered(offersGzip: false)
        }
    }

    /// All names that ``answer(named:api:timeout:)`` knows, with what each does.
    package static var names: [(name: String, summary: String)] {
        BaseTape.all.map { ($0.name, $0.summary) }
            + all.flatMap { mutation in
                mutation.values.map { ("\(mutation.name)-\($0.name)", mutation.summary) }
            }
    }
}
