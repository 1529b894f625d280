import Claims
import Documents
import Notations

extension CaptureReport {
  /// The same for a program.
  package var json: String {
    let tally = capture.tally
    let report = JSONCapture(
      file: file, fault: capture.fault?.description, numbers: capture.unit,
      packets: JSONPackets(
        all: tally.packets, tcp: tally.segments, otherProtocols: tally.others, fragments: tally.fragments,
        cut: tally.cut, malformed: tally.malformed, unknownLinks: tally.unknownLinks, leftOut: tally.leftOut,
        dropped: Int(clamping: tally.dropped)),
      connections: chosen.map { JSONConnection($0.connection, $0.ending, unit: capture.unit) })
    return jsonText(report) + "\n"
  }
}

private struct JSONCapture: Encodable {
  var kind = JSONKind.capture
  var schema = 1
  var file: String
  /// The place at which the reading ended before the file did.
  var fault: String?
  /// The numbers of packets are those of the file's `packet`s or of the text's `line`s.
  var numbers: String
  var packets: JSONPackets
  var connections: [JSONConnection]
}

private struct JSONPackets: Encodable {
  var all: Int
  var tcp: Int
  var otherProtocols: Int
  var fragments: Int
  var cut: Int
  var malformed: Int
  var unknownLinks: Int
  var leftOut: Int
  var dropped: Int
}

private struct JSONConnection: Encodable {
  var number: Int
  var left: String
  var right: String
  var segments: Int
  /// ``Ending/Kind``, and the side that it is about.
  var ending: String
  var side: String
  var inferred: Bool
  var headline: String
  var proofs: [Proof]
  var remarks: [String]

  struct Proof: Encodable {
    var role: String
    var side: String
    var packets: [Int]
    var bytes: Int?
    var nanoseconds: Int64?
  }

  init(_ connection: CapturedConnection, _ found: Ending, unit: String) {
    let names = connection.names
    (number, left, right, segments) = (connection.number, names.left, names.right, connection.count)
    (ending, side, inferred) = (found.kind.rawValue, found.party.rawValue, found.isInferred)
    headline = EndingWords(ending: found, names: names).headline
    proofs = found.proofs.map {
      Proof(
        role: $0.role.rawValue, side: $0.party.rawValue, packets: $0.packets, bytes: $0.octets,
        nanoseconds: $0.nanoseconds)
    }
    remarks = found.remarks.map { $0.words(names: names, packet: unit, unicode: true) }
  }
}
