import Foundation
import Linux
import MadeCaptures
import TCP
import Testing

extension CommandTests {
  /// Capture files are documents: explained, run, and written as ladders.
  @Suite(.enabled(if: Probe.isThere, "the program is not there"))
  struct CaptureTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    /// A connection that is broken with data unread, and one that is refused.
    private func write(_ name: String, cut: Int = 0) throws {
      var (broken, refused) = (Exchange(port: 40001), Exchange(port: 40002))
      broken.open()
      broken.add(">", [.psh, .ack], 101, 501, 5)
      broken.add("<", .ack, 501, 106)
      broken.add("<", [.rst, .ack], 501, 106)
      refused.add(">", .syn, 100)
      refused.add("<", [.rst, .ack], 0, 101)
      var file = CaptureBytes(.pcapng, .ethernet)
      for (packet, time) in broken.packets + refused.packets { file.add(packet, at: time) }
      try folder.write(Data(file.bytes.dropLast(cut)), to: name)
    }

    private func reasons(_ arguments: String...) throws -> [String] {
      let ended = try Probe.program(["explain"] + arguments + ["--format", "json"]).run(in: folder)
      #expect(ended.status == 0, "\(ended.errors)")
      let object = try JSONSerialization.jsonObject(with: Data(ended.output.utf8)) as? [String: Any]
      let connections = object?["connections"] as? [[String: Any]] ?? []
      return connections.compactMap { $0["ending"] as? String }
    }

    @Test func eachConnectionIsExplained() throws {
      try write("a.pcapng")
      #expect(try reasons("a.pcapng") == ["unread-data", "refused"])
      #expect(try reasons("a.pcapng", "--connection", "2") == ["refused"])
      let one = try Probe.run("explain", "a.pcapng", "--connection", "1", in: folder)
      #expect(one.status == 0)
      #expect(one.output.contains("packet 4  192.0.2.1:40001 sends 5 bytes\n"), "\(one.output)")
      #expect(one.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(one.output)")
      let wrong = try Probe.run("explain", "a.pcapng", "--connection", "3", in: folder)
      #expect(wrong.status == 64 && wrong.errors.contains("a.pcapng has 2 connections"))
    }

    @Test func aCaptureIsRunOnItsOwnFamily() throws {
      let hasSix = (try? Socket.tcp(.ipv6)) != nil
      func bench(isSix: Bool, _ options: String...) throws -> Bool {
        var exchange = Exchange(isSix: isSix)
        exchange.open()
        var file = CaptureBytes(.pcapng, .ethernet)
        for (packet, time) in exchange.packets { file.add(packet, at: time) }
        try folder.write(Data(file.bytes), to: "a.pcapng")
        let ended = try Probe.program(["check", "a.pcapng"] + options).run(in: folder)
        #expect(ended.status == 0, "\(ended.output)\(ended.errors)")
        return ended.output.contains(" · IPv6\n")
      }
      #expect(try bench(isSix: true) == hasSix)
      #expect(try !bench(isSix: true, "--family", "ipv4"))
      #expect(try !bench(isSix: false))
    }

    @Test func aCaptureCanComeFromAPipe() throws {
      try write("a.pcapng")
      let probe = try Probe.program(["explain", "-", "--connection", "2"]).arguments
      let ended = try Program(["sh", "-c", "cat a.pcapng | \"$@\"", "sh"] + probe).run(in: folder)
      #expect(ended.status == 0 && ended.output.contains("192.0.2.2:80 refused the connection"))
    }

    @Test func damageIsToldWithItsPlaceAndWhatStandsBeforeIsExplained() throws {
      try write("a.pcapng", cut: 10)
      let ended = try Probe.run("explain", "a.pcapng", in: folder)
      #expect(ended.status == 2 && ended.output.contains("2 TCP connections"), "\(ended.output)")
      #expect(ended.errors.hasPrefix("tcpprobe: a.pcapng: packet 8, byte "), "\(ended.errors)")
    }

    @Test func aConnectionThatNoPacketEndsIsUndecided() throws {
      var open = Exchange()
      open.open()
      try folder.write(Data(open.bytes()), to: "open.pcapng")
      let ended = try Probe.run("explain", "open.pcapng", in: folder)
      #expect(ended.status == 2 && ended.output.contains("undecided"), "\(ended.output)")
    }

