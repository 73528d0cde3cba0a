/// All faults, in the order of the documentation.
package enum FaultTable {
    package static let all: [any Fault.Type] = [
        LatencyFault.self,
        JitterFault.self,
        PauseFault.self,
        SlicerFault.self,
        BandwidthFault.self,
        LimitDataFault.self,
        CutFault.self,
        MissingTerminatorFault.self,
        ResetPeerFault.self,
        EmptyResponseFault.self,
        RefuseFault.self,
        TimeoutFault.self,
        DropEventsFault.self,
        DuplicateEventsFault.self,
        ReorderEventsFault.self,
        RepeatEventsFault.self,
        EmptyDataFault.self,
        UnfinishedEventFault.self,
        DoneFault.self,
        LineEndingsFault.self,
        BOMFault.self,
        CommentsFault.self,
        FieldSpacingFault.self,
        MultiLineDataFault.self,
        UnknownFieldsFault.self,
        BlankLinesFault.self,
        UnknownMembersFault.self,
        MalformedJSONFault.self,
        BadUTF8Fault.self,
        StatusFault.self,
        HeaderFault.self,
        ContentTypeFault.self,
        ContentLengthFault.self,
        FramingFault.self,
        CompressionFault.self,
        EarlyResponseFault.self,
        GarbageFault.self,
        TrailingBytesFault.self,
        MalformedChunkFault.self,
        ChunkSyntaxFault.self,
    ]

    /// Nil for a word that is no fault.
    package static func fault(named name: String) -> (any Fault.Type)? {
        all.first { $0.name == name }
    }
}
