internal import OpenRouterAPI

/// Contents of multipart fields with telling names: `Content-Disposition: form-data; name="api_key"`.
enum MultipartSecrets {
    private static let headerLimit = 8192
    private static let minimumCount = 6

    static func matches(in bytes: UnsafeBufferPointer<UInt8>, boundary: String) -> [SecretMatch] {
        MultipartLayout(of: UnsafeRawBufferPointer(bytes), boundary: boundary).parts.compactMap { part in
            guard let gap = bytes.firstRange(of: Array("\r\n\r\n".utf8), from: part.lowerBound),
                gap.upperBound <= part.upperBound, gap.lowerBound - part.lowerBound <= headerLimit
            else { return nil }
            let content = gap.upperBound..<part.upperBound
            let header = String(decoding: bytes[part.lowerBound..<gap.lowerBound], as: UTF8.self)
            guard content.count >= minimumCount, !Placeholder.matches(bytes, content),
                let name = name(in: header)
            else { return nil }
            switch SecretName.verdict(on: Array(name.utf8)) {
            case .secret: break
            case .maybe where ByteMixture(bytes, content).isTokenLike: break
            default: return nil
            }
            return SecretMatch(range: content, kind: "value of a telling name")
        }
    }

    private static func name(in header: String) -> String? {
        let lines = header.split(separator: "\r\n")
        for line in lines {
            guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == "content-disposition" else {
                continue
            }
            return HeaderParameters(String(line[line.index(after: colon)...]))?["name"]
        }
        return nil
    }
}
