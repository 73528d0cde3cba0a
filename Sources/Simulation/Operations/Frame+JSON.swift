internal import NIOCore
package import OpenRouterAPI
package import Tapes

extension Frame {
    /// A JSON document as one frame.
    package init(json: JSON, gap: Duration = .zero) {
        self.init(gap: gap, bytes: ByteBuffer(bytes: json.serialized()))
    }
}
