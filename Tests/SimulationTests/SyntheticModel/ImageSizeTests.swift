internal import Testing

@testable internal import Simulation

@Suite("Sizes of images")
struct ImageSizeTests {
    @Test(
        "A shape is a size whatever numbers it is written in",
        arguments: [
            ("16:9", 1024, 576), ("9:16", 576, 1024), ("9:19.5", 473, 1024), ("1:1e300", 1, 1024),
            ("1e308:1e308", 1024, 1024), ("auto", 1024, 1024), ("", 1024, 1024), ("0:1", 1024, 1024),
            ("-1:1", 1024, 1024), ("inf:inf", 1024, 1024), ("1e999:1", 1024, 1024), ("nan:1", 1024, 1024),
        ]
    )
    func shapes(aspectRatio: String, width: Int, height: Int) {
        #expect(ImageSize(aspectRatio: aspectRatio, longSide: 1024) == ImageSize(width: width, height: height))
    }
}
