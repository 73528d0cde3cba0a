extension Catalog {
    /// The row that a slug names, with dynamic variants such as `:nitro` taken off; nil for an unknown one.
    ///
    /// An alias such as `~openai/gpt-latest` has a row of its own.
    func row(named slug: String) -> CatalogModel? {
        var base = slug
        var variants = DynamicVariants()
        repeat {
            if let row = self[base] ?? dottedAlias(of: base) { return row }
        } while variants.removeLast(from: &base)
        return nil
    }

    /// The model whose id has a dot where the slug has a dash between digits: `claude-sonnet-4-5`.
    func dottedAlias(of slug: String) -> CatalogModel? {
        var bytes = Array(slug.utf8)
        let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        let dashes = bytes.indices.dropFirst().dropLast().filter {
            bytes[$0] == UInt8(ascii: "-") && isDigit(bytes[$0 - 1]) && isDigit(bytes[$0 + 1])
        }
        for dash in dashes.reversed() {
            bytes[dash] = UInt8(ascii: ".")
            if let model = self[String(decoding: bytes, as: UTF8.self)] { return model }
            bytes[dash] = UInt8(ascii: "-")
        }
        return nil
    }
}
