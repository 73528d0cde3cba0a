internal import ArgumentParser
internal import Foundation
internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Recording
internal import Simulation
internal import Tapes

/// The command `catalog update`.
struct CatalogUpdateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Write a catalog that has what OpenRouter's public listing says now.",
        discussion: """
            Asks for /models, and for the endpoints of models that are new or have other prices; no key is sent. The \
            file is written when all of it is valid, and in one step; a model that is listed no longer stays, as a \
            legacy one. Example:
              openrouter-sim catalog update --output catalog.json
              openrouter-sim serve --catalog catalog.json
            """
    )

    @Option(help: ArgumentHelp("The API to ask.", valueName: "url"))
    var from = "https://openrouter.ai/api/v1"

    @Option(
        help: ArgumentHelp("PEM file of authorities to trust besides the system's.", valueName: "file"),
        completion: .certificates
    )
    var upstreamCa: String?

    @Option(
        help: ArgumentHelp("File to write.", valueName: "file"),
        completion: .file(extensions: ["json"])
    )
    var output = "catalog.json"

    @Flag(help: "Take a listing that has less than half of the models that are known.")
    var force = false

    @Flag(help: "Print JSON for machines.")
    var json = false

    @OptionGroup var configurationFile: ConfigurationOptions
    @OptionGroup var catalog: CatalogOptions

    func run() async throws {
        let current = try catalog.file()
        let api = try LiveAPI(UpstreamConfiguration(url: from, certificateAuthorityFile: upstreamCa))
        let result: Result<CatalogUpdate, any Error>
        do {
            result = .success(try await update(of: current, from: api))
        } catch {
            result = .failure(error)
        }
        try await api.shutdown()
        let update = try result.get()
        try write(try update.text())
        Console.print(json ? update.json(file: output).text : update.text(file: output))
    }

    private func update(of current: CatalogFile, from api: LiveAPI) async throws -> CatalogUpdate {
        let listing = try await document("/models", from: api)
        var update = try CatalogUpdate(current, listing: listing, source: from + "/models", isForced: force)
        for id in update.withoutEndpoints {
            try update.setEndpoints(try await document("/models/\(id)/endpoints", from: api), of: id)
        }
        return update
    }

    private func document(_ path: String, from api: LiveAPI) async throws -> JSONDocument {
        let request = Request(
            method: .get,
            target: RequestTarget("/api/v1" + path),
            fields: [.accept: "application/json", .acceptEncoding: "identity"]
        )
        let tape = try await api.answer(request)
        guard let status = tape.head?.status.code, status == 200 else {
            throw ValidationError("\(from)\(path) answers \(tape.head?.status.code ?? 0); expected 200 and JSON.")
        }
        do {
            return try JSONDocument(parsing: tape.body.readableBytesView)
        } catch {
            throw ValidationError("\(from)\(path) answers with what is no JSON: \(error)")
        }
    }

    /// Beside the file and then over it, so that nobody reads half of it.
    private func write(_ text: String) throws {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
        } catch {
            throw ValidationError("cannot write --output \(output): \(error.localizedDescription)")
        }
    }
}

extension CatalogUpdate {
    fileprivate func json(file: String) -> JSON {
        [
            "file": .string(file),
            "added": .array(added.map { .string($0) }),
            "changed": .array(changed.map { .string($0) }),
            "gone": .array(gone.map { .string($0) }),
        ]
    }

    fileprivate func text(file: String) -> String {
        let parts = [("new", added), ("changed", changed), ("listed no longer", gone)]
        let details = parts.filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1.joined(separator: ", "))" }
        let counts = parts.map { "\($0.1.count) \($0.0)" }.joined(separator: ", ")
        return (["\(file): \(counts)"] + details).joined(separator: "\n")
    }
}
