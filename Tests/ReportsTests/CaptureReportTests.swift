import Claims
import Kinds
import MadeCaptures
import Notations
import Reports
import TCP
import Testing

/// The report of a capture for an operator.
@Suite(.tags(.pure)) struct CaptureReportTests {
  private func report(_ exchanges: [Exchange], width: Int = 80) -> CaptureReport {
    var file = CaptureBytes()
    for (packet, time) in exchanges.flatMap(\.packets) { file.add(packet, at: time) }
    var reader = CaptureReader()
    reader.add(file.bytes)
    return CaptureReport(of: reader.end(), file: "a.pcap", style: Style(width: width))
  }

  private var broken: Exchange {
    var all = Exchange()
    all.open()
    all.add(">", [.psh, .ack], 101, 501, 5)
    all.add("<", .ack, 501, 106)
    all.add("<", [.rst, .ack], 501, 106)
    return all
  }

  @Test func theReasonStandsAboveItsProofAndTheDrawing() throws {
    let lines = report([broken]).text(ofConnection: nil).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0] == "a.pcap: 6 packets, 1 TCP connection")
    #expect(lines[4] == "  192.0.2.2:80 sent RST: it probably had not read all of the last 5 bytes")
    #expect(lines.contains("  packet 4  192.0.2.1:40000 sends 5 bytes"))
    #expect(lines.contains { $0.hasPrefix(" 3 (ESTABLISHED) ├") })
    #expect(lines.contains { $0.hasPrefix(" 6      (CLOSED) │") && $0.hasSuffix("┤ (CLOSED)") })
  }

  @Test func severalConnectionsAreListedWithTheirReasons() {
    var refused = Exchange(port: 40001)
    refused.add(">", .syn, 100)
    refused.add("<", [.rst, .ack], 0, 101)
    let text = report([broken, refused]).text(ofConnection: nil)
    #expect(text.contains("  1 refused, 1 unread-data\n"))
    #expect(
      text.contains(
        "\n2  192.0.2.1:40001 ▶ 192.0.2.2:80  2 segments\n     the right end refused the connection\n"))
    #expect(report([broken, refused]).text(ofConnection: 2).contains("192.0.2.2:80 refused the connection"))
  }

  @Test func noLineIsWiderThanTheTerminal() {
    var long = Exchange(isSix: true)
    long.open()
    for index in 0..<200 as Range<UInt32> { long.add(">", .ack, 101 + index, 501, 1) }
    for width in [60, 80, 120] {
      let text = report([long], width: width).text(ofConnection: nil)
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= width }, "\(text)")
      #expect(text.contains("173 more segments"))
    }
  }
}
