internal import OpenRouterAPI
package import Tapes

extension MutationTable {
    /// What the base URL `/s/sse-NAME/api/v1` is played by: a tape, a mutation at a value, such as `line-end-crlf`, a
    /// mutation alone, which means its first value, or several of them, see ``FuzzCase/init(named:api:)``.
    ///
    /// - Parameters:
    ///   - name: the part after `sse-`.
    ///   - api: the API that the request asks.
    ///   - offersGzip: whether the request named gzip in `Accept-Encoding`.
    ///   - timeout: the limit on silence that slow tapes stay inside.
    /// - Returns: nil for a name that is none, and for a mutation that the API has not.
    package static func answer(
        named name: String,
        api: InferenceAPI,
        offersGzip: Bool = false,
        timeout: Duration = .seconds(10)
    ) -> AlteredTape? {
        FuzzCase(named: name, api: api)?.answer(offersGzip: offersGzip, timeout: timeout)
    }

    /// What to say of a name that ``answer(named:api:offersGzip:timeout:)`` does not know: what is wrong with it, and
    /// which names are near.
    package static func complaint(aboutName name: String, api: InferenceAPI) -> String {
        if let other = InferenceAPI.allCases.first(where: { answer(named: name, api: $0) != nil }) {
            return "'\(name)' cannot be played on the \(api.rawValue) API, but on \(other.rawValue)."
        }
        if let mutation = all.first(where: { name.hasPrefix($0.name + "-") && $0.apis.contains(api) }) {
            return "The mutation '\(mutation.name)' has no value '\(name.dropFirst(mutation.name.count + 1))'. "
                + "Values: \(mutation.valueNames.joined(separator: ", "))."
        }
        let known = BaseTape.all.map(\.pathName) + all.filter { $0.apis.contains(api) }.map(\.name)
        let full = names.map(\.name)
        let near = NearestWord.to(name, among: full + known).map { " Did you mean 'sse-\($0)'?" } ?? ""
        return "There is no mutation '\(name)'.\(near)"
    }

    /// All names of single tapes and mutations, with what each does.
    package static var names: [(name: String, summary: String)] {
        BaseTape.all.map { ($0.pathName, $0.summary) }
            + all.flatMap { mutation in
                mutation.values.map { ("\(mutation.name)-\($0.name)", mutation.summary) }
            }
    }
}
