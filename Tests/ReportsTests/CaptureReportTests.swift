import Chance
import Claims
import Kinds
import MadeCaptures
import Notations
import Reports
import TCP
import Testing

/// The report of a capture for an operator.
@Suite(.tags(.pure)) struct CaptureReportTests {
  private func report(_ exchanges: [Exchange], width: Int = 80, connection: Int? = nil) -> CaptureReport {
    var file = CaptureBytes()
    for (packet, time) in exchanges.flatMap(\.packets) { file.add(packet, at: time) }
    var reader = CaptureReader()
    reader.add(file.bytes)
    let capture = reader.end()
    let chosen = capture.connections.filter { connection == nil || $0.number == connection }
    return CaptureReport(of: chosen, in: capture, file: "a.pcap", style: Style(width: width))
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
    let lines = report([broken]).text.split(
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
    let text = report([broken, refused]).text
    #expect(text.contains("  1 refused, 1 unread-data\n"))
    #expect(
      text.contains(
        "\n2  192.0.2.1:40001 ▶ 192.0.2.2:80  2 segments\n     the right end refused the connection\n"))
    #expect(report([broken, refused], connection: 2).text.contains("192.0.2.2:80 refused the connection"))
  }

  @Test func whatAProgramGetsAndWhatElseMayBeIsTold() {
    func text(_ change: (inout Exchange) -> Void) -> String {
      var all = Exchange()
      all.open()
      change(&all)
      return report([all], width: 400).text
    }
    let late = text {
      $0.add("<", [.fin, .ack], 501, 101)
      $0.add(">", [.psh, .ack], 101, 502, 4)
      $0.add("<", .rst, 502)
    }
    #expect(
      late.contains("The next write() of 192.0.2.1:40000 fails with EPIPE; read() returns end of stream."))
    let missing = text {
      $0.add(">", [.fin, .ack], 101, 501)
      $0.add("<", [.fin, .ack], 501, 101)
      $0.add(">", .ack, 102, 502)
      $0.add(">", [.fin, .ack], 101, 502)
    }
    #expect(missing.contains("both ends closed, but the ACK of one FIN is missing"))
    #expect(missing.contains("No packet acknowledges the FIN of 192.0.2.1:40000, which repeats it"))
    let closed = text {
      $0.add("<", .ack, 501, 101, window: 0)
      $0.add("<", .ack, 501, 101, window: 0, after: 300_000_000)
    }
    #expect(closed.contains("No probe passed: 192.0.2.1:40000 may have nothing to send."))
  }

  @Test func whatIsOneIsTold() {
    var file = CaptureBytes()
    for (packet, time) in broken.packets { file.add(packet, at: time) }
    file.add([UInt8](repeating: 0, count: 40), at: 1)
    var reader = CaptureReader()
    reader.add(file.bytes)
    let capture = reader.end()
    let report = CaptureReport(of: capture.connections, in: capture, file: "a.pcap", style: Style())
    #expect(report.text.contains("  1 packet of other protocols\n"), "\(report.text)")
  }

  /// Whatever a file holds, it is told in lines that a terminal has room for.
  @Test(arguments: 0..<6 as Range<UInt64>)
  func anyDamageIsTold(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<40 {
      var all = Exchange(isSix: Bool.random(using: &random))
      all.open(options: [.maximumSegmentSize(1460), .windowScale(14)])
      all.add(">", [.psh, .ack], 101, 501, 300)
      all.add("<", .ack, 501, 401, window: 0)
      all.add(">", .ack, 400, 501)
      all.add("<", [.fin, .ack], 501, 401)
      all.add(">", [.fin, .ack], 401, 502)
      all.add("<", .rst, 502)
      let format = CaptureBytes.Format.allCases.randomElement(using: &random) ?? .pcapng
      var bytes = all.bytes(format, .ethernet)
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        let place = Int.random(in: 24..<bytes.count, using: &random)
        bytes[place] = [bytes[place] ^ 1, 0, 0xFF, 0x80, 0x11].randomElement(using: &random) ?? 0
      }
      var reader = CaptureReader()
      reader.add(bytes)
      let capture = reader.end()
      for connection in capture.connections.map({ [$0] }) + [capture.connections] {
        let report = CaptureReport(of: connection, in: capture, file: "a.pcap", style: Style(width: 80))
        let lines = report.text.split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 80 }, "seed \(seed): \(report.text)")
        #expect(report.json.hasSuffix("}\n"))
      }
    }
  }

  @Test func noLineIsWiderThanTheTerminal() {
    var long = Exchange(isSix: true)
    long.open()
    for index in 0..<200 as Range<UInt32> { long.add(">", .ack, 101 + index, 501, 1) }
    for width in [60, 80, 120] {
      let text = report([long], width: width).text
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= width }, "\(text)")
      #expect(text.contains("173 more segments"))
    }
  }
}
