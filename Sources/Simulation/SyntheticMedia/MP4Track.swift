/// A track of an MP4 file, with all its samples in one chunk.
struct MP4Track {
    /// What the track is of.
    enum Kind {
        case picture(width: Int, height: Int)
        case sound
    }

    var kind: Kind
    /// The box that says how the samples are coded.
    var sampleEntry: [UInt8]
    /// How long a sample lasts, in ``MP4File/timescale``.
    var sampleDuration: Int
    /// Units of H.264, or frames of AAC.
    var samples: [[UInt8]]
    /// Whether playing can start at the first sample only, rather than at each.
    var onlyFirstIsKey: Bool

    /// The samples as they are in the file: a unit of H.264 has its length before it (ISO/IEC 14496-15, section 5.3).
    var chunk: [UInt8] {
        switch kind {
        case .picture: samples.flatMap { MP4Box.words([$0.count]) + $0 }
        case .sound: Array(samples.joined())
        }
    }

    /// The track box (ISO/IEC 14496-12, section 8.3).
    ///
    /// - Parameters:
    ///   - number: Counts the tracks from 1.
    ///   - offset: Where the chunk is in the file.
    /// - Returns: The box with all it holds.
    func box(number: Int, offset: Int) -> [UInt8] {
        let duration = samples.count * sampleDuration
        return MP4Box.box(
            "trak",
            header(number: number, duration: duration),
            MP4Box.box(
                "mdia",
                // Times, duration; the language is undetermined.
                MP4Box.fullBox("mdhd", [0, 0, MP4File.timescale, duration, 0x55C4_0000]),
                MP4Box.fullBox("hdlr", [0], handler + Array(repeating: 0, count: 13)),
                MP4Box.box("minf", mediaHeader, dataInformation, sampleTable(offset: offset))
            )
        )
    }

    /// The track header, of a track that is enabled and in the movie (section 8.3.2).
    private func header(number: Int, duration: Int) -> [UInt8] {
        let (width, height, volume) =
            switch kind {
            case .picture(let width, let height): (width, height, 0)
            case .sound: (0, 0, 0x100)
            }
        let numbers = [0, 0, number, 0, duration, 0, 0, 0, volume << 16] + MP4Box.unityMatrix
        return MP4Box.fullBox("tkhd", flags: 3, numbers + [width << 16, height << 16])
    }

    private var handler: [UInt8] {
        switch kind {
        case .picture: Array("vide".utf8)
        case .sound: Array("soun".utf8)
        }
    }

    /// The header of the kind of media (sections 12.1.2 and 12.2.2).
    private var mediaHeader: [UInt8] {
        switch kind {
        case .picture: MP4Box.fullBox("vmhd", flags: 1, [0, 0])
        case .sound: MP4Box.fullBox("smhd", [0])
        }
    }

    /// The reference to this file (section 8.7).
    private var dataInformation: [UInt8] {
        MP4Box.box("dinf", MP4Box.fullBox("dref", [1], MP4Box.fullBox("url ", flags: 1)))
    }

    /// Where the samples are and how long they last (sections 8.5 to 8.7).
    private func sampleTable(offset: Int) -> [UInt8] {
        let prefix = if case .picture = kind { 4 } else { 0 }
        let sizes = samples.map { $0.count + prefix }
        return MP4Box.box(
            "stbl",
            MP4Box.fullBox("stsd", [1], sampleEntry),
            MP4Box.fullBox("stts", [1, samples.count, sampleDuration]),
            onlyFirstIsKey ? MP4Box.fullBox("stss", [1, 1]) : [],
            MP4Box.fullBox("stsc", [1, 1, samples.count, 1]),
            MP4Box.fullBox("stsz", [0, sizes.count] + sizes),
            MP4Box.fullBox("stco", [1, offset])
        )
    }
}
