internal import HTTPTypes
internal import NIOCore
internal import Scenarios
internal import Tapes

extension Tape {
    /// An answer of the user's own making; framing that it leaves open is what a server would choose.
    init(_ answer: WholeAnswer, origin: Origin) {
        guard answer.hasHead else {
            self.init(head: nil, frames: answer.frames, ending: answer.ending, origin: origin)
            return
        }
        var fields = HTTPFields()
        for field in answer.fields {
            guard let name = HTTPField.Name(field.name) else { continue }
            fields.append(HTTPField(name: name, value: field.value))
        }
        if fields[.contentLength] == nil, fields[.transferEncoding] == nil {
            let waits = answer.frames.contains { $0.gap > .zero } || answer.frames.count > 1
            if waits {
                fields[.transferEncoding] = "chunked"
            } else {
                fields[.contentLength] = String(answer.frames.first?.bytes.readableBytes ?? 0)
            }
        }
        self.init(
            head: ResponseHead(status: HTTPResponse.Status(registered: answer.status), fields: fields),
            frames: answer.frames,
            ending: answer.ending,
            origin: origin
        )
    }
}
