import Benches
import Grounds
import Linux
import Scenarios
import Testing

extension ScenariosTests {
  /// Received data that is mapped instead of copied.
  @Suite(.enabled(if: !Ground.all.isEmpty, "no bench can be set up here"))
  struct MappedReadingTests {
    @Test(arguments: Ground.onePerBench) func onlyWholePagesAreMapped(ground: Ground) throws {
      let found = try Grounds.figures(of: .mappedReading, on: ground.bench())
      let page = MappedData.pageSize
      for (name, value) in [
        ("two pages", "\(2 * page) mapped, 0 copied, 0 to read, 0 left"),
        ("two pages and 100 bytes", "\(2 * page) mapped, 0 copied, 0 to read, 100 left"),
        ("two pages and 100 bytes, with a buffer", "\(2 * page) mapped, 100 copied, 0 to read, 0 left"),
        ("100 bytes, with a buffer", "0 mapped, 100 copied, 0 to read, 0 left"),
        (
          "two pages, once 100 bytes are read",
          "0 mapped, 0 copied, \(2 * page - 100) to read, \(2 * page - 100) left"
        ),
        ("three pages, once one page is read", "\(2 * page) mapped, 0 copied, 0 to read, 0 left"),
        ("two pages of one send()", "0 mapped, 0 copied, \(2 * page) to read, \(2 * page) left"),
        ("the end of the stream", "EIO"),
      ] { #expect(found["TCP_ZEROCOPY_RECEIVE of \(name)"] == value, "\(name)") }
      #expect(found["refusals of TCP_ZEROCOPY_RECEIVE"] == "EINVAL, ENOTCONN")
    }
  }
}
