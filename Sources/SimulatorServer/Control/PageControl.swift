internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Simulation

/// The page at `/_sim/` and its files, which are in the binary.
enum PageControl {
    static let operations: [ControlOperation] = [
        ControlOperation(method: .get, path: "/", summary: "The page that shows all this.", respond: page),
        ControlOperation(method: .get, path: "/assets/{name}", summary: "A file of the page.", respond: asset),
    ]

    /// All that the page may do is run and show its own files and call this server.
    ///
    /// What was received or recorded is shown as text; should some of it ever become markup, this keeps it from running
    /// and from loading anything (Content Security Policy Level 3).
    private static let policy = """
        default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
        base-uri 'none'; form-action 'none'; frame-ancestors 'none'
        """

    private static func page(_ call: ControlCall) -> ControlAnswer {
        answer(PageAsset.index)
    }

    private static func asset(_ call: ControlCall) throws(APIError) -> ControlAnswer {
        guard let asset = PageAsset.all.first(where: { $0.name == call.parameter("name") }) else {
            throw APIError(
                status: 404,
                message: "The page has no file '\(call.parameter("name"))'",
                metadata: ["error_type": "not_found"]
            )
        }
        return answer(asset)
    }

    private static func answer(_ asset: PageAsset) -> ControlAnswer {
        ControlAnswer(
            contentType: asset.contentType,
            fields: [
                .contentSecurityPolicy: policy,
                .xContentTypeOptions: "nosniff",
                .referrerPolicy: "no-referrer",
            ],
            body: ByteBuffer(bytes: asset.bytes)
        )
    }
}
