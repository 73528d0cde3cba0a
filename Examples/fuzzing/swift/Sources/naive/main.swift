// The client that everybody writes first. It works, until a stream is not as usual: find out with
//
//     openrouter-sim fuzz -- .build/debug/naive
internal import Foundation

#if canImport(FoundationNetworking)
internal import FoundationNetworking
#endif

struct Chunk: Decodable {
    struct Choice: Decodable { var delta: Delta }
    struct Delta: Decodable { var content: String }
    var choices: [Choice]
}

let variables = ProcessInfo.processInfo.environment
guard let base = variables["OPENROUTER_BASE_URL"], let url = URL(string: base + "/chat/completions") else { exit(1) }
var request = URLRequest(url: url)
request.httpMethod = "POST"
request.setValue("Bearer \(variables["OPENROUTER_API_KEY"] ?? "")", forHTTPHeaderField: "Authorization")
request.httpBody = Data(
    #"{"model":"openai/gpt-4.1-mini","stream":true,"messages":[{"role":"user","content":"Hello"}]}"#.utf8
)
let (body, _) = try await URLSession.shared.data(for: request)
var text = ""
for line in String(decoding: body, as: UTF8.self).components(separatedBy: "\n") {
    guard line.hasPrefix("data: "), line != "data: [DONE]" else { continue }
    let chunk = try JSONDecoder().decode(Chunk.self, from: Data(line.dropFirst(6).utf8))
    text += chunk.choices[0].delta.content
}
print(text)
