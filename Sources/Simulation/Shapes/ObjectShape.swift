/// The members that an object in a request may have; others are ignored (reference: platform §0.2, versioning).
struct ObjectShape: Sendable {
    struct Member: Sendable {
        let name: String
        let shape: ValueShape
        /// Whether it has to be there.
        let isRequired: Bool
        /// Whether null will do.
        let isNullable: Bool

        /// A member that may be left out.
        static func optional(_ name: String, _ shape: ValueShape, orNull: Bool = false) -> Member {
            Member(name: name, shape: shape, isRequired: false, isNullable: orNull)
        }

        static func required(_ name: String, _ shape: ValueShape) -> Member {
            Member(name: name, shape: shape, isRequired: true, isNullable: false)
        }
    }

    let members: [Member]

    init(_ members: Member...) {
        self.members = members
    }

    init(_ members: [Member]) {
        self.members = members
    }
}
