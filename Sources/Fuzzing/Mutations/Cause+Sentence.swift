extension Cause {
    /// The likely cause in one sentence.
    package var sentence: String {
        switch self {
        case .broken: "The client does not get a plain, undisturbed answer right; see its standard error."
        case .encoding: "The client does not decode the body as UTF-8, whatever the headers say about the charset."
        case .trimmedText:
            "The client trims or drops blanks and line breaks at the ends of deltas or of the whole text."
        case .unicodeLines:
            "The client splits lines at other characters than CR and LF (U+2028, U+0085, …), as many standard libraries' line splitters do."
        case .textAsFraming:
            "The client looks for data:, [DONE] or empty lines inside the text, not only at the level of lines and whole events."
        case .reasoning: "The client takes reasoning for text, or stumbles over deltas that have only reasoning."
        case .manyDeltas: "The client fails on a longer answer of ordinary deltas."
        case .tools:
            "The client does not put the fragments of a tool call together: join them by index, and parse them when the answer is complete."
        case .toolIndex: "The client joins the fragments of several tool calls without looking at their index."
        case .buffering:
            "The client treats each read as whole lines or events; the unfinished rest must be kept until more bytes come."
        case .oneEventARead: "The client takes only one event out of each read and loses the others that came with it."
        case .decodePerRead:
            "The client decodes each read to text by itself, so that a character split over two reads is damaged or fatal."
        case .byteReads: "The client fails when the body comes in very small reads."
        case .blankLineSplit: "The client finds the end of an event only if the whole empty line is in one read."
        case .sentinelSplit: "The client recognizes [DONE] only if it is in one read."
        case .crlf: "The client knows only LF as the end of a line, not CR LF."
        case .loneCR: "The client does not take a CR alone for the end of a line."
        case .mixedLineEnds: "The client does not accept different line ends in one stream."
        case .splitCRLF: "The client takes a CR LF that is split over two reads for two line ends, or loses one."
        case .fieldSpace: "The client expects a space after the colon of data:, which is optional."
        case .twoSpaces: "The client does not accept white space before JSON beyond the one space after the colon."
        case .multiLineData: "The client does not join several data lines of one event before it parses them."
        case .byteOrderMark: "The client does not skip a byte order mark at the start of the body."
        case .splitMark: "The client does not skip a byte order mark that is split over two reads."
        case .unfinishedTail:
            "The client fails, or loses the answer, when the last empty line is missing after the marker of success."
        case .comments: "The client does not ignore comment lines such as ': OPENROUTER PROCESSING'."
        case .commentInside: "The client does not ignore comments inside an event's block."
        case .commentInData: "The client takes a comment between the data lines of an event for the end of the event."
        case .emptyData: "The client parses events with empty data instead of skipping them."
        case .otherFields: "The client does not ignore fields other than data (id, retry, unknown ones)."
        case .fieldNames:
            "The client takes fields for data whose names only begin with data, or have other letter case."
        case .eventField: "The client stumbles over the field event, or over its absence."
        case .blankLines: "The client takes each empty line for the end of an event, even if there was none."
        case .unknownEvent: "The client does not ignore events of a kind that it does not know."
        case .sentinelRequired:
            "The client insists on [DONE] although the finish reason has come and the body is complete."
        case .afterSentinel: "The client goes on reading after [DONE] instead of stopping there."
        case .sentinelBlanks: "The client hangs or crashes when there are blanks around [DONE]."
        case .waitsForClose: "The client waits for the connection to close after [DONE] instead of finishing there."
        case .contentType: "The client compares the media type as a text, with its parameters or letter case."
        case .headSpelling: "The client relies on letter case, reason phrase or number of the header fields."
        case .framing:
            "The client relies on chunked transfer coding; a body may have a length or end with the connection as well."
        case .chunkSyntax:
            "The client reads chunk sizes itself and does not know extensions, upper case, leading zeros or trailers."
        case .earlyResponse: "The client takes an informational response (1xx) for the answer."
        case .coding: "The client offers gzip but does not decode it, or not piece by piece."
        case .bigEvent: "The client has a limit on the size of an event or line, or takes quadratic time for it."
        case .manyEvents: "The client has a limit on the number of events, or takes quadratic time for them."
        case .shortSilence: "The client's limit on silence is much shorter than the one it was given."
        case .totalLimit: "The client limits the time of the whole answer instead of the silence between bytes."
        case .commentsNoLife:
            "The client does not take comments for signs of life: keep-alives have to reset its limit on silence."
        case .noChoices:
            "The client reads choices[0] without checking that there is one (usage comes with choices: [])."
        case .choicesMissing: "The client does not accept a chunk whose choices is missing or null."
        case .usageMissing: "The client insists on usage."
        case .nullMembers: "The client does not accept null where a member has nothing to say."
        case .nullContent:
            "The client does not accept a delta whose content is null, missing or empty, which means nothing new."
        case .nullDelta: "The client does not accept a choice whose delta is null or missing."
        case .nullToolCalls: "The client does not accept tool_calls that is null or empty."
        case .role: "The client relies on the role being on certain chunks."
        case .finishWithText: "The client ignores the text, or the tool_calls, of the chunk that has the finish reason."
        case .finishTwice: "The client mishandles a repeated finish reason, or a chunk without one after it."
        case .markerRequired: "The client insists on a finish reason although [DONE] has come."
        case .finishReason: "The client mishandles a finish reason other than stop."
        case .deltas: "The client relies on how the text is cut into deltas (one delta, empty ones, single characters)."
        case .surrogates:
            "The client encodes each delta by itself; an escaped surrogate pair that is split over two deltas must be joined first."
        case .escapes: "The client does not decode escapes of JSON; it has to parse it."
        case .spelling: "The client searches the JSON as a text instead of parsing it."
        case .unknownMembers: "The client does not ignore members that it does not know."
        case .numberType: "The client hangs, crashes or is wrong on an index that is no plain integer."
        case .contentParts: "The client is wrong on content that is an array of parts."
        case .illFormedUTF8:
            "The client drops ill-formed bytes of the body, or hangs on them, instead of replacing or reporting them."
        case .severalParts:
            "The client takes the text of one item or content block for the whole; an answer may have several, to be joined as they come."
        case .otherParts:
            "The client does not ignore items or content blocks of a kind that it does not know, or takes the first one for the text."
        case .otherDeltas:
            "The client does not ignore deltas of other types than that of text (citations, signatures, new ones)."
        case .itemOrder:
            "The client relies on each item being closed before the next one is opened: go by output_index."
        case .itemID:
            "The client looks up items by their ids, which the last event may spell otherwise: go by output_index."
        case .pings: "The client does not ignore events of the type ping."
        case .argumentsEarly: "The client parses arguments before they are complete."
        case .argumentsWhole: "The client relies on how the arguments are cut into fragments."
        case .argumentsFirst: "The client ignores arguments that come in the first fragment, together with the name."
        case .argumentsMissing: "The client does not accept a tool call without arguments, which means {}."
        case .argumentsCut: "The client reports success although the arguments of a tool call are no complete JSON."
        case .toolOrder: "The client relies on the calls of tools coming in the order of their indices."
        case .toolRepeatedID:
            "The client takes an id that is repeated on later fragments for a new call, or appends it."
        case .toolRepeatedName: "The client appends a tool's name that is repeated on later fragments."
        case .toolNullMembers:
            "The client overwrites id, name or type of a call with the null, empty or missing ones of later fragments."
        case .toolNoIndex: "The client does not accept a tool call without an index, although there is only one."
        case .toolSameIndex: "The client mixes up two calls that have different ids under one index."
        case .toolsInOneChunk: "The client looks only at the first fragment where one chunk has several tool_calls."
        case .toolBesideText: "The client overlooks tool_calls, or content, of a delta that has both."
        case .toolFinish: "The client prints tool calls only if the finish reason is tool_calls."
        case .truncation:
            "The client takes the end of the body for the end of the answer; without a finish reason or [DONE] the answer is cut."
        case .emptyStream: "The client takes an answer without any event for an empty success."
        case .transportError: "The client swallows the error of a connection that is lost in the middle of the body."
        case .lateCut: "The client mishandles a connection that is lost after the answer was complete."
        case .stall:
            "The client has no limit on silence: it waits for ever when the connection stays open and nothing comes."
        case .noResponse: "The client does not report a connection that is lost before the status line."
        case .repeatedText: "The client asks again after it has got text, and shows that text twice."
        case .endlessLine: "The client does not report a line that never ends."
        case .streamError:
            "The client ignores an error inside the stream (a chunk with error) and reports success with partial text."
        case .finishError: "The client takes finish_reason error for a success."
        case .errorEvent: "The client ignores an event of the type error."
        case .status: "The client does not check the HTTP status."
        case .statusBody: "The client fails to report an error status whose body is not the JSON that it expects."
        case .okError: "The client does not notice that a 200 is no event stream but a JSON error or a page."
        case .retryAfter:
            "The client trusts Retry-After: it waits too long, or stumbles over a value that is no small number."
        case .badJSON: "The client skips events that are no JSON, and so loses text without a word."
        case .notAnObject: "The client skips events whose JSON is no object."
        case .exitStatus: "The client tells errors on standard error, but its exit status is 0 all the same."
        case .retryStorm: "The client asks again too often; retries have to be few and bounded."
        case .memory: "The client's memory grows far beyond what the answer needs."
        case .crash: "The client was ended by a signal."
        case .output: "The client prints other text than was sent."
        case .recorded:
            "The client does not get right what was recorded, though nothing is mutated; see which events are left below."
        case .combination: "The client fails only when several conditions meet."
        }
    }
}
