internal import Testing

@testable internal import Simulation

@Suite("Synthetic video")
struct SyntheticVideoTests {
    private static let sizes = [(2, 2), (16, 48), (100, 64), (601, 401), (1280, 720), (1080, 1920)]

    @Test("The index says size and duration, and precedes the media", arguments: sizes, [1, 5])
    func index(size: (Int, Int), seconds: Int) throws {
        let video = SyntheticVideo(width: size.0, height: size.1, durationSeconds: seconds, seed: 1)
        let file = MP4Reader(bytes: video.mp4)
        #expect(try #require(file.boxes(in: file.bytes.indices)).map(\.type) == ["ftyp", "moov", "mdat"])
        let movie = file.words("moov/mvhd")
        #expect(movie[4] == seconds * movie[3])
        #expect(movie.last == 2)
        let header = file.words("moov/trak/tkhd")
        #expect(header.suffix(2).map { $0 >> 16 } == [(size.0 + 1) / 2 * 2, (size.1 + 1) / 2 * 2])
        #expect(header[5] == movie[4])
        #expect(file.content("moov/trak[1]") == nil)
    }

    @Test("The sample table covers the media and the duration", arguments: [false, true])
    func sampleTable(hasSound: Bool) throws {
        let video = SyntheticVideo(width: 320, height: 240, durationSeconds: 3, hasSound: hasSound, seed: 1)
        let file = MP4Reader(bytes: video.mp4)
        let table = "moov/trak/mdia/minf/stbl"
        #expect(file.words("\(table)/stts") == [0, 1, 72, 1000])
        #expect(file.words("\(table)/stss") == [0, 1, 1])
        #expect(file.words("\(table)/stsc") == [0, 1, 1, 72, 1])
        let media = try #require(file.content("mdat"))
        #expect(file.words("\(table)/stco").last == media.lowerBound)
        let samples = (0..<(hasSound ? 2 : 1)).flatMap { file.samples(ofTrack: $0) }
        #expect(Array(samples.joined()) == Array(file.bytes[media]))
    }

