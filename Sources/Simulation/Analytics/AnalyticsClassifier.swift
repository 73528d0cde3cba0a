internal import OpenRouterAPI

/// The parts of a query that custom classifiers tag generations for.
///
/// No operation of the API creates a classifier, so here there is none: these parts are checked and then refused.
enum AnalyticsClassifier {
    static let dimensionsShape = ObjectShape(
        .required("classifier_id", .uuid),
        .optional("dimension_names", .array(of: .text, count: 0...2)),
        .optional("include_nulls", .bool)
    )

    static let filtersShape = ObjectShape(
        .required("classifier_id", .uuid),
        .required(
            "filters",
            .array(
                of: .object(
                    ObjectShape(
                        .required("field", .text),
                        // Tags are strings, which have no order.
                        .required("operator", .choice(["eq", "neq", "in", "not_in"])),
                        .required("value", AnalyticsFilter.valueShape)
                    )
                ),
                count: 1...10
            )
        )
    )

    /// - Throws: ``APIError`` 400 for parts that do not fit together, and for any classifier.
    static func check(_ body: JSONValue) throws(APIError) {
        let (dimensions, filters) = (body["classifier_dimensions"], body["classifier_filters"])
        if let all = filters?["filters"]?.elements {
            for (index, filter) in all.enumerated() {
                guard let value = filter["value"],
                    let comparison = filter["operator"]?.string.flatMap(AnalyticsFilter.Operator.init(rawValue:))
                else { continue }
                try AnalyticsFilter.check(value, fits: comparison, path: "classifier_filters.filters[\(index)]")
            }
        }
        let ids = [dimensions, filters].map { $0?["classifier_id"]?.string?.lowercased() }
        if let first = ids[0], let second = ids[1], first != second {
            throw .invalidField(
                "classifier_filters.classifier_id",
                expected: "the classifier of classifier_dimensions, \(first)",
                found: JSON.string(second).text
            )
        }
        guard let id = ids[0] ?? ids[1] else { return }
        throw .invalidField(
            (dimensions == nil ? "classifier_filters" : "classifier_dimensions") + ".classifier_id",
            expected: "an active classifier of the workspace",
            found: JSON.string(id).text
        )
    }
}
