/// The words that ``TextComposer`` fills into patterns, and the words that no topic is made of.
///
/// Each list can be extended, but that changes every text. The patterns are in `TextVocabulary+Patterns.swift`.
enum TextVocabulary {
    /// The lists by the name of their slot.
    static let slots: [String: WordList<String>] = [
        "quality": WordList(.quality, qualities), "aspect": WordList(.aspect, aspects),
        "action": WordList(.action, actions), "effect": WordList(.effect, effects),
        "condition": WordList(.condition, conditions), "example": WordList(.example, examples),
        "risk": WordList(.risk, risks),
    ]

    private static let qualities = [
        "practical", "simple", "reliable", "direct", "careful", "useful", "common", "sensible", "gentle", "quick",
        "flexible", "proven", "clear", "modest", "honest", "thorough",
    ]

    /// Noun phrases in the singular.
    private static let aspects = [
        "the overall goal", "the available time", "the cost of a mistake", "the order of the steps",
        "the level of detail", "the starting point", "the quality of the data", "the size of the problem",
        "the experience of the people involved", "the budget", "the history behind it", "the local situation",
        "the choice of tools", "the way it is measured", "the effort it takes", "the expected result",
        "the difference between theory and practice", "the role of habit", "the need for feedback",
        "the pace of change",
    ]

    /// Verb phrases in the base form.
    private static let actions = [
        "write down what you already know", "start with a small example", "compare two or three options",
        "ask someone who has done it before", "check the result early", "keep the first version simple",
        "change one thing at a time", "set a clear limit", "look at a typical case first",
        "separate facts from opinions",
        "measure before and after", "plan for the most likely case", "keep notes along the way",
        "test the weakest point",
        "agree on what counts as done", "leave room for surprises", "read the basics once more",
        "remove what is not needed",
        "work backward from the goal", "repeat the step that worked", "explain it in your own words",
        "divide it into smaller parts",
    ]

    /// Verb phrases in the third person.
    private static let effects = [
        "saves time later on", "keeps the result easy to check", "avoids most surprises",
        "makes the trade-offs visible",
        "gives everyone the same picture", "leaves fewer open questions", "keeps the cost under control",
        "shows where the real problem is", "makes the next decision easier", "builds confidence step by step",
        "helps others to follow your reasoning", "prevents small errors from growing", "turns guesses into knowledge",
        "keeps the options open", "makes progress easy to see", "reduces the risk of starting over",
    ]

    /// Clauses that say when.
    private static let conditions = [
        "if time is short", "once the basics are clear", "when the details start to matter", "if the first try fails",
        "as soon as other people depend on it", "when the numbers do not add up", "if you are new to it",
        "once you have a first result", "when two goals are in conflict", "if the budget is limited",
        "before you make a final decision", "when nobody agrees on the terms", "after the first week",
        "if the situation changes",
    ]

    /// Noun phrases in the singular.
    private static let examples = [
        "a short checklist", "a rough sketch", "a table with three columns", "a conversation of ten minutes",
        "a trial run on a quiet day", "a single well-chosen question", "a small group of testers", "a simple diagram",
        "a list of known cases", "a comparison with last year", "a second opinion", "a weekly review",
    ]

    /// Noun phrases in the singular.
    private static let risks = [
        "rushing to a conclusion", "doing everything at once", "trusting the first number you see",
        "ignoring the exceptions", "copying a solution from a different situation", "waiting for perfect information",
        "losing sight of the purpose", "forgetting who will use the result", "adding detail too early",
        "treating an estimate as a promise",
    ]

    /// English words, in lowercase, that say nothing about the subject of a prompt.
    static let wordsWithoutMeaning: Set<String> = [
        "a", "about", "above", "after", "again", "all", "also", "am", "an", "and", "answer", "any", "are", "as",
        "ask", "assistant", "at", "based", "be", "because", "been", "before", "being", "below", "best", "better",
        "between", "both", "brief", "briefly", "but", "by", "can", "compare", "continue", "could", "count", "create",
        "define", "describe", "detail", "did", "difference", "discuss", "do", "does", "doing", "don't", "down",
        "each", "ever", "every", "exactly", "example", "explain", "few", "find", "first", "following", "for", "from",
        "further", "generate", "get", "give", "given", "good", "had", "hallo", "has", "have", "he", "hello", "help",
        "her", "here", "here's", "hey", "hi", "him", "his", "how", "i", "i'd", "i'm", "i've", "if", "imagine", "in",
        "instead", "into", "is", "it", "it's", "its", "just", "know", "let", "let's", "like", "list", "long", "make",
        "many", "may", "maybe", "me", "mean", "means", "message", "might", "more", "most", "much", "must", "my",
        "name", "need", "never", "no", "not", "now", "of", "off", "ok", "okay", "on", "once", "one", "only", "or",
        "other", "our", "out", "outline", "output", "over", "paragraph", "paragraphs", "please", "print", "prompt",
        "provide", "question", "really", "recommend", "reply", "respond", "return", "review", "rewrite", "same",
        "say", "second", "sentence", "sentences", "shall", "she", "short", "should", "show", "so", "some",
        "something", "such", "suggest", "summarize", "summary", "suppose", "tell", "test", "text", "than", "thank",
        "thanks", "that", "the", "their", "them", "then", "there", "these", "they", "think", "this", "those", "three",
        "to", "today", "too", "translate", "two", "under", "until", "up", "us", "use", "user", "using", "very",
        "want", "was", "we", "were", "what", "what's", "when", "where", "which", "while", "who", "whom", "why",
        "will", "with", "without", "word", "words", "would", "write", "yes", "you", "your", "yourself",
    ]
}
