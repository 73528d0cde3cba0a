/// An image a model made.
package struct GeneratedImage: Sendable, Hashable {
    package var mediaType: String
    package var base64: String

    package init(mediaType: String, base64: String) {
        self.mediaType = mediaType
        self.base64 = base64
    }

    package var dataURL: String { "data:\(mediaType);base64,\(base64)" }
}

/// Part of the sound a model made, with the words said in it.
package struct AudioPiece: Sendable, Hashable {
    package var base64: String
    package var transcript: String

    package init(base64: String, transcript: String) {
        self.base64 = base64
        self.transcript = transcript
    }
}
