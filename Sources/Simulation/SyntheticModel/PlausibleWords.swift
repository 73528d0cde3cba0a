internal import Tapes

/// Makes values that look right for a property's name, with words of the prompt where they fit.
///
/// The lists are in `PlausibleWords+Lists.swift`.
struct PlausibleWords {
    /// The source of every choice.
    var generator: SeededGenerator

    /// What the prompt is about.
    private let topic: TopicPhrase
    /// The place that the prompt names, as in "weather in Paris", or nil.
    private let place: String?
    /// Makes sentences; its own generator keeps sentences from repeating.
    private var composer: TextComposer

    /// Creates a source of words for one prompt.
    init(prompt: String, generator: SeededGenerator) {
        var generator = generator
        topic = TopicPhrase(prompt: prompt)
        place = Self.place(in: prompt)
        composer = TextComposer(topic: topic, generator: generator.branch(mixing: "sentences"))
        self.generator = generator
    }

    mutating func integer(in range: ClosedRange<Int>) -> Int {
        generator.integer(in: range)
    }

    mutating func chance(percent: Int) -> Bool {
        generator.chance(percent: percent)
    }

    mutating func choice<Element>(of choices: [Element]) -> Element? {
        generator.choice(of: choices)
    }

    /// A short lowercase word that can name a property.
    mutating func key() -> String {
        generator.choice(of: Self.nouns) ?? ""
    }

    /// The range that a number of this name usually lies in.
    func range(named name: String) -> ClosedRange<Int> {
        for word in Self.words(of: name).reversed() {
            if let range = Self.ranges[word] { return range }
        }
        return 1...100
    }

    /// A text that is plausible for a property of this name.
    mutating func text(named name: String) -> String {
        let words = Self.words(of: name)
        // The last word says what it is, "street" in "home_street"; earlier ones are second best.
        for index in words.indices.reversed() {
            if let kind = Self.kinds[words[index...].joined()] { return text(of: kind) }
        }
        for word in words.reversed() {
            if let kind = Self.kinds[word] { return text(of: kind) }
        }
        return topic.isFromPrompt && chance(percent: 40) ? topic.text : text(of: .noun)
    }

    /// A text in one of the formats of JSON Schema Validation 2020-12, section 7.3; nil for other formats.
    ///
    /// Names and addresses are those reserved for documentation (RFC 2606, RFC 5737, RFC 3849).
    mutating func text(format: String) -> String? {
        switch format {
        case "date-time": text(of: .dateTime)
        case "date": text(of: .date)
        case "time": text(of: .time) + ":00Z"
        case "duration": "PT\(integer(in: 5...90))M"
        case "email", "idn-email": text(of: .email)
        case "uri", "url", "iri": text(of: .url)
        case "uri-reference", "iri-reference": "/" + key()
        case "uuid": generator.uuid()
        case "ipv4": "192.0.2.\(integer(in: 1...254))"
        case "ipv6": "2001:db8::\(generator.characters(1, of: "123456789abcdef"))\(generator.hexadecimal(3))"
        case "hostname", "idn-hostname": key() + ".example.com"
        case "json-pointer": "/" + key()
        case "regex": "^[a-z]+$"
        default: nil
        }
    }
}

// MARK: - Kinds of text

extension PlausibleWords {
    /// What a text is.
    enum Kind {
        case givenName, familyName, fullName, username, email, phone
        case city, place, country, street, postalCode, address, company, product
        case date, time, dateTime, timeZone, language, currency, unit, color, status, category
        case url, host, path, identifier, uuid, version, digits
        case topic, title, sentence, text, noun
    }

