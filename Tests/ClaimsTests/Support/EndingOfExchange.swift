import Claims
import MadeCaptures
import Notations
import Testing

extension Exchange {
  /// An exchange that begins with the three segments that open.
  static func opened(_ change: (inout Exchange) -> Void) -> Exchange {
    var all = Exchange()
    all.open()
    change(&all)
    return all
  }

  /// The reason why its connection ended, as a capture file of it tells.
  func ending() throws -> Ending {
    var reader = CaptureReader()
    reader.add(bytes())
    let capture = reader.end()
    #expect(capture.fault == nil)
    let connection = try #require(capture.connections.first)
    return Ending(of: connection, captureEnd: connection.times.upperBound)
  }
}
