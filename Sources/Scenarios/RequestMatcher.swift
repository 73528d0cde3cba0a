/// Which requests a rule is for; all that is set must hold.
package struct RequestMatcher: Sendable {
    package init() {}
}
