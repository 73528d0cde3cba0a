internal import OpenRouterAPI

/// What earlier answers said, for requests that build on them.
struct AnswerMemory {
    /// The latest successful JSON answer of each operation, by the operation's name.
    private var answers: [String: JSONValue] = [:]

    /// The values that ``SampleRequest/captures`` asked for.
    private(set) var captured: [String: String] = [:]

    mutating func note(_ body: JSONValue, of sample: SampleRequest) {
        answers[sample.operation] = body
        for (name, pointer) in sample.captures {
            captured[name] = body.at(pointer)?.text
        }
    }

    /// A value for a parameter of a path, out of what was created or listed at the path before it.
    ///
    /// `/keys/{hash}` is asked of `POST /keys` and `GET /keys`: in the answer, its `data`, or the first element of
    /// that, the member of the parameter's name, or else the id.
    func value(of parameter: String, in path: String) -> String? {
        let collection = path.split(separator: "/").prefix { $0 != "{\(parameter)}" }.map { "/" + $0 }.joined()
        for method in ["POST", "GET"] {
            guard let answer = answers["\(method) \(collection)"] else { continue }
            let data = answer["data"] ?? answer
            for place in [data, data[0], answer].compactMap(\.self) {
                for name in [parameter, "id", "hash", "slug", "name"] {
                    if let text = place[name]?.text { return text }
                }
            }
        }
        return nil
    }
}

extension JSONValue {
    /// A string or a number as text.
    fileprivate var text: String? { string ?? numberText }
}
