/// A `multipart/form-data` body (RFC 7578), read whole.
///
/// What stands before the first delimiter and after the last one is ignored, as RFC 2046, section 5.1.1 has it.
package struct MultipartForm: Sendable, Hashable {
    /// How much a body may hold besides content.
    package struct Limits: Sendable, Hashable {
        package var partCount: Int
        /// Of one part, in bytes with line breaks.
        package var headerByteCount: Int

        package init(partCount: Int = 128, headerByteCount: Int = 8192) {
            self.partCount = partCount
            self.headerByteCount = headerByteCount
        }
    }

    /// In the order of the body.
    package let parts: [MultipartPart]

    /// Reads a body.
    ///
    /// - Parameters:
    ///   - body: all bytes; the parts share them.
    ///   - contentType: the request's, with the boundary.
    ///   - limits: what is too much.
    /// - Throws: ``APIError`` 400 that says what is wrong and in which part.
    package init(_ body: [UInt8], contentType: String?, limits: Limits = Limits()) throws(APIError) {
        let boundary = try Self.boundary(contentType)
        let layout = body.withUnsafeBytes { MultipartLayout(of: $0, boundary: boundary) }
        guard !layout.hasStrayBytes else {
            throw .malformedForm("a delimiter is followed by something other than a line break")
        }
        guard layout.isClosed else {
            throw .malformedForm("the closing delimiter '--\(boundary)--' is missing; the body may be cut short")
        }
        guard layout.parts.count <= limits.partCount else {
            throw .malformedForm("\(layout.parts.count) parts, at most \(limits.partCount) are read")
        }
        var parts: [MultipartPart] = []
        for (index, range) in layout.parts.enumerated() {
            do throws(MultipartPart.Problem) {
                parts.append(try MultipartPart(reading: body[range], headerLimit: limits.headerByteCount))
            } catch {
                throw .malformedForm("part \(index + 1) \(error.text)")
            }
        }
        self.parts = parts
    }

    /// Whether a content type names a form of this kind, well made or not.
    package static func isNamed(by contentType: String?) -> Bool {
        contentType?.prefix { $0 != ";" }.lowercased().contains("multipart/form-data") ?? false
    }

    private static func boundary(_ contentType: String?) throws(APIError) -> String {
        guard let contentType, let parameters = HeaderParameters(contentType),
            parameters.value == "multipart/form-data"
        else {
            throw .malformedForm("expected the content type multipart/form-data, received \(contentType ?? "none")")
        }
        guard let boundary = parameters["boundary"] else {
            throw .malformedForm("the content type names no boundary")
        }
        // RFC 2046, section 5.1.1.
        guard (1...70).contains(boundary.utf8.count), boundary.utf8.allSatisfy(\.isBoundaryCharacter),
            boundary.last != " "
        else {
            throw .malformedForm("the boundary is not 1 to 70 letters, digits, spaces or characters of '()+_,-./:=?")
        }
        return boundary
    }
}

// MARK: - Fields

extension MultipartForm {
    /// The part of a field that may occur once; nil when there is none.
    ///
    /// - Throws: ``APIError`` 400 when there are more.
    package func part(_ name: String) throws(APIError) -> MultipartPart? {
        let found = parts.filter { $0.name == name }
        guard found.count <= 1 else { throw .invalidField(name, expected: "one part", found: "\(found.count)") }
        return found.first
    }

    /// The text of a field that may occur once; nil when there is none.
    ///
    /// - Throws: ``APIError`` 400 when there are more, or when it is not UTF-8.
    package func text(_ name: String) throws(APIError) -> String? {
        guard let part = try part(name) else { return nil }
        return try text(of: part)
    }

    /// The texts of a field that may occur any number of times.
    ///
    /// - Throws: ``APIError`` 400 when one is not UTF-8.
    package func texts(_ name: String) throws(APIError) -> [String] {
        var texts: [String] = []
        for part in parts where part.name == name { texts.append(try text(of: part)) }
        return texts
    }

    private func text(of part: MultipartPart) throws(APIError) -> String {
        guard let text = String(validating: part.content, as: UTF8.self) else {
            throw .invalidField(part.name, expected: "text in UTF-8", found: "other bytes")
        }
        return text
    }
}

extension APIError {
    fileprivate static func malformedForm(_ problem: String) -> APIError {
        APIError(
            status: 400,
            message: "Invalid multipart/form-data in the request body: \(problem)",
            metadata: ["error_type": "invalid_request"]
        )
    }
}

extension UInt8 {
    fileprivate var isBoundaryCharacter: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "'()+_,-./:=? ".utf8.contains(self)
        }
    }
}
