/// Makes an MP4 file whose index comes before its media, so that it plays while it is loaded (ISO/IEC 14496-12).
struct MP4File {
    /// What times are counted in, of a second: a frame of pictures and a sample of sound are whole numbers of it.
    static let timescale = 24_000

    var durationSeconds: Int
    var tracks: [MP4Track]

    /// The whole file.
    var bytes: [UInt8] {
        // Brands: base media, with AVC, MP4 version 1 (section 4.3, annex E).
        let type = MP4Box.box("ftyp", Array("isom".utf8), MP4Box.words([0x200]), Array("isomiso2avc1mp41".utf8))
        let chunks = tracks.map(\.chunk)
        // The size of the index does not depend on the offsets in it.
        let start = type.count + index(chunks: chunks, start: 0).count + 8
        return type + index(chunks: chunks, start: start) + MP4Box.box("mdat", Array(chunks.joined()))
    }

    /// The movie box (section 8.2), with the first chunk at `start`.
    private func index(chunks: [[UInt8]], start: Int) -> [UInt8] {
        var offset = start
        var boxes: [UInt8] = []
        for (index, track) in tracks.enumerated() {
            boxes += track.box(number: index + 1, offset: offset)
            offset += chunks[index].count
        }
        // Times, duration, usual rate and volume.
        let numbers = [0, 0, Self.timescale, durationSeconds * Self.timescale, 0x1_0000, 0x100 << 16, 0, 0]
        let rest = MP4Box.unityMatrix + [0, 0, 0, 0, 0, 0, tracks.count + 1]
        return MP4Box.box("moov", MP4Box.fullBox("mvhd", numbers + rest), boxes)
    }
}
