import Foundation
import Testing

extension CommandTests {
  /// Another program's reading of the packets that a run leaves.
  @Suite(
    .enabled(if: !Probe.benches.isEmpty, "the program cannot run here"),
    .enabled(if: Program.exists("tshark"), "there is no tshark"))
  struct CaptureFileTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    @Test(arguments: Probe.benches, Probe.families)
    func tsharkReadsTheSameSegments(bench: String, family: String) throws {
      let ended = try Probe.run(
        "data-transfer", "--on", bench, "--family", family, "--format", "json", "--pcap", "run.pcapng",
        in: folder)
      #expect(ended.status == 0, "\(ended.errors)")
      let sent = try Report(ended.output).traces.flatMap(\.events).compactMap(\.what.segment?.segment)
      let fields = ["flags", "seq", "ack", "len", "checksum.status"]
      let read = try Program(
        [
          "tshark", "-n", "-r", "run.pcapng", "-o", "tcp.relative_sequence_numbers:false",
          "-o", "tcp.check_checksum:\(bench == "wire" ? "TRUE" : "FALSE")", "-T", "fields",
        ] + fields.flatMap { ["-e", "tcp." + $0] }
      ).run(in: folder)
      let rows = read.output.split(separator: "\n").map { $0.split(separator: "\t") }
      try #require(rows.count == sent.count && sent.count >= 5, "\(read.errors)")
      for (row, segment) in zip(rows, sent) {
        #expect(row[0].hasSuffix(String(Self.bits(segment.flags), radix: 16)))
        #expect(row[1] == "\(segment.seq)")
        #expect(row[2] == "\(segment.ack)")
        #expect(row[3] == "\(segment.length)")
      }
    }

    @Test func aSavedRunStillHasItsPackets() throws {
      let first = try Probe.run(
        "handshake", "--format", "json", "-o", "run.json", "--pcap", "first.pcapng", in: folder)
      #expect(first.status == 0)
      #expect(try Probe.run("judge", "run.json", "--pcap", "second.pcapng", in: folder).status == 0)
      let files = ["first.pcapng", "second.pcapng"].map {
        FileManager.default.contents(atPath: folder.path + "/" + $0)
      }
      #expect(files[0] != nil && files[0] == files[1])
    }

    private static func bits(_ flags: String) -> Int {
      let names = ["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"]
      return flags.split(separator: "+").reduce(0) { bits, flag in
        bits | (names.firstIndex(of: String(flag)).map { 1 << $0 } ?? 0)
      }
    }
  }
}
