package import NIOCore

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

extension ByteBuffer {
    /// The content of a file.
    ///
    /// - Throws: ``FileError`` when it cannot be read.
    package init(contentsOf path: String) throws(FileError) {
        guard let file = fopen(path, "r") else { throw FileError(path: path, reason: String(cString: strerror(errno))) }
        defer { fclose(file) }
        self.init()
        while true {
            let count = writeWithUnsafeMutableBytes(minimumWritableBytes: 65536) { bytes in
                fread(bytes.baseAddress, 1, bytes.count, file)
            }
            if count == 0 { break }
        }
        guard ferror(file) == 0 else { throw FileError(path: path, reason: "reading failed") }
    }
}

/// A file that cannot be read.
package struct FileError: Error, CustomStringConvertible {
    let path: String
    let reason: String

    package var description: String { "\(path): \(reason)" }
}
