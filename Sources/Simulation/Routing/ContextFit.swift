/// Whether a prompt and the answer it asks for have room in a window (reference: platform §1.15).
struct ContextFit {
    /// OpenRouter compresses by itself where windows are as small as this, in tokens.
    private static let smallWindow = 8192

    /// False where windows are no matter of conversations, as for images.
    let isChecked: Bool
    private let tokenCount: Int
    private let compression: Bool?

    init(_ request: RoutingRequest, _ model: CatalogModel) {
        isChecked = request.purpose == .conversation
        let (sum, overflow) = request.promptTokenCount.addingReportingOverflow(request.tokenLimit ?? 0)
        tokenCount = overflow ? .max : sum
        compression = model.outputModalities == ["image"] ? false : request.compression
    }

    /// Whether everything has room as it is.
    func holds(_ endpoint: CatalogEndpoint) -> Bool {
        endpoint.contextLength == 0 || tokenCount <= endpoint.contextLength
    }

    /// The endpoints that hold all; else those with half the room that compression needs; else the largest that
    /// compression is on for.
    func kept(_ endpoints: [CatalogEndpoint]) -> [CatalogEndpoint] {
        guard isChecked, !endpoints.allSatisfy(holds) else { return endpoints }
        let holding = endpoints.filter(holds)
        guard holding.isEmpty else { return holding }
        let compressing = endpoints.filter { compression ?? ($0.contextLength <= Self.smallWindow) }
        let spacious = compressing.filter { $0.contextLength >= tokenCount / 2 }
        guard spacious.isEmpty else { return spacious }
        let largest = compressing.map(\.contextLength).max()
        return compressing.filter { $0.contextLength == largest }
    }
}
