/// Writes values so that equal ones have equal bytes; see ``JSONValue/writeCanonical(into:)`` for the form.
struct JSONCanonicalWriter {
    let names: JSONNames
    var output: [UInt8]
    /// The sorted members of every object that is open, innermost last: one array instead of one for each object.
    private var order: [Int] = []

    init(names: JSONNames, output: [UInt8]) {
        self.names = names
        self.output = output
    }

    /// Writes the value at a node.
    ///
    /// Recursion ends at the parser's depth limit.
    mutating func write(_ index: Int) {
        let node = names.nodes[index]
        switch node.kind {
        case .object: writeObject(index)
        case .array: writeArray(index)
        case .string: writeString(node)
        case .number: writeNumber(node)
        case .bool, .null: copy(node)
        }
    }

    private mutating func writeArray(_ index: Int) {
        output.append(UInt8(ascii: "["))
        var child = index + 1
        let end = Int(names.nodes[index].next)
        while child < end {
            if child > index + 1 {
                output.append(UInt8(ascii: ","))
            }
            write(child)
            child = Int(names.nodes[child].next)
        }
        output.append(UInt8(ascii: "]"))
    }

    private mutating func writeObject(_ index: Int) {
        let base = order.count
        appendSortedMembers(of: index)
        let end = order.count
        output.append(UInt8(ascii: "{"))
        var isFirst = true
        for position in base..<end {
            let name = order[position]
            // Of equal names the last one counts, which sorting has put behind the others.
            if position + 1 < end, !names.precedes(name, order[position + 1]) { continue }
            if !isFirst {
                output.append(UInt8(ascii: ","))
            }
            isFirst = false
            writeString(names.nodes[name])
            output.append(UInt8(ascii: ":"))
            write(name + 1)
        }
        output.append(UInt8(ascii: "}"))
        order.removeLast(end - base)
    }

    private mutating func appendSortedMembers(of index: Int) {
        let base = order.count
        var name = index + 1
        let end = Int(names.nodes[index].next)
        while name < end {
            order.append(name)
            name = Int(names.nodes[name + 1].next)
        }
        let names = self.names
        order.withUnsafeMutableBufferPointer { order in
            var members = UnsafeMutableBufferPointer(rebasing: order[base...])
            members.sort { left, right in
                names.precedes(left, right) || (left < right && !names.precedes(right, left))
            }
        }
    }

    private mutating func writeString(_ node: JSONNode) {
        guard node.flags.contains(.hasEscapes) else {
            return copy(node)
        }
        let decoded = JSONEscapes.decode(
            UnsafeBufferPointer(rebasing: names.source[node.contents]),
            loneSurrogates: .kept
        )
        decoded.withUnsafeBufferPointer { JSONEscapes.appendQuoted($0, to: &output, hasSurrogates: true) }
    }

    private mutating func writeNumber(_ node: JSONNode) {
        let text = UnsafeBufferPointer(rebasing: names.source[node.range])
        // Short plain integers are canonical as they are, but for a minus zero.
        let isMinusZero = text.count == 2 && text[0] == UInt8(ascii: "-") && text[1] == UInt8(ascii: "0")
        if node.flags.contains(.isPlainInteger), text.count <= 21, !isMinusZero {
            return copy(node)
        }
        JSONDecimal(text).appendCanonical(to: &output)
    }

    private mutating func copy(_ node: JSONNode) {
        output.append(contentsOf: UnsafeBufferPointer(rebasing: names.source[node.range]))
    }
}
