extension TextVocabulary {
    /// First sentences of an answer; every one mentions the topic.
    static let openings = WordList<SentencePattern>(
        .opening,
        [
            "When it comes to {topic}, the {quality} first step is to {action}.",
            "A {quality} way to think about {topic} is to begin with {aspect}.",
            "Most questions about {topic} come down to {aspect} and {aspect}.",
            "There is no single answer for {topic}, but a {quality} approach is to {action}.",
            "In short, {topic} depends mainly on {aspect}, and it helps to {action}.",
            "For {topic}, {aspect} matters more than people expect.",
            "The {quality} answer is that {topic} becomes easier when you {action}.",
            "Before going deeper into {topic}, it is worth a moment to {action}.",
            "People often approach {topic} from the wrong side and forget {aspect}.",
            "Here is a {quality} way to look at {topic}: {action}, and then {action}.",
            "What stands out about {topic} is {aspect}.",
            "With {topic}, the {quality} choice is usually to {action}, especially {condition}.",
            "Two things shape {topic}: {aspect} and {aspect}.",
            "If you want to understand {topic}, {action} and pay attention to {aspect}.",
        ]
    )

    /// Sentences for the middle of an answer.
    static let bodies = WordList<SentencePattern>(
        .body,
        [
            "It usually helps to {action}, because that {effect}.",
            "A {quality} habit is to {action}, which {effect}.",
            "Much depends on {aspect}, so {action} {condition}.",
            "That said, {aspect} can change the picture, especially {condition}.",
            "For instance, {example} often {effect}.",
            "The main risk is {risk}, and {example} is a good protection against it.",
            "Try to {action} first, and only then look at {aspect}.",
            "In practice, {example} is enough {condition}.",
            "Many people underestimate {aspect}, although it {effect}.",
            "Pay attention to {aspect}, since it tells you when to {action}.",
            "A common mistake is {risk}; a {quality} alternative is to {action}.",
            "The reason is simple: a {quality} plan {effect}.",
            "You can also {action}, although {aspect} may then need more attention.",
            "Once that works, {action} and see whether it still {effect}.",
            "Another point is {aspect}, which becomes important {condition}.",
            "Even {example} can help, as long as you avoid {risk}.",
            "It is fine to {action} {condition}, and to return to {aspect} later.",
            "Some prefer to {action}, while others start with {example}; both can work.",
        ]
    )

    /// Last sentences of an answer.
    static let closings = WordList<SentencePattern>(
        .closing,
        [
            "If you tell me more about {aspect}, I can be more specific.",
            "In the end, it is the {quality} approach that {effect}.",
            "With that in place, the rest follows more easily.",
            "Start small, {action}, and adjust from there.",
            "Overall, a {quality} plan and {example} will take you most of the way.",
            "Whatever you choose, remember to {action}.",
            "That is usually enough to get started, even {condition}.",
            "Taken together, this {effect}.",
            "Let me know if you would like a closer look at {aspect}.",
            "The short version is to {action} and to be wary of {risk}.",
            "From there, {example} will show you what to do next.",
            "Above all, do not forget {aspect}.",
        ]
    )

    /// Sentences before a list; every one mentions the topic.
    static let listIntroductions = WordList<SentencePattern>(
        .introduction,
        [
            "Here are a few points to consider about {topic}:",
            "For {topic}, a {quality} plan has these parts:",
            "There are several ways to approach {topic}:",
            "These ideas tend to work well with {topic}:",
            "A {quality} overview of {topic} could look like this:",
            "When you deal with {topic}, keep the following in mind:",
            "The essentials of {topic} are quickly told:",
            "To make progress with {topic}, go through these points in order:",
        ]
    )

    /// Items of a list.
    static let listItems = WordList<SentencePattern>(
        .item,
        [
            "{action}, which {effect}.",
            "{action}, in particular {condition}.",
            "Consider {aspect} before anything else.",
            "Use {example}; it {effect}.",
            "Avoid {risk}.",
            "Think about {aspect} and about {aspect}.",
            "{action}, and then {action}.",
            "Prepare {example} {condition}.",
        ]
    )

    /// First sentences of a chain of thought; every one mentions the topic.
    static let reasoningStarts = WordList<SentencePattern>(
        .start,
        [
            "The user is asking about {topic}, so I should think about {aspect} first.",
            "Let me think about {topic} for a moment.",
            "The question concerns {topic}, and the core of it seems to be {aspect}.",
            "I need to work out what matters for {topic} here.",
            "This is about {topic}; a {quality} answer should cover {aspect}.",
            "First, I should be clear about what is meant by {topic}.",
            "Okay, {topic} is the subject, and the answer should be {quality} and complete.",
            "To answer this, I want to connect {topic} with {aspect}.",
        ]
    )

    /// Later sentences of a chain of thought.
    static let reasoningSteps = WordList<SentencePattern>(
        .step,
        [
            "One option is to suggest that they {action}, since that {effect}.",
            "I should also mention {aspect}, because it matters {condition}.",
            "A {quality} structure would be to {action} and then turn to {aspect}.",
            "I want to avoid {risk} here.",
            "Perhaps {example} would make this easier to follow.",
            "On the other hand, {aspect} could be a problem {condition}.",
            "Let me check whether that still holds {condition}.",
            "That seems right, so I will keep the answer short and {quality}.",
            "It is probably best to {action} before going into {aspect}.",
            "I could give {example}, as it {effect}.",
            "The user may not know about {risk}, so a short warning is useful.",
            "Now I can write the answer.",
        ]
    )

    /// What stands before and after the subject of a title.
    static let titles: [(before: String, after: String)] = [
        ("Understanding ", ""), ("A Short Guide to ", ""), ("A Closer Look at ", ""), ("Notes on ", ""),
        ("", " in Practice"), ("", " Explained"), ("The Basics of ", ""), ("", ": An Overview"),
        ("Getting Started with ", ""), ("", " at a Glance"), ("Questions About ", ""), ("Thinking About ", ""),
        ("", ""), ("Working with ", ""), ("", " Step by Step"), ("First Steps in ", ""),
    ]

    /// Subjects for titles when the prompt gives none.
    static let titleSubjects = [
        "a New Project", "Better Planning", "Clear Answers", "Daily Decisions", "Good Questions", "Small Experiments",
        "Simple Tools", "Useful Habits", "Open Questions", "Everyday Problems",
    ]
}