    @Test func linesOfTcpdumpAreExplained() throws {
      let ends = ("192.0.2.1.40000", "192.0.2.2.80")
      let text = """
        IP \(ends.0) > \(ends.1): Flags [S], seq 1000, win 64240, length 0
        IP \(ends.1) > \(ends.0): Flags [R.], seq 0, ack 1001, win 0, length 0

        """
      try folder.write("# A page\n\n```\n\(text)```\n", to: "dump.md")
      #expect(try reasons("dump.md") == ["refused"])
      let ended = try Probe.run("explain", "dump.md", in: folder)
      #expect(ended.output.contains("line 5") && !ended.output.contains("packet 5"), "\(ended.output)")
      let undecided = text.replacingOccurrences(of: "[R.]", with: "[.]")
      try folder.write(undecided, to: "undecided.txt")
      #expect(try Probe.run("explain", "undecided.txt", in: folder).status == 2)
    }

    @Test func whatIsNoCaptureIsRefusedWithWhatToDo() throws {
      try folder.write(Data([0x1F, 0x8B, 8, 0, 1, 2]), to: "a.pcap.gz")
      for command in ["explain", "check", "convert"] {
        let ended = try Probe.run(command, "a.pcap.gz", in: folder)
        #expect(ended.status == 64 && ended.errors.contains("gunzip -c"), "\(ended.errors)")
      }
      try folder.write("# A page\n", to: "page.md")
      let page = try Probe.run("explain", "page.md", in: folder)
      #expect(page.status == 64 && page.errors.contains("--page page.md"), "\(page.errors)")
      try folder.write(Data(CaptureBytes(.pcapNano).bytes), to: "empty.pcap")
      let missing = try Probe.run("explain", "none.pcap", in: folder)
      #expect(missing.status == 64 && missing.errors.contains("none.pcap: No such file"), "\(missing.errors)")
      let empty = try Probe.run("explain", "empty.pcap", in: folder)
      #expect(empty.status == 64 && empty.errors.contains("no TCP packet in 0 packets"), "\(empty.errors)")
    }

    @Test func laddersAreWrittenInEveryNotation() throws {
      try write("a.pcapng")
      for notation in ["markdown", "mermaid", "rfc"] {
        let ended = try Probe.run("convert", "a.pcapng", "--to", notation, in: folder)
        #expect(ended.status == 0, "\(notation): \(ended.errors)")
        #expect(ended.output.contains("RST"), "\(ended.output)")
      }
    }

    @Test func whatIsNotWrittenIsTold() throws {
      try write("cut.pcapng", cut: 10)
      // A connection of one party.
      var (whole, single) = (Exchange(port: 40001), Exchange(port: 40002))
      whole.open()
      single.add(">", [], 100)
      let many = (0..<101 as Range<UInt16>).map { port in
        var all = Exchange(port: 20000 + port)
        all.add(">", .syn, 100)
        all.add("<", [.rst, .ack], 0, 101)
        return all
      }
      for (name, exchanges) in [("refused.pcapng", [whole, single]), ("many.pcapng", many)] {
        var file = CaptureBytes()
        for (packet, time) in exchanges.flatMap(\.packets) { file.add(packet, at: time) }
        try folder.write(Data(file.bytes), to: name)
      }
      for (name, reason) in [
        ("cut.pcapng", "the file ends within this packet"), ("refused.pcapng", "connection 2 is no ladder"),
        ("many.pcapng", "the first 100 of 101 connections are written"),
      ] {
        for notation in ["markdown", "mermaid", "rfc"] {
          let ended = try Probe.run("convert", name, "--to", notation, in: folder)
          #expect(ended.status == 2 && ended.output.contains("SYN"), "\(name) \(notation): \(ended.output)")
          #expect(ended.errors.contains(reason), "\(name) \(notation): \(ended.errors)")
        }
      }
    }

