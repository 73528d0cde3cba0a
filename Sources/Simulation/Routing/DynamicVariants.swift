/// The suffixes that work on any id and are never listed (reference: platform §1.1).
struct DynamicVariants: Sendable {
    /// From `:nitro`, `:floor` or `:exacto`; of several the first counts, an explicit sort before all.
    private(set) var sort: ProviderPreferences.Sort?
    private(set) var admitsPriorityTier = false
    private(set) var admitsFlexTier = false
    /// From `:online`, which is deprecated: the web plugin.
    private(set) var attachesWebPlugin = false

    /// Takes the last suffix off a slug when it is one of these.
    ///
    /// - Returns: false when it is not; then the slug is as it was.
    mutating func removeLast(from slug: inout String) -> Bool {
        guard let colon = slug.utf8.lastIndex(of: UInt8(ascii: ":")) else { return false }
        switch slug[slug.index(after: colon)...] {
        case "nitro":
            sort = .throughput
            admitsPriorityTier = true
        case "floor":
            sort = .price
            admitsFlexTier = true
        case "exacto":
            sort = .exacto
        case "online":
            attachesWebPlugin = true
        default:
            return false
        }
        slug.removeSubrange(colon...)
        return true
    }
}
