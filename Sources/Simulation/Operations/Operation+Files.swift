internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes

/// Files of a workspace: the one that the query names, or the key's (reference: inference §6.7, platform §5.9).
extension Operation {
    /// `POST /files`, a form.
    static let uploadFile = Operation(
        "uploadFile",
        .post,
        "/files",
        .inferenceKey,
        query: Call.fileQuery,
        reads: .body(.uploadBody, as: ["multipart/form-data"])
    ) {
        call throws(APIError) in
        let shape = try FileShape(call.request)
        let form = try MultipartForm(
            Array(call.request.body.readableBytesView),
            contentType: call.request.fields[.contentType]
        )
        let upload = try FileUpload(reading: form)
        var generator = call.world.generator(forRequestDigest: upload.digest)
        let file = StoredFile(
            id: "or_file_" + generator.alphanumeric(24),
            name: upload.name,
            mediaType: upload.mediaType,
            byteCount: upload.content.count,
            purpose: upload.purpose,
            createdAt: call.world.now
        )
        call.world.store(file, inWorkspace: try call.fileWorkspaceID())
        return .json(shape.file(file))
    }

    /// `GET /files`.
    static let listFiles = Operation("listFiles", .get, "/files", .inferenceKey, query: Call.fileQuery) {
        call throws(APIError) in
        let shape = try FileShape(call.request)
        let query = try FilesQuery(call.request.target)
        return .json(shape.page(try query.page(of: call.world.files(inWorkspace: try call.fileWorkspaceID()))))
    }

    /// `GET /files/{file_id}`.
    static let getFile = Operation("getFileMetadata", .get, "/files/:id", .inferenceKey, query: Call.fileQuery) {
        call throws(APIError) in
        .json(try FileShape(call.request).file(try call.file()))
    }

    /// `DELETE /files/{file_id}`.
    static let deleteFile = Operation("deleteFile", .delete, "/files/:id", .inferenceKey, query: Call.fileQuery) {
        call throws(APIError) in
        let shape = try FileShape(call.request)
        let id = call.pathParameters["id"] ?? ""
        guard call.world.removeFile(id, inWorkspace: try call.fileWorkspaceID()) else { throw .unknownFile(id) }
        return .json(shape.deletion(of: id))
    }

    /// `GET /files/{file_id}/content`: an upload cannot be had back.
    static let getFileContent = Operation(
        "downloadFileContent",
        .get,
        "/files/:id/content",
        .inferenceKey,
        query: Call.fileQuery
    ) {
        call throws(APIError) in
        throw .uploadedFile(try call.file().id)
    }
}

extension Call {
    fileprivate static let fileQuery = [QueryParameter("workspace_id", .uuid)]

    /// - Throws: ``APIError`` 400 for a workspace that the account does not have.
    fileprivate func fileWorkspaceID() throws(APIError) -> String {
        guard let id = query.value("workspace_id") else { return caller.workspace.id }
        let account = caller.account
        return try world.withPlatform { platform, _ throws(APIError) in
            try platform.workspaceID(id, ofAccount: account)
        }
    }

    fileprivate func file() throws(APIError) -> StoredFile {
        let id = pathParameters["id"] ?? ""
        guard let file = world.files(inWorkspace: try fileWorkspaceID()).first(where: { $0.id == id }) else {
            throw .unknownFile(id)
        }
        return file
    }
}

/// The wordings are ours.
extension APIError {
    fileprivate static func unknownFile(_ id: String) -> APIError {
        APIError(status: 404, message: "File \(id) not found", metadata: ["error_type": "not_found"])
    }

    fileprivate static func uploadedFile(_ id: String) -> APIError {
        APIError(
            status: 400,
            message: "File \(id) was uploaded and cannot be downloaded",
            metadata: ["error_type": "invalid_request"]
        )
    }
}