    private mutating func text(of kind: Kind) -> String {
        switch kind {
        case .givenName: pick(Self.givenNames)
        case .familyName: pick(Self.familyNames)
        case .fullName: pick(Self.givenNames) + " " + pick(Self.familyNames)
        case .username: pick(Self.givenNames).lowercased() + String(integer(in: 10...99))
        case .email: pick(Self.givenNames).lowercased() + "." + pick(Self.familyNames).lowercased() + "@example.com"
        case .phone: "+1-555-01\(twoDigits(in: 0...99))"
        case .city: place ?? pick(Self.cities).city
        case .place: place ?? cityAndCountry()
        case .country: pick(Self.cities).country
        case .street: "\(integer(in: 1...240)) \(pick(Self.streets))"
        case .postalCode: String(integer(in: 10_000...99_999))
        case .address: "\(integer(in: 1...240)) \(pick(Self.streets)), \(cityAndCountry())"
        case .company: pick(Self.familyNames) + " " + pick(["Ltd", "Inc", "Group", "Partners", "Systems"])
        case .product: pick(Self.qualities).capitalizedAtStart + " " + pick(Self.products)
        case .date: "20\(twoDigits(in: 24...26))-\(twoDigits(in: 1...12))-\(twoDigits(in: 1...28))"
        case .time: "\(twoDigits(in: 0...23)):\(pick(["00", "15", "30", "45"]))"
        case .dateTime: text(of: .date) + "T" + text(of: .time) + ":00Z"
        case .timeZone: pick(["UTC", "Europe/Lisbon", "Europe/Paris", "America/New_York", "Asia/Tokyo"])
        case .language: pick(["English", "French", "German", "Japanese", "Portuguese", "Spanish"])
        case .currency: pick(["USD", "EUR", "GBP", "JPY", "CHF"])
        case .unit: pick(["celsius", "kilometer", "kilogram", "liter", "piece"])
        case .color: pick(["blue", "green", "gray", "orange", "red", "white", "yellow"])
        case .status: pick(["active", "completed", "open", "pending"])
        case .category: pick(["books", "electronics", "food", "general", "health", "science", "sports", "travel"])
        case .url: "https://www.example.com/" + pick(Self.nouns)
        case .host: pick(Self.nouns) + ".example.com"
        case .path: "/" + pick(Self.nouns) + "/" + pick(Self.nouns) + ".txt"
        case .identifier: pick(Self.nouns) + "_" + generator.alphanumeric(8)
        case .uuid: generator.uuid()
        case .version: "\(integer(in: 1...9)).\(integer(in: 0...9)).\(integer(in: 0...9))"
        case .digits: String(integer(in: 1000...9999))
        case .topic: topic.isFromPrompt ? topic.text : pick(Self.qualities) + " " + pick(Self.nouns)
        case .title: title()
        case .sentence: composer.sentence(from: TextVocabulary.bodies)
        case .text:
            composer.sentence(from: TextVocabulary.openings) + " " + composer.sentence(from: TextVocabulary.bodies)
        case .noun: pick(Self.nouns)
        }
    }

    private mutating func pick<Element>(_ list: [Element]) -> Element {
        list[generator.below(list.count)]
    }

    private mutating func cityAndCountry() -> String {
        let (city, country) = pick(Self.cities)
        return city + ", " + country
    }

    private mutating func title() -> String {
        let subject =
            topic.isFromPrompt
            ? topic.words.map(\.capitalizedAtStart).joined(separator: " ") : pick(TextVocabulary.titleSubjects)
        let (before, after) = pick(TextVocabulary.titles)
        return before + subject + after
    }

    private mutating func twoDigits(in range: ClosedRange<Int>) -> String {
        let number = integer(in: range)
        return number < 10 ? "0\(number)" : String(number)
    }
}

// MARK: - Names and prompts

extension PlausibleWords {
    /// The words of a name in camel case, snake case or with hyphens, in lowercase.
    static func words(of name: String) -> [String] {
        var words: [String] = []
        var current = ""
        var wasUppercase = true
        for character in name.prefix(80) {
            guard character.isLetter || character.isNumber else {
                if !current.isEmpty { words.append(current) }
                current = ""
                continue
            }
            if character.isUppercase, !wasUppercase, !current.isEmpty {
                words.append(current)
                current = ""
            }
            wasUppercase = character.isUppercase
            current += character.lowercased()
        }
        return current.isEmpty ? words : words + [current]
    }

    /// The capitalized words after a preposition of place, such as "New York" in "the weather in New York today".
    private static func place(in prompt: String) -> String? {
        let words = prompt.prefix(1000).split { $0.isWhitespace }
        for (index, word) in words.enumerated() where ["in", "near", "at", "for", "to"].contains(word) {
            var names: [Substring] = []
            for candidate in words[(index + 1)...].prefix(3) {
                let name = candidate.prefix { $0.isLetter && $0.unicodeScalars.count <= 3 || $0 == "-" }
                guard let first = name.first, first.isUppercase, name.count <= 24 else { break }
                names.append(name)
                if name.endIndex != candidate.endIndex { break }
            }
            if !names.isEmpty { return names.joined(separator: " ") }
        }
        return nil
    }
}
