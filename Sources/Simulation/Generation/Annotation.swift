/// A source of an answer's text, or a file that was parsed for it (reference: inference §2.5).
package enum Annotation: Sendable, Hashable {
    case citation(Citation)
    case file(ParsedFile)

    package struct Citation: Sendable, Hashable {
        package var url: String
        package var title: String
        /// A piece of the page.
        package var content: String
        /// Where in the text the source is used, in Unicode scalars; both 0 for searches that do not say.
        package var start: Int
        package var end: Int

        package init(url: String, title: String, content: String, start: Int = 0, end: Int = 0) {
            self.url = url
            self.title = title
            self.content = content
            self.start = start
            self.end = end
        }
    }

    package struct ParsedFile: Sendable, Hashable {
        /// 64 lower-case hexadecimal digits.
        package var hash: String
        package var name: String
        package var text: String

        package init(hash: String, name: String, text: String) {
            self.hash = hash
            self.name = name
            self.text = text
        }
    }
}
