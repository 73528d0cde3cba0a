// A correct client in Swift: Foundation only.
//
//     openrouter-sim fuzz -- .build/debug/client
internal import ChatStream
internal import Foundation

let variables = ProcessInfo.processInfo.environment
let timeout = variables["OPENROUTER_SIM_TIMEOUT"].flatMap { Double($0) } ?? 10

do {
    guard let url = variables["OPENROUTER_BASE_URL"].flatMap({ URL(string: $0) }) else {
        throw CocoaError(.featureUnsupported, userInfo: [NSLocalizedDescriptionKey: "OPENROUTER_BASE_URL is not set"])
    }
    let client = StreamingClient(
        baseURL: url,
        apiKey: variables["OPENROUTER_API_KEY"] ?? "",
        silenceLimit: timeout * 0.8
    )
    let answer = try await client.ask("What is the weather?")
    var output = answer.text.isEmpty ? "" : answer.text + "\n"
    for call in answer.toolCalls {
        // On one line, and JSON or an error.
        let value = try JSONSerialization.jsonObject(with: Data(call.arguments.utf8), options: .fragmentsAllowed)
        let line = try JSONSerialization.data(withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys])
        output += "TOOL \(call.name) \(String(decoding: line, as: UTF8.self))\n"
    }
    FileHandle.standardOutput.write(Data(output.utf8))
} catch {
    FileHandle.standardError.write(Data("\(error)\n".utf8))
    exit(1)
}
