internal import OpenRouterAPI

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// `make FILE COUNT` writes a cassette of so many interactions and says how many bytes they had on the wire; `measure`
/// says as JSON how long it takes to find and add some, `measure-whole` also how long what reads all of them takes.
///
/// `Benchmarks/run cassettes` calls them.
@main
enum CassetteBench {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        switch (arguments.first, arguments.count) {
        case ("make", 3):
            guard let count = Int(arguments[3]), count > 0 else { usage() }
            print(try await CassetteMaker.make(at: arguments[2], count: count))
        case ("measure", 3), ("measure-whole", 3):
            guard let count = Int(arguments[3]), count > 0 else { usage() }
            let isWhole = arguments[1] == "measure-whole"
            print(try await CassetteMeasurement.measure(arguments[2], count: count, isWhole: isWhole).json.text)
        default:
            usage()
        }
    }

    private static func usage() -> Never {
        print("usage: cassette-bench make|measure|measure-whole FILE COUNT")
        exit(2)
    }
}
