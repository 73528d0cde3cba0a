/// The version this source is, until the next release.
enum Version {
    static let text = "0.1.0-dev"
}
