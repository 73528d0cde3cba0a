extension String {
    /// What may be shown of a secret: its beginning and its last four characters, as in `sk-...AbCd` (schemas `BYOKKey`,
    /// `ObservabilityLangfuseDestination`).
    ///
    /// Of a short one nothing is left.
    ///
    /// - Parameter prefixLength: characters of the beginning.
    /// - Returns: the rest of the secret replaced.
    package func masked(keeping prefixLength: Int) -> String {
        guard count > prefixLength + 8 else { return "********" }
        return prefix(prefixLength) + "..." + suffix(4)
    }
}