    @Test(.enabled(if: !Probe.benches.isEmpty, "the program cannot run here"))
    func damageIsAPartOfTheReportThatWasNotRead() throws {
      try write("cut.pcapng", cut: 10)
      let one = ["check", "cut.pcapng", "--connection", "1"]
      let fault = "packet 8, byte "
      for (options, status) in [
        (["--format", "terminal"], 2), (["--format", "json"], 2), (["--format", "junit"], 2),
        (["--format", "ktap", "--kselftest"], 0),
      ] as [([String], Int32)] {
        let ended = try Probe.program(one + options).run(in: folder)
        #expect(ended.status == status, "\(options): \(ended.output) \(ended.errors)")
        #expect(ended.output.contains(fault), "\(options): \(ended.output)")
      }
    }

    @Test(.enabled(if: !Probe.benches.isEmpty, "the program cannot run here"))
    func aCaptureThatIsNoPageTakesNothingFromOtherPages() throws {
      try write("a.pcapng")
      var single = Exchange()
      single.add(">", .syn, 100)
      try folder.write(Data(single.bytes()), to: "single.pcapng")
      try folder.write(Data(CaptureBytes(.pcapNano).bytes), to: "empty.pcap")
      var whole = Exchange()
      whole.open()
      whole.add(">", [.psh, .ack], 101, 501, 5)
      try folder.write(Data(whole.bytes().dropLast(10)), to: "cut.pcapng")
      try folder.write("- A -> B: SYN\n- B -> A: SYN+ACK\n- A -> B: ACK\n", to: "right.md")
      let ended = try Probe.run(
        "check", "a.pcapng", "single.pcapng", "empty.pcap", "cut.pcapng", "right.md", in: folder)
      #expect(ended.status == 2, "\(ended.errors)")
      #expect(
        ended.output.contains("2 connections: check it alone, with --connection NUMBER"), "\(ended.output)")
      #expect(ended.output.contains("connection 1 is no ladder"), "\(ended.output)")
      #expect(ended.output.contains("no TCP packet in 0 packets"), "\(ended.output)")
      #expect(ended.output.contains("packet 4, byte "), "\(ended.output)")
      #expect(ended.output.contains("✓ right.md       1 ladder: 3 confirmed"), "\(ended.output)")
    }

    /// The reasons why the connections of a demonstration ended are known.
    @Test(
      .enabled(if: Probe.benches.contains("wire"), "the program cannot run here"),
      arguments: [
        (["reset"], ["aborted", "aborted", "late-write", "late-write", "refused", "unread-data"]),
        (["close-sequence", "--what-if", "both-close"], ["closed", "closed-by-both"]),
      ])
    func realConnectionsAreExplained(demonstration: [String], expected: [String]) throws {
      let probe = try Probe.program(demonstration + ["--on", "wire", "--pcap", "run.pcapng"])
      #expect(try probe.run(in: folder).status == 0)
      #expect(try reasons("run.pcapng").sorted() == expected)
    }

    @Test(.enabled(if: Probe.benches.contains("wire"), "the program cannot run here"))
    func aConnectionOfThisKernelIsConfirmedByIt() throws {
      let ran = try Probe.run("reset", "--on", "wire", "--pcap", "run.pcapng", in: folder)
      #expect(ran.status == 0, "\(ran.errors)")
      for number in ["1", "2", "6"] {
        let checked = try Probe.run("check", "run.pcapng", "--connection", number, "--on", "wire", in: folder)
        #expect(checked.status == 0, "\(number): \(checked.output) \(checked.errors)")
      }
    }

    @Test(.enabled(if: Program.exists("tshark"), "there is no tshark"))
    func tsharkTellsTheSameConnectionsApart() throws {
      try write("a.pcapng")
      let read = try Program(
        ["tshark", "-n", "-r", "a.pcapng", "-T", "fields", "-e", "tcp.stream"]
      ).run(in: folder)
      let streams = read.output.split(separator: "\n").compactMap { Int($0) }
      #expect(streams == [0, 0, 0, 0, 0, 0, 1, 1], "\(read.errors)")
      let listed = try Probe.run("explain", "a.pcapng", in: folder)
      #expect(listed.output.contains("\n1  192.0.2.1:40001 ▶ 192.0.2.2:80  6 segments\n"), "\(listed.output)")
      #expect(listed.output.contains("\n2  192.0.2.1:40002 ▶ 192.0.2.2:80  2 segments\n"))
    }
  }
}
