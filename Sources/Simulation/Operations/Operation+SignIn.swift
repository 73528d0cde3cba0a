internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes

/// The page where a user signs in to an app (reference: platform §4.1).
///
/// Nobody in particular signs in: keys belong to the world's own account.
extension Operation {
    /// `GET /auth`: asks the user, or does what `auto` says.
    static let showSignIn = Operation("showSignIn", .get, "/auth", .anybody) { call throws(APIError) in
        call.page { () throws(APIError) in
            let request = try SignInRequest(call, call.query)
            guard let automatic = call.query.value("auto") else { return try call.consentPage(request) }
            return try call.answer(request, try SignInDecision(automatic, name: "auto"))
        }
    }

    /// `POST /auth`: the form of that page.
    static let decideSignIn = Operation("decideSignIn", .post, "/auth", .anybody) { call throws(APIError) in
        call.page { () throws(APIError) in
            guard call.request.isFromOwnPage else { throw .foreignForm }
            let form = call.form
            let decision = try SignInDecision(form.value("decision") ?? "", name: "decision")
            let request = call.world.withPlatform { $0.closeForm(token: form.value("token") ?? "", at: $1) }
            guard let request else { throw .staleForm }
            return try call.answer(request, decision)
        }
    }
}

private enum SignInDecision: String, CaseIterable {
    case approve, deny

    /// - Throws: ``APIError`` 400 for any other text.
    init(_ text: String, name: String) throws(APIError) {
        guard let decision = SignInDecision(rawValue: text) else {
            throw .invalidField(name, expected: "one of approve, deny", found: "another value")
        }
        self = decision
    }
}

extension Call {
    /// Shows errors as pages, as this is what a browser asks for.
    fileprivate func page(_ make: () throws(APIError) -> OperationAnswer) -> OperationAnswer {
        do throws(APIError) { return try make() } catch { return SignInPage.refused(error) }
    }

    /// The members of a form that was sent; none of one beyond any that the page makes.
    fileprivate var form: QueryReader {
        guard request.body.readableBytes <= 1024 else { return QueryReader(items: []) }
        return QueryReader(items: RequestTarget("/?" + String(buffer: request.body)).queryItems)
    }

    fileprivate func consentPage(_ request: SignInRequest) throws(APIError) -> OperationAnswer {
        let (workspace, token) = try world.withPlatform { platform, now throws(APIError) in
            let workspace = try platform.workspace(for: request, at: now)
            return (request.workspace == nil ? nil : workspace.name, platform.openForm(request, at: now))
        }
        return SignInPage.consent(request, workspace: workspace, token: token)
    }

    /// Goes back to the app; where there is no way back, shows the user what came of it.
    fileprivate func answer(_ request: SignInRequest, _ decision: SignInDecision) throws(APIError) -> OperationAnswer {
        var items: [(name: String, value: String)] = []
        switch decision {
        case .approve:
            let code = try world.withPlatform { platform, now throws(APIError) in
                let workspace = try platform.workspace(for: request, at: now)
                let grant = AuthorizationCodes.Grant(
                    accountID: workspace.accountID,
                    workspaceID: workspace.id,
                    key: request.key,
                    challenge: request.challenge
                )
                return platform.issueCode(grant, at: now)
            }
            guard request.callback != nil else { return SignInPage.code(code) }
            items.append(("code", code))
        case .deny:
            guard request.callback != nil else { return SignInPage.denied }
            items.append(("error", "access_denied"))
        }
        if let state = request.state { items.append(("state", state)) }
        return .redirect(to: request.callback?.adding(items) ?? "")
    }
}

extension Platform {
    /// The workspace that the key will be in: the default one where the named one is only a wish.
    ///
    /// - Throws: ``APIError`` 400 when the workspace that is needed is not there.
    fileprivate mutating func workspace(for request: SignInRequest, at now: Int64) throws(APIError) -> Workspace {
        let account = houseAccount(at: now)
        if let wanted = request.workspace {
            if let workspace = workspace(wanted, ofAccount: account.id) { return workspace }
            guard !request.needsWorkspace else {
                throw .invalidField("required_workspace_id", expected: "a workspace of yours", found: "another one")
            }
        }
        guard let workspace = workspaces[account.defaultWorkspaceID] else {
            preconditionFailure("account \(account.id) has no default workspace")
        }
        return workspace
    }
}

extension OperationAnswer {
    fileprivate static func redirect(to location: String) -> OperationAnswer {
        OperationAnswer(
            status: 302,
            fields: [.location: location, .cacheControl: "no-store"],
            frames: [],
            isForAllOrigins: false
        )
    }
}

extension APIError {
    fileprivate static let foreignForm = APIError(status: 403, message: "This form was sent from another page.")

    fileprivate static let staleForm = APIError(
        status: 400,
        message: "This form was sent before, or is older than ten minutes. Go back to the app and start again."
    )
}

extension Request {
    /// Whether a browser says that one of our own pages sent it, or no browser says anything.
    ///
    /// Browsers set both fields on every form that is sent, and no page can change them (Fetch Metadata §2.4, Fetch
    /// §3.2).
    fileprivate var isFromOwnPage: Bool {
        if let site = fields[.secFetchSite], site != "same-origin" { return false }
        guard let origin = fields[.origin] else { return true }
        let host = fields.first { $0.name.canonicalName == "host" }?.value ?? ""
        return ["http://" + host, "https://" + host].contains(origin)
    }
}
