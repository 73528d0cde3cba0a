internal import Playback
internal import Tapes
internal import Testing

@Suite("Playback reports")
struct PlaybackReportTests {
    @Test("Sends beyond the limit are added to the last, so that no byte is lost from the count")
    func sendLimit() {
        var report = PlaybackReport(outcome: .played)
        for index in 0..<PlaybackReport.sendLimit + 10 {
            report.note(.init(at: .microseconds(index), due: .zero, byteCount: 2))
        }
        #expect(report.sends.count == PlaybackReport.sendLimit)
        #expect(report.sends.last == .init(at: .microseconds(PlaybackReport.sendLimit - 1), due: .zero, byteCount: 22))
        #expect(report.byteCount == 2 * (PlaybackReport.sendLimit + 10))
    }
}
