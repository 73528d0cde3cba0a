/// The members of an object under construction, in order.
///
/// Lookups are linear: our objects have a dozen members, and order is what matters.
package struct JSONObject: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    package struct Member: Sendable, Hashable {
        package var key: String
        package var value: JSON

        package static func == (left: Member, right: Member) -> Bool {
            left.key.utf8.elementsEqual(right.key.utf8) && left.value == right.value
        }
    }

    /// The members in order.
    ///
    /// A key that is appended twice is here twice.
    package private(set) var members: [Member]

    package init(_ members: some Sequence<(String, JSON)> = []) {
        self.members = members.map { Member(key: $0.0, value: $0.1) }
    }

    package init(dictionaryLiteral elements: (String, JSON)...) {
        members = []
        // Most literals get a few more members later.
        members.reserveCapacity(max(elements.count, 8))
        for (key, value) in elements { members.append(Member(key: key, value: value)) }
    }

    package var isEmpty: Bool {
        members.isEmpty
    }

    package var count: Int {
        members.count
    }

    /// Adds a member at the end, or nothing if the value is nil.
    ///
    /// For a member that is null, append `.null`.
    package mutating func append(_ key: String, _ value: JSON?) {
        guard let value else { return }
        members.append(Member(key: key, value: value))
    }

    /// Adds all members of another object at the end.
    package mutating func append(contentsOf other: JSONObject) {
        members += other.members
    }

    /// Reads the last member of this name; sets it where it is or else at the end; removes all of the name with nil.
    package subscript(key: String) -> JSON? {
        get {
            members.last { $0.hasKey(key) }?.value
        }
        set {
            guard let newValue else {
                return members.removeAll { $0.hasKey(key) }
            }
            if let index = members.lastIndex(where: { $0.hasKey(key) }) {
                members[index].value = newValue
            } else {
                append(key, newValue)
            }
        }
    }
}

extension JSONObject.Member {
    fileprivate func hasKey(_ other: String) -> Bool {
        key.utf8.elementsEqual(other.utf8)
    }
}
