internal import HTTPTypes
internal import OpenRouterAPI

/// Where an account's traces go to (reference: platform §5.6).
extension Operation {
    /// `GET /observability/destinations` of a workspace, from the oldest to the newest.
    static let listDestinations = Operation(
        "listObservabilityDestinations",
        .get,
        "/observability/destinations",
        .managementKey,
        query: QueryParameter.page + [QueryParameter("workspace_id", .uuid)]
    ) { call throws(APIError) in
        let query = call.query
        let page = try ListPage(query.items)
        let destinations = try call.world.withPlatform { platform, _ throws(APIError) in
            let workspaceID = try platform.workspaceID(query.value("workspace_id"), ofAccount: call.caller.account)
            return platform.destinations.destinations(ofAccount: call.accountID).filter {
                $0.workspaceID == workspaceID
            }
        }
        return page.answer(destinations, json: \.json)
    }

    /// `POST /observability/destinations`; one that can be reached is asked whether it is there.
    static let createDestination = Operation(
        "createObservabilityDestination",
        .post,
        "/observability/destinations",
        .managementKey,
        body: ObjectShape(
            [
                .required("type", .choice(of: DestinationType.self)), .required("name", .string()),
                .required("config", .map(of: .anything)), .optional("workspace_id", .uuid),
            ] + Destination.changeableMembers
        ),
        status: 201
    ) { call, body throws(APIError) in
        guard let type = DestinationType(rawValue: body["type"]?.string ?? ""), let config = body["config"] else {
            preconditionFailure("the declared shape of the body was checked")
        }
        let checked = try DestinationConfig(type, config)
        let account = call.caller.account
        let destination = try call.world.withPlatform { platform, now throws(APIError) in
            let workspaceID = try platform.workspaceID(body["workspace_id"]?.string, ofAccount: account)
            guard !platform.destinations.isFull(type, workspaceID: workspaceID, ofAccount: account.id) else {
                throw .tooManyDestinations(type)
            }
            var destination = Destination(
                id: platform.identifiers.uuid(),
                accountID: account.id,
                workspaceID: workspaceID,
                createdAt: now,
                updatedAt: now,
                config: checked,
                name: body["name"]?.string ?? ""
            )
            try destination.change(by: body)
            platform.destinations.insert(destination)
            return destination
        }
        call.world.withInferenceState { state, _ in
            state.broadcasts.append(contentsOf: [Broadcast(destination: destination, content: .connectionTest)])
        }
        return .json(["data": destination.json])
    }

    /// `GET /observability/destinations/{id}`.
    static let getDestination = Operation(
        "getObservabilityDestination",
        .get,
        "/observability/destinations/:id",
        .managementKey
    ) { call throws(APIError) in
        let destination = try call.world.withPlatform { platform, _ throws(APIError) in
            try platform.namedDestination(call)
        }
        return .json(["data": destination.json])
    }

    /// `PATCH /observability/destinations/{id}`.
    static let updateDestination = Operation(
        "updateObservabilityDestination",
        .patch,
        "/observability/destinations/:id",
        .managementKey,
        body: ObjectShape(
            [.optional("name", .string()), .optional("config", .map(of: .anything))] + Destination.changeableMembers
        )
    ) { call, body throws(APIError) in
        let destination = try call.world.withPlatform { platform, now throws(APIError) in
            var destination = try platform.namedDestination(call)
            if let name = body["name"]?.string { destination.name = name }
            if let config = body["config"] { try destination.config.change(by: config) }
            try destination.change(by: body)
            destination.updatedAt = now
            platform.destinations.replace(destination)
            return destination
        }
        return .json(["data": destination.json])
    }

    /// `DELETE /observability/destinations/{id}`.
    static let deleteDestination = Operation(
        "deleteObservabilityDestination",
        .delete,
        "/observability/destinations/:id",
        .managementKey
    ) { call throws(APIError) in
        try call.world.withPlatform { platform, _ throws(APIError) in
            platform.destinations.delete(try platform.namedDestination(call))
        }
        return .deleted
    }
}

extension Platform {
    /// The destination of the caller's account that the path names.
    ///
    /// - Throws: ``APIError`` 404 when there is none.
    fileprivate func namedDestination(_ call: Call) throws(APIError) -> Destination {
        let id = call.pathParameters["id", default: ""]
        guard let destination = destinations.destination(id, ofAccount: call.accountID) else {
            throw .resourceNotFound("Observability destination", id)
        }
        return destination
    }
}

extension Destination {
    /// What can be set when a destination is created, and changed afterwards.
    fileprivate static let changeableMembers: [ObjectShape.Member] = [
        .optional("enabled", .bool),
        .optional("privacy_mode", .bool),
        .optional("sampling_rate", .number(in: 0.0001...1)),
        .optional("api_key_hashes", .array(of: .string(), count: 1...Int.max), orNull: true),
        .optional("filter_rules", .object(FilterRules.shape), orNull: true),
        .optional("broadcast_generation_cost", .bool),
        .optional("broadcast_generation_identity", .bool),
        .optional("broadcast_generation_request_context", .bool),
    ]

    /// What is absent stays; null clears.
    ///
    /// - Throws: ``APIError`` 400 for a rule that cannot be read.
    fileprivate mutating func change(by body: JSONValue) throws(APIError) {
        if let rules = body["filter_rules"] { filterRules = rules.isNull ? nil : try FilterRules(reading: rules) }
        body.change("api_key_hashes") { keyHashes = $0?.elements.compactMap(\.string) }
        isEnabled = body["enabled"]?.bool ?? isEnabled
        hasPrivacyMode = body["privacy_mode"]?.bool ?? hasPrivacyMode
        samplingRate = body["sampling_rate"]?.double ?? samplingRate
        tellsCost = body["broadcast_generation_cost"]?.bool ?? tellsCost
        tellsIdentity = body["broadcast_generation_identity"]?.bool ?? tellsIdentity
        tellsRequestContext = body["broadcast_generation_request_context"]?.bool ?? tellsRequestContext
    }
}

extension APIError {
    fileprivate static func tooManyDestinations(_ type: DestinationType) -> APIError {
        APIError(
            status: 400,
            message: "A workspace has at most \(DestinationStore.limit) destinations of type \(type.rawValue)",
            metadata: ["error_type": "invalid_request"]
        )
    }
}
