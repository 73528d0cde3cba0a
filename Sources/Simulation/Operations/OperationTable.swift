internal import HTTPTypes
internal import OpenRouterAPI

/// Finds the operation for a method and path.
struct OperationTable: Sendable {
    enum Match: Sendable {
        case operation(Operation, parameters: [String: String])
        /// The path exists, but not with this method.
        case otherMethods([String])
        case unknownPath
    }

    /// What is beside v1, by its whole path: pages and beta operations.
    static let besideV1: [Operation] = [.createBatch, .decideSignIn, .getBatch, .showSignIn]

    /// The API, by paths below `/api/v1`.
    static let all: [Operation] = [
        .addWorkspaceMembers,
        .bulkAssignKeysToGuardrail,
        .bulkAssignMembersToGuardrail,
        .bulkUnassignKeysFromGuardrail,
        .bulkUnassignMembersFromGuardrail,
        .chatCompletions,
        .completions,
        .createAuthorizationCode,
        .createCoinbaseCharge,
        .createDestination,
        .createEmbeddings,
        .createGroupMapping,
        .createGuardrail,
        .createKey,
        .createPresetFromChat,
        .createPresetFromMessages,
        .createPresetFromResponses,
        .createProviderKey,
        .createRerank,
        .createSpeech,
        .createTranscription,
        .createVideo,
        .createWorkspace,
        .deleteDestination,
        .deleteFile,
        .deleteGroupMapping,
        .deleteGuardrail,
        .deleteKey,
        .deleteProviderKey,
        .deleteWorkspace,
        .deleteWorkspaceBudget,
        .exchangeAuthorizationCode,
        .generateImages,
        .getActivity,
        .getAnalyticsMeta,
        .getAppRankings,
        .getBenchmarks,
        .getCredits,
        .getDestination,
        .getEmbeddingModels,
        .getFile,
        .getFileContent,
        .getGeneration,
        .getGenerationContent,
        .getGroupMapping,
        .getGuardrail,
        .getImageModelEndpoints,
        .getImageModels,
        .getKey,
        .getModel,
        .getModelEndpoints,
        .getModels,
        .getModelsCount,
        .getNamedKey,
        .getParameters,
        .getPreset,
        .getPresetVersion,
        .getPresetVersions,
        .getPresets,
        .getProviderKey,
        .getProviders,
        .getRankingsDaily,
        .getSessionCost,
        .getTaskClassifications,
        .getUserModels,
        .getVideo,
        .getVideoContent,
        .getVideoModels,
        .getWorkspace,
        .getWorkspaceBudget,
        .getZeroDataRetentionEndpoints,
        .listDestinations,
        .listFiles,
        .listGroupMappings,
        .listGuardrailKeyAssignments,
        .listGuardrailMemberAssignments,
        .listGuardrails,
        .listKeyAssignments,
        .listKeys,
        .listMemberAssignments,
        .listOrganizationMembers,
        .listProviderKeys,
        .listSCIMGroups,
        .listWorkspaceBudgets,
        .listWorkspaceMembers,
        .listWorkspaces,
        .messages,
        .queryAnalytics,
        .removeWorkspaceMembers,
        .responses,
        .submitGenerationFeedback,
        .updateDestination,
        .updateGroupMapping,
        .updateGuardrail,
        .updateKey,
        .updateProviderKey,
        .updateWorkspace,
        .uploadFile,
        .upsertWorkspaceBudget,
    ]

    private let byPath: [String: [Operation]]
    private let patterns: [(segments: [Substring], operation: Operation)]

    init(_ operations: [Operation] = Self.all) {
        var byPath: [String: [Operation]] = [:]
        var patterns: [(segments: [Substring], operation: Operation)] = []
        for operation in operations {
            for path in operation.paths {
                if path.contains(":") {
                    patterns.append((path.split(separator: "/"), operation))
                } else {
                    byPath[path, default: []].append(operation)
                }
            }
        }
        self.byPath = byPath
        self.patterns = patterns
    }

    /// Finds the operation for a request.
    ///
    /// - Parameters:
    ///   - method: HEAD is answered where GET is.
    ///   - path: as the operations' own are.
    /// - Returns: the operation, or why there is none.
    func match(_ method: HTTPRequest.Method, _ path: String) -> Match {
        let method = method == .head ? .get : method
        let fixed = byPath[path] ?? []
        if let operation = fixed.first(where: { $0.method == method }) {
            return .operation(operation, parameters: [:])
        }
        var methods = fixed.map(\.method.rawValue)
        let segments = path.split(separator: "/")
        for pattern in patterns {
            guard let parameters = Self.parameters(of: segments, in: pattern.segments) else { continue }
            if pattern.operation.method == method {
                return .operation(pattern.operation, parameters: parameters)
            }
            methods.append(pattern.operation.method.rawValue)
        }
        return methods.isEmpty ? .unknownPath : .otherMethods(Set(methods).sorted())
    }

    /// The shape of errors on a path, whatever the method.
    func errorSkin(ofPath path: String) -> ErrorSkin {
        byPath[path]?.first?.errorSkin ?? .openRouter
    }

    private static func parameters(of segments: [Substring], in pattern: [Substring]) -> [String: String]? {
        guard segments.count == pattern.count else { return nil }
        var parameters: [String: String] = [:]
        for (segment, expected) in zip(segments, pattern) {
            if expected.hasPrefix(":") {
                parameters[String(expected.dropFirst())] = String(segment)
            } else if segment != expected {
                return nil
            }
        }
        return parameters
    }
}
