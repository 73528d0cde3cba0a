internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

/// Who may call what, for every operation of the table.
@Suite("Access to operations")
struct OperationAccessTests {
    /// A method and a path of each operation.
    static let operations = OperationTable.all.map { operation in
        (operation: operation, path: path(of: operation))
    }

    private static func path(of operation: Operation) -> String {
        let path = operation.paths[0].split(separator: "/").map { $0.hasPrefix(":") ? "x" : String($0) }
        return "/" + path.joined(separator: "/")
    }

    /// Called with a key of each kind; nobody's account has what `x` names.
    private static func call(_ operation: Operation, _ path: String, key: String?) -> Exchange {
        var settings = SimulationSettings()
        settings.authentication = .strict
        settings.knownKeys = ["normal": .inference, "manager": .management]
        let request = Request.make(operation.method, path, body: "{}", key: key)
        return Exchange(request, by: Simulator(settings: settings))
    }

    @Test("Without a key or with an unknown one, only what anybody may call answers")
    func keyless() {
        for (operation, path) in Self.operations {
            for key in [nil, "made-up"] {
                let exchange = Self.call(operation, path, key: key)
                #expect((exchange.status == 401) == operation.access.needsKey, "\(operation.id)")
            }
        }
    }

    @Test("A key of the wrong kind is 403 in the API's envelope, one of the right kind is not")
    func kinds() throws {
        for (operation, path) in Self.operations where operation.access.needsKey {
            let normal = Self.call(operation, path, key: "normal")
            let manager = Self.call(operation, path, key: "manager")
            switch operation.access {
            case .inferenceKey:
                #expect(manager.status == 403, "\(operation.id)")
                #expect(manager.body.contains("Management keys cannot perform this operation"), "\(operation.id)")
                #expect(normal.status != 403, "\(operation.id)")
            case .managementKey:
                #expect(normal.status == 403, "\(operation.id)")
                #expect(normal.body.contains("Only management keys can perform this operation"), "\(operation.id)")
                #expect(manager.status != 403, "\(operation.id)")
            case .anyKey, .anybody:
                #expect(normal.status != 403 && manager.status != 403, "\(operation.id)")
            }
        }
    }

    @Test("Ids of operations are unique, and every path knows its methods")
    func declarations() {
        #expect(Set(OperationTable.all.map(\.id)).count == OperationTable.all.count)
        let table = OperationTable()
        for (operation, path) in Self.operations {
            guard case .operation(let found, _) = table.match(operation.method, path) else {
                Issue.record("\(operation.id) is not found at \(path)")
                continue
            }
            #expect(found.method == operation.method)
            guard case .otherMethods(let methods) = table.match(.connect, path) else {
                Issue.record("CONNECT is allowed at \(path)")
                continue
            }
            #expect(methods.contains(operation.method.rawValue))
        }
    }
}
