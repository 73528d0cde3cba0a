/// A format that a picture can be encoded in.
package enum ImageFormat: String, CaseIterable, Sendable {
    case png
    case jpeg
    case webp
    case svg

    /// The type of the bytes (IANA media types).
    package var mediaType: String {
        switch self {
        case .png: "image/png"
        case .jpeg: "image/jpeg"
        case .webp: "image/webp"
        case .svg: "image/svg+xml"
        }
    }
}
