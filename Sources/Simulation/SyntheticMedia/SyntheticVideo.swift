/// A video made from a seed: a mosaic that stands still, with or without a silent sound track.
///
/// ```swift
/// let bytes = SyntheticVideo(width: 1280, height: 720, durationSeconds: 8, seed: generator.next()).mp4
/// ```
package struct SyntheticVideo: Hashable, Sendable {
    /// Frames a second.
    package static let frameRate = 24

    /// The type of ``mp4`` (RFC 4337).
    package static let mediaType = "video/mp4"

    /// Pixels from left to right, even.
    package let width: Int
    /// Pixels from top to bottom, even.
    package let height: Int
    package let durationSeconds: Int
    private let hasSound: Bool
    private let seed: UInt64

    /// Creates a video.
    ///
    /// - Parameters:
    ///   - width: 1 to 8192 pixels; an odd number becomes the even one above, since chroma has half the size.
    ///   - height: 1 to 8192 pixels, likewise.
    ///   - durationSeconds: 1 to 3600.
    ///   - hasSound: Whether there is a sound track, which is silent.
    ///   - seed: What the picture follows from.
    package init(width: Int, height: Int, durationSeconds: Int, hasSound: Bool = false, seed: UInt64) {
        precondition(
            (1...8192).contains(width) && (1...8192).contains(height) && (1...3600).contains(durationSeconds),
            "a video of \(width)x\(height) pixels and \(durationSeconds) s is not within 8192x8192 and an hour"
        )
        self.width = width + width % 2
        self.height = height + height % 2
        self.durationSeconds = durationSeconds
        self.hasSound = hasSound
        self.seed = seed
    }

    /// The bytes of the video as an MP4 file, with the index before the media.
    package var mp4: [UInt8] {
        let tracks = hasSound ? [pictureTrack, soundTrack] : [pictureTrack]
        return MP4File(durationSeconds: durationSeconds, tracks: tracks).bytes
    }

    private var pictureTrack: MP4Track {
        let mosaic = Mosaic(width: width, height: height, cellsPerSide: 2...4, isTransparent: false, seed: seed)
        let stream = H264Stream(mosaic, frameRate: Self.frameRate)
        let frameCount = durationSeconds * Self.frameRate
        return MP4Track(
            kind: .picture(width: width, height: height),
            sampleEntry: MP4SampleEntry.avc1(stream, width: width, height: height),
            sampleDuration: MP4File.timescale / Self.frameRate,
            samples: [stream.keyFrame] + (1..<frameCount).map { stream.repetition($0) },
            onlyFirstIsKey: true
        )
    }

    /// As many whole frames of sound as fit.
    private var soundTrack: MP4Track {
        let count = durationSeconds * MP4File.timescale / SilentAAC.frameSampleCount
        return MP4Track(
            kind: .sound,
            sampleEntry: MP4SampleEntry.mp4a,
            sampleDuration: SilentAAC.frameSampleCount,
            samples: Array(repeating: SilentAAC.frame, count: count),
            onlyFirstIsKey: false
        )
    }
}