    @Test("The key frame shows the mosaic, and each frame after it is one skipped run", arguments: sizes)
    func frames(width: Int, height: Int) throws {
        let video = SyntheticVideo(width: width, height: height, durationSeconds: 1, seed: 4)
        let file = MP4Reader(bytes: video.mp4)
        let samples = file.samples(ofTrack: 0)
        #expect(samples.count == 24)
        for sample in samples { #expect(sample.bigEndian(at: 0, byteCount: 4) == sample.count - 4) }

        let (columns, rows) = ((width + 15) / 16, (height + 15) / 16)
        let picture = try #require(H264Picture(unit: Array(samples[0][4...]), columns: columns, rows: rows))
        let mosaic = Mosaic(
            width: video.width,
            height: video.height,
            cellsPerSide: 2...4,
            isTransparent: false,
            seed: 4
        )
        let cells = (0..<columns * rows).map { number in
            let (x, y) = (number % columns * 16, number / columns * 16)
            return mosaic.rowEnds.count { $0 <= y } * mosaic.columnEnds.count + mosaic.columnEnds.count { $0 <= x }
        }
        for (cell, levels) in zip(cells, picture.macroblocks) {
            for (channel, expected) in zip(Self.channels(levels), Self.channels(mosaic.colors[cell])) {
                #expect(abs(channel - expected) <= 4)
            }
        }

        for (number, sample) in samples.enumerated().dropFirst() {
            var reader = BitReader(H264Picture.payload(of: Array(sample[4...])))
            #expect(sample[4] == 0x41)
            #expect([reader.expGolomb(), reader.expGolomb(), reader.expGolomb()] == [0, 5, 0])
            #expect(reader.number(4) == number % 16)
            #expect(reader.number(3) == 0)
            #expect([reader.expGolomb(), reader.expGolomb()] == [0, 1])
            #expect(reader.expGolomb() == columns * rows)
            #expect(reader.bit() == 1)
        }
    }

    /// Red, green and blue of samples in the limited range of ITU-R BT.709.
    private static func channels(_ levels: [Int]) -> [Int] {
        let luma = Double(levels[0] - 16) / 219 * 255
        let blue = Double(levels[1] - 128) / 224 * 255
        let red = Double(levels[2] - 128) / 224 * 255
        return [luma + 1.5748 * red, luma - 0.1873 * blue - 0.4681 * red, luma + 1.8556 * blue].map { Int($0) }
    }

    private static func channels(_ color: PixelColor) -> [Int] {
        [Int(color.red), Int(color.green), Int(color.blue)]
    }

    @Test(
        "The parameter sets say profile, level and size",
        arguments: [
            (176, 144, 11), (854, 480, 30), (1280, 720, 31), (1920, 1080, 40), (1080, 1920, 40), (3840, 2160, 51),
            (8192, 16, 51), (8192, 8192, 62),
        ]
    )
    func parameterSets(width: Int, height: Int, level: Int) throws {
        let file = MP4Reader(bytes: SyntheticVideo(width: width, height: height, durationSeconds: 1, seed: 1).mp4)
        let entry = try #require(file.content("moov/trak/mdia/minf/stbl/stsd")).lowerBound + 8
        let configuration = Array(file.bytes[(entry + 8 + 78 + 8)...])
        #expect(file.bytes.has("avcC", at: entry + 8 + 78 + 4))
        #expect(Array(configuration[..<6]) == [1, 66, 0xC0, UInt8(level), 0xFF, 0xE1])
        let count = try #require(configuration.bigEndian(at: 6, byteCount: 2))
        var reader = BitReader(Array(configuration[8..<8 + count]))
        #expect(reader.number(32) == 0x6742_C000 | level)
        #expect((0..<4).map { _ in reader.expGolomb() } == [0, 0, 2, 1])
        #expect(reader.bit() == 0)
        let size = (reader.expGolomb() + 1, reader.expGolomb() + 1)
        #expect(reader.number(3) == 7)
        let crop = (0..<4).map { _ in reader.expGolomb() * 2 }
        #expect(size.0 * 16 - crop[0] - crop[1] == width)
        #expect(size.1 * 16 - crop[2] - crop[3] == height)
    }

    @Test("A unit never looks like the start of another")
    func emulationPrevention() {
        var unit = H264Unit(.slice)
        for byte in [0, 0, 0, 0, 1, 0, 0, 4, 0, 0] { unit.append(byte, 8) }
        #expect(unit.finished() == [0x41, 0, 0, 3, 0, 0, 3, 1, 0, 0, 4, 0, 0, 0x80])
    }

    @Test("A sound track is whole frames of silence within the duration")
    func sound() throws {
        let file = MP4Reader(
            bytes: SyntheticVideo(width: 64, height: 64, durationSeconds: 2, hasSound: true, seed: 1).mp4
        )
        #expect(file.words("moov/mvhd").last == 3)
        #expect(file.words("moov/trak[1]/mdia/minf/stbl/stts") == [0, 1, 46, 1024])
        #expect(file.content("moov/trak[1]/mdia/minf/stbl/stss") == nil)
        #expect(file.samples(ofTrack: 1) == Array(repeating: [0, 0, 0, 7], count: 46))
        let handler = try #require(file.content("moov/trak[1]/mdia/hdlr"))
        #expect(file.bytes.has("soun", at: handler.lowerBound + 8))
        let entry = try #require(file.content("moov/trak[1]/mdia/minf/stbl/stsd"))
        #expect(Array(file.bytes[entry].suffix(7)) == [5, 2, 0x13, 0x08, 6, 1, 2])
    }

    @Test("Videos follow from the seed")
    func seeds() {
        let first = SyntheticVideo(width: 320, height: 240, durationSeconds: 1, seed: 1).mp4
        #expect(SyntheticVideo(width: 320, height: 240, durationSeconds: 1, seed: 1).mp4 == first)
        #expect(SyntheticVideo(width: 320, height: 240, durationSeconds: 1, seed: 2).mp4 != first)
    }

    /// What ffmpeg 5.1.9 and OpenH264 2.3.1 (in GStreamer 1.22.0) decode without a message and alike; ffprobe and
    /// MediaInfo 23.04 show size, duration and frame rate, and the colors are those of the mosaic.
    @Test("The bytes of videos are pinned", arguments: [(false, 10960, 0xBBB5_5535), (true, 12880, 0x14CD_F4EF)])
    func pinned(hasSound: Bool, count: Int, check: UInt32) {
        let video = SyntheticVideo(width: 1280, height: 720, durationSeconds: 8, hasSound: hasSound, seed: 1)
        #expect(video.mp4.count == count)
        #expect(BitwiseCRC.crc32(video.mp4) == check)
    }
}
