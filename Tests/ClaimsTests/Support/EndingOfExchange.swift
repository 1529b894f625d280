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

extension Ending {
  /// The reason as a text tells it, of its first connection.
  init(ofText text: String) throws {
    let capture = try #require(TextCapture.capture(in: text))
    let connection = try #require(capture.connections.first)
    self.init(of: connection, captureEnd: try #require(connection.captureEnd))
  }

  /// True if the proof is in numbers that tcpdump leaves out: those of ACKs without data.
  var isHiddenByTcpdump: Bool { proofs.contains { [.keepAlives, .windowProbes].contains($0.role) } }
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
  guard exchange.packets.count > 1 else { return }
  // The lines of both programs tell the same; tcpdump's do not show probes without data.
  for (program, lines) in [("tshark", exchange.tsharkLines), ("tcpdump", exchange.tcpdumpLines)] {
    let told = try Ending(ofText: lines.joined(separator: "\n"))
    let isHidden = program == "tcpdump" && found.isHiddenByTcpdump
    #expect(
      told.kind == (isHidden ? .undecided : kind), "\(program): \(lines)", sourceLocation: sourceLocation)
    guard !isHidden else { continue }
    #expect(told.party == party, "\(program)", sourceLocation: sourceLocation)
    #expect(told.proofs.map(\.packets) == packets, "\(program): \(lines)", sourceLocation: sourceLocation)
    #expect(told.isInferred == inferred, "\(program)", sourceLocation: sourceLocation)
  }
}
