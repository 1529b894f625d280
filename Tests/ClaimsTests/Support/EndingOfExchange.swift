import Claims
import Documents
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

/// The reason, the party that it is about, and the packets that prove it.
func expect(
  _ kind: Ending.Kind, _ party: Party, _ packets: [[Int]], inferred: Bool = false, of exchange: Exchange,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let found = try exchange.ending()
  #expect(found.kind == kind, sourceLocation: sourceLocation)
  #expect(found.party == party, sourceLocation: sourceLocation)
  #expect(found.proofs.map(\.packets) == packets, sourceLocation: sourceLocation)
  #expect(found.isInferred == inferred, sourceLocation: sourceLocation)
}
