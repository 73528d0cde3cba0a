internal import HTTPTypes
internal import NIOCore
internal import Tapes

@testable internal import Playback

extension InboundMessage {
    /// The message for people, to compare.
    var words: String {
        switch self {
        case .request(let request, let context):
            "\(request.method.rawValue) \(request.target) [\(String(buffer: request.body))]"
                + (context.isHead ? " head" : "") + (context.isHTTP10 ? " http1.0" : "")
                + (context.keepsAlive ? "" : " closes")
        case .expectation: "expectation"
        case .refusal(let refusal): "\(refusal)"
        }
    }
}
