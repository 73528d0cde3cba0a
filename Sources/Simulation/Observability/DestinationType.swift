/// A service that traces go to (schema `CreateObservabilityDestinationRequest`, `type`).
enum DestinationType: String, Sendable, Codable, CaseIterable {
    case arize, braintrust, clickhouse, datadog, grafana, langfuse, langsmith, newrelic, opik
    case otelCollector = "otel-collector"
    case posthog, ramp, s3, sentry, snowflake, weave, webhook
}

extension DestinationType {
    /// The member of the configuration that says where to post traces; nil for services of others, which the simulator
    /// never talks to.
    var endpointMember: String? {
        switch self {
        case .otelCollector: "endpoint"
        case .webhook: "url"
        default: nil
        }
    }
}

// MARK: - Configuration

extension DestinationType {
    /// The members of `config` (schemas `Observability…Destination`; reference: platform §5.6).
    var shape: ObjectShape {
        ObjectShape(ownMembers + [.optional("headers", .map(of: .secret))])
    }

    private var ownMembers: [ObjectShape.Member] {
        switch self {
        case .arize:
            [
                .required("apiKey", .secret), .required("spaceKey", .secret), .required("modelId", .text),
                .optional("baseUrl", .string()),
            ]
        case .braintrust:
            [.required("apiKey", .secret), .required("projectId", .text), .optional("baseUrl", .string())]
        case .clickhouse:
            [
                .required("host", .text), .required("database", .text), .required("username", .text),
                .required("password", .secret), .optional("table", .string()),
            ]
        case .datadog:
            [.required("apiKey", .secret), .required("mlApp", .text), .optional("url", .string())]
        case .grafana:
            [.required("apiKey", .secret), .required("instanceId", .text), .optional("baseUrl", .string())]
        case .langfuse:
            [.required("publicKey", .secret), .required("secretKey", .secret), .optional("baseUrl", .string())]
        case .langsmith:
            [
                .required("apiKey", .secret), .optional("project", .text), .optional("workspaceId", .string()),
                .optional("endpoint", .string()),
            ]
        case .newrelic:
            [.required("licenseKey", .secret), .optional("region", .choice(["us", "eu"]))]
        case .opik:
            [.required("apiKey", .secret), .required("workspace", .text), .required("projectName", .text)]
        case .otelCollector:
            [.required("endpoint", .format(.uri))]
        case .posthog:
            [.required("apiKey", .secret), .optional("endpoint", .string())]
        case .ramp:
            [.required("apiKey", .secret), .optional("baseUrl", .string())]
        case .s3:
            [
                .required("bucketName", .text), .required("accessKeyId", .secret),
                .required("secretAccessKey", .secret), .optional("region", .string()),
                .optional("endpoint", .format(.uri)), .optional("sessionToken", .secret),
                .optional("prefix", .string()), .optional("pathTemplate", .string()),
            ]
        case .sentry:
            [.required("dsn", .format(.sentryDSN)), .required("otlpEndpoint", .string())]
        case .snowflake:
            [
                .required("account", .format(.snowflakeAccount)), .required("token", .secret),
                .optional("database", .string()), .optional("schema", .string()), .optional("table", .string()),
                .optional("warehouse", .string()),
            ]
        case .weave:
            [
                .required("apiKey", .secret), .required("entity", .text), .required("project", .text),
                .optional("baseUrl", .string()),
            ]
        case .webhook:
            [.required("url", .format(.uri)), .optional("method", .choice(["POST", "PUT"]))]
        }
    }

    /// What members are that nobody has set, by name.
    var defaults: [String: String] {
        switch self {
        case .arize: ["baseUrl": "https://otlp.arize.com"]
        case .braintrust: ["baseUrl": "https://api.braintrust.dev"]
        case .clickhouse: ["table": "OPENROUTER_TRACES"]
        case .datadog: ["url": "https://api.us5.datadoghq.com"]
        case .grafana: ["baseUrl": "https://otlp-gateway-prod-us-west-0.grafana.net"]
        case .langfuse: ["baseUrl": "https://us.cloud.langfuse.com"]
        case .langsmith: ["project": "main", "endpoint": "https://api.smith.langchain.com"]
        case .newrelic: ["region": "us"]
        case .opik, .otelCollector, .sentry: [:]
        case .posthog: ["endpoint": "https://us.i.posthog.com"]
        case .ramp: ["baseUrl": "https://api.ramp.com/developer/v1/ai-usage/openrouter"]
        case .s3: ["prefix": "openrouter-traces", "pathTemplate": "{prefix}/{date}"]
        case .snowflake:
            [
                "database": "SNOWFLAKE_LEARNING_DB", "schema": "PUBLIC", "table": "OPENROUTER_TRACES",
                "warehouse": "COMPUTE_WH",
            ]
        case .weave: ["baseUrl": "https://trace.wandb.ai"]
        case .webhook: ["method": "POST"]
        }
    }
}
