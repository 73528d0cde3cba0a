internal import OpenRouterAPI

/// The password in `scheme://user:password@host` (RFC 3986 §3.2.1).
enum URLPassword {
    private static let userInfo = ByteSet(
        ByteSet.digits + ByteSet.upper + ByteSet.lower + "-._~!$&'()*+,;=%:"
    )
    private static let longestUserInfo = 512
    /// What guides write in its place.
    private static let examples = ["password", "pass", "pwd", "secret", "xxxx", "****"].map { Array($0.utf8) }

    /// The range if the colon of the scheme is at `start`, or nil.
    static func range(in bytes: UnsafeBufferPointer<UInt8>, atColon start: Int) -> Range<Int>? {
        guard bytes.holds(Array("://".utf8), at: start) else { return nil }
        let limit = min(bytes.count, start + 3 + longestUserInfo)
        var index = start + 3
        var colon: Int?
        while index < limit, userInfo.contains(bytes[index]) {
            if bytes[index] == UInt8(ascii: ":"), colon == nil { colon = index }
            index += 1
        }
        guard let colon, index < limit, bytes[index] == UInt8(ascii: "@"), index - colon > 3 else { return nil }
        let range = colon + 1..<index
        return examples.contains { bytes[range].elementsEqual($0) } ? nil : range
    }
}

/// The token of a Telegram bot behind its number: `123456789:AA…` (core.telegram.org/bots/api, authorizing your bot).
enum TelegramToken {
    private static let count = 35

    /// The token's range if the colon is at `start`, or nil.
    static func range(in bytes: UnsafeBufferPointer<UInt8>, atColon start: Int) -> Range<Int>? {
        guard bytes.holds(Array(":AA".utf8), at: start) else { return nil }
        var digits = 0
        while digits < 11, start > digits, (0x30...0x39).contains(bytes[start - digits - 1]) {
            digits += 1
        }
        var end = start + 1
        while end < bytes.count, end - start <= count + 1, ByteSet.base64URL.contains(bytes[end]) {
            end += 1
        }
        return (8...10).contains(digits) && end - start - 1 == count ? start + 1..<end : nil
    }
}

/// The token of a Discord bot: its number in base64, a time and a MAC, joined by full stops.
enum DiscordToken {
    /// The range if the first full stop is at `dot`, or nil.
    static func range(in bytes: UnsafeBufferPointer<UInt8>, atDot dot: Int) -> Range<Int>? {
        var start = dot
        while start > 0, dot - start < 29, ByteSet.base64URL.contains(bytes[start - 1]) {
            start -= 1
        }
        guard (23...28).contains(dot - start), "MNO".utf8.contains(bytes[start]) else { return nil }
        var middle = dot + 1
        while middle < bytes.count, ByteSet.base64URL.contains(bytes[middle]) {
            middle += 1
        }
        guard middle - dot == 7, middle < bytes.count, bytes[middle] == UInt8(ascii: ".") else { return nil }
        var end = middle + 1
        while end < bytes.count, ByteSet.base64URL.contains(bytes[end]) {
            end += 1
        }
        return (27...45).contains(end - middle - 1) ? start..<end : nil
    }
}

/// What makes the address of a Slack or Discord webhook a secret: all behind its fixed part.
enum WebhookAddress {
    private static let places = [
        "hooks.slack.com/services/", "hooks.slack.com/workflows/", "discord.com/api/webhooks/",
        "discordapp.com/api/webhooks/",
    ].map { Array($0.utf8) }
    private static let path = ByteSet(ByteSet.digits + ByteSet.upper + ByteSet.lower + "_-/")
    private static let minimumCount = 30

    static func range(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Range<Int>? {
        guard let place = places.first(where: { bytes.holds($0, at: start) }) else { return nil }
        let first = start + place.count
        var end = first
        while end < bytes.count, path.contains(bytes[end]) {
            end += 1
        }
        let range = first..<end
        return range.count >= minimumCount || Placeholder.starts(in: bytes, at: first) ? range : nil
    }
}

/// `Basic` and base64 of a name and a password (RFC 7617 §2).
enum BasicCredentials {
    private static let scheme = Array("basic ".utf8)

    static func range(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Range<Int>? {
        guard start + scheme.count < bytes.count else { return nil }
        for offset in scheme.indices where bytes[start + offset] | 0x20 != scheme[offset] {
            return nil
        }
        let first = start + scheme.count
        var end = first
        while end < bytes.count, ByteSet.token68.contains(bytes[end]) {
            end += 1
        }
        let range = first..<end
        guard range.count >= 8 else { return nil }
        if Placeholder.matches(bytes, range) { return range }
        guard let decoded = Base64.decoded(String(decoding: bytes[range], as: UTF8.self)),
            decoded.contains(UInt8(ascii: ":")), decoded.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
        else { return nil }
        return range
    }
}
