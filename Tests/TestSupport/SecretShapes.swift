/// Sixty secrets of each shape that is known, made up from parts so that no scanner takes this file for a leak.
package enum SecretShapes {
    private static let letters = Array("aB3dE6gH9jK2mN5pQ8rS1tV4wX7yZ0cF")
    private static let hexDigits = Array("0e6f44a47a05f1dad2ad7e88c4c1d6b7")

    /// As many letters and digits as asked for, the same each time but other ones behind another prefix.
    private static func mixed(_ count: Int, _ prefix: String) -> String {
        let start = prefix.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF }
        return String((0..<count).map { letters[(start + $0 * 7 + $0 / 32) % letters.count] })
    }

    private static func hex(_ count: Int, _ prefix: String) -> String {
        let start = prefix.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF }
        return String((0..<count).map { hexDigits[(start + $0 * 5 + $0 / 32) % hexDigits.count] })
    }

    private static let mixedShapes: [(String, Int)] = [
        ("sk-ant-api03-", 80), ("sk-proj-", 60), ("sk-svcacct-", 60), ("sk-admin-", 60), ("sk-", 48), ("sk-lf-", 36),
        ("AIzaSy", 33), ("ya29.a0", 60), ("GOCSPX-", 28), ("gsk_", 52), ("hf_", 34), ("xai-", 80), ("pplx-", 48),
        ("nvapi-", 64), ("r8_", 37), ("tgp_v1_", 43), ("fw_", 24), ("csk-", 48), ("pcsk_", 60), ("lsv2_pt_", 43),
        ("tvly-", 32), ("jina_", 60), ("pa-", 43), ("github_pat_11", 70), ("ghp_", 36), ("gho_", 36), ("ghu_", 36),
        ("ghs_", 36), ("ghr_", 76), ("glpat-", 20), ("gldt-", 20), ("npm_", 36), ("pypi-AgEIcHlwaS5vcmc", 120),
        ("dckr_pat_", 27), ("xoxb-1234567890-", 24), ("xoxp-1234567890-", 24), ("xapp-1-A0", 40), ("sk_live_", 24),
        ("rk_live_", 24), ("whsec_", 32), ("SG.", 66), ("lin_api_", 40), ("ntn_", 46), ("PMAK-", 59),
        ("ATATT3xFfGF0", 100), ("hvs.", 90), ("sb_secret_", 31), ("glsa_", 41), ("figd_", 40),
    ]

    private static let hexShapes: [(String, Int)] = [
        ("sk-or-v1-", 64), ("dapi", 32), ("fc-", 32), ("e2b_", 40), ("shpat_", 32), ("dop_v1_", 64), ("SK", 32),
        ("sbp_", 40),
    ]

    /// Those that are found by their own look.
    package static let all: [String] =
        mixedShapes.map { $0.0 + mixed($0.1, $0.0) } + hexShapes.map { $0.0 + hex($0.1, $0.0) } + [
            "AKIA" + "IOSFODNN7EXAMPLE",
            "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0In0." + mixed(43, "jwt"),
            "MTk4NjIyNDgzNDcxOTI1MjQ4" + ".GSbsnC." + mixed(38, "discord"),
        ]

    /// Those that are found by what stands before them: the context with `{}`, and the secret.
    package static let inContext: [(context: String, secret: String)] = [
        ("Authorization: Bearer {}", mixed(40, "bearer")),
        ("Authorization: Basic {}", "dXNlcjpwYXNzd29yZDE="),
        ("postgres://app:{}@db.example.com:5432/prod", "s3cr3tPw9" + "xyzzy"),
        ("redis://:{}@cache:6379", "r3d1s" + "Passw0rd"),
        ("bot 123456789:{} joined", "AA" + mixed(33, "telegram")),
        ("https://hooks.slack.com/services/{}", "T0AAAA111/B0BBBB222/" + mixed(24, "slack")),
        ("https://discord.com/api/webhooks/{}", "123456789012345678/" + mixed(68, "discord hook")),
        ("AWS_SECRET_ACCESS_KEY={}", mixed(40, "aws")),
        ("MISTRAL_API_KEY={}", mixed(32, "mistral")),
        ("export COHERE_API_KEY='{}'", mixed(40, "cohere")),
        ("AccountName=x;AccountKey={};EndpointSuffix=core.windows.net", mixed(86, "azure") + "=="),
        ("api_key: {}", hex(32, "yaml")),
        ("client_secret = {}", mixed(32, "toml")),
    ]
}

/// What looks like a secret and is none.
package enum LookAlikes {
    package static let all: [String] = [
        "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "0e6f44a47a05f1dad2ad7e88c4c1d6b77688157716fb1a5271146f7464951c96",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "d41d8cd98f00b204e9800998ecf8427e",
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==",
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
        "anthropic/claude-sonnet-4.5:thinking",
        "openai/gpt-4o-mini-2024-07-18",
        "deepseek/deepseek-chat-v3-0324:free",
        "gen-1790000000-9f8A7b6C5d4E3f2G1h0I",
        "chatcmpl-9f8A7b6C5d4E3f2G1h0I9j8K7l6M5",
        "resp_68af4030baa48193b0b43b4c2a176a1a0e6878054e567420",
        "msg_01XFDUDYJgAACzvnptvVoYEL",
        "call_9f8A7b6C5d4E3f2G1h0I9j8K",
        "toolu_01A09q90qw90lq917835lq9",
        "rs_68af4030baa48193b0b43b4c2a176a1a0e6878054e567420",
        "file-9f8A7b6C5d4E3f2G1h0I9j8K",
        "req_011CSHoEeqs5C35K2UUqR7Fy",
        "user_2abcDEF0123456789abcdefghij",
        "org-9f8A7b6C5d4E3f2G1h0I9j8K",
        "fp_44709d6fcb",
        "01HZX3Y8V9W0K1M2N3P4Q5R6S7",
        "V1StGXR8_Z5jdHi6B-myT",
        "507f1f77bcf86cd799439011",
        "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "W/\"5f3759df-0x5f3759df1a2b3c4d5e6f\"",
        "The task-force of the risk-averse desk-bound sk-learn users met",
        "sk-or-v1-0e6...1c96",
        "sk-...",
        "sk-ant-...your-key",
        "AKIA is how access keys start, AIza Google's, ghp_ GitHub's",
        "https://user@example.com/path",
        "https://example.com:8443/a@b",
        "postgres://user:password@localhost/db",
        "api_key: YOUR_API_KEY",
        "password: string",
        "OPENAI_API_KEY=os.environ[",
        "token: Optional[str] = None",
        "max_tokens=4096&prompt_tokens=12",
        "Basic arithmetic and Basic understanding",
        "Bearer authentication-is-explained",
        "-----BEGIN CERTIFICATE-----",
        "eyJhbGciOiJIUzI1NiJ9 alone",
        "2026-01-02T03:04:05.678901+00:00",
        "EqoBCkgIARABGAIiQL8/x+sk-AIza==",
        "npm_config_registry and hf_transfer and gsk_settings",
        "10:30:AAA rated bonds, 12345678:AAA",
    ]
}
