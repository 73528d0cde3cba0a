internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Operation table")
struct OperationTableTests {
    private static func operation(_ method: HTTPRequest.Method, _ path: String, aliases: [String] = [])
        -> Simulation.Operation
    {
        Simulation.Operation("test", method, path, aliases: aliases, .anybody) { call throws(APIError) in
            .json(.string(path))
        }
    }

    private static let table = OperationTable([
        operation(.get, "/things"), operation(.post, "/things"),
        operation(.get, "/things/count", aliases: ["/old/count"]),
        operation(.get, "/things/:id"), operation(.delete, "/things/:id"),
        operation(.get, "/things/:author/:slug/endpoints"),
    ])

    private static func result(_ method: HTTPRequest.Method, _ path: String) -> String {
        switch table.match(method, path) {
        case .operation(let operation, let parameters):
            let values = parameters.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
            return "\(operation.method) \(operation.paths[0])\(values)"
        case .otherMethods(let methods): return "405 \(methods.joined(separator: ","))"
        case .unknownPath: return "404"
        }
    }

    @Test(
        "A method and path find their operation",
        arguments: [
            (.get, "/things", "GET /things"), (.head, "/things", "GET /things"), (.post, "/things", "POST /things"),
            (.put, "/things", "405 GET,POST"), (.get, "/things/count", "GET /things/count"),
            (.get, "/old/count", "GET /things/count"), (.post, "/old/count", "405 GET"),
            (.get, "/things/7", "GET /things/:id id=7"), (.delete, "/things/a:free", "DELETE /things/:id id=a:free"),
            (.delete, "/things/count", "DELETE /things/:id id=count"), (.put, "/things/count", "405 DELETE,GET"),
            (.head, "/things/7", "GET /things/:id id=7"), (.post, "/things/7", "405 DELETE,GET"),
            (
                .get, "/things/~acme/x-latest/endpoints",
                "GET /things/:author/:slug/endpoints author=~acme slug=x-latest"
            ),
            (.get, "/things/a/b/other", "404"), (.get, "/things/a/b", "404"), (.get, "/things/a/b/endpoints/c", "404"),
            (.get, "", "404"), (.get, "/", "404"), (.get, "/thing", "404"), (.get, "/THINGS", "404"),
            (.get, "/old", "404"),
        ] as [(HTTPRequest.Method, String, String)]
    )
    func matching(method: HTTPRequest.Method, path: String, expected: String) {
        #expect(Self.result(method, path) == expected)
    }

    @Test("No two operations of the API have the same method and path")
    func unambiguous() {
        let all = OperationTable.all.flatMap { operation in operation.paths.map { "\(operation.method) \($0)" } }
        #expect(Set(all).count == all.count)
    }

    @Test(
        "The API has these operations",
        arguments: [
            (.post, "/chat/completions"), (.post, "/completions"), (.get, "/models"), (.get, "/models/count"),
            (.get, "/key"), (.post, "/embeddings"), (.post, "/rerank"), (.post, "/audio/speech"),
            (.post, "/audio/transcriptions"), (.get, "/auth/key"), (.get, "/credits"), (.get, "/generation"),
        ] as [(HTTPRequest.Method, String)]
    )
    func operations(method: HTTPRequest.Method, path: String) {
        guard case .operation = OperationTable().match(method, path) else {
            Issue.record("\(method) \(path) is no operation")
            return
        }
    }
}
