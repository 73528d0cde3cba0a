/// Ways to cut a body into reads.
enum Splittings {
    /// The body whole, byte by byte, at every place into two, and, if it is short, at every two places into three.
    static func all(of body: [UInt8]) -> [[[UInt8]]] {
        var result = [[body], body.map { [$0] }]
        for first in 0...body.count {
            result.append([Array(body[..<first]), Array(body[first...])])
            guard body.count <= 40 else { continue }
            for second in first...body.count {
                result.append([Array(body[..<first]), Array(body[first..<second]), Array(body[second...])])
            }
        }
        return result
    }
}
