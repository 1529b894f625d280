import Foundation
import Reports
import Testing

extension CommandTests {
  /// Documentation/json.md says what the program writes, and nothing else.
  @Suite(.enabled(if: Probe.benches.contains("wire"), "the program cannot run here"))
  struct JSONDocumentTests {
    private let folder: Folder
    private let document: JSONDocument

    init() throws {
      folder = try Folder()
      document = try JSONDocument(
        try String(contentsOf: Self.root.appending(path: "Documentation/json.md"), encoding: .utf8))
    }

    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()

    /// The commands that write each kind.
    private static let commands: [String: [[String]]] = [
      "run": [
        ["close-sequence", "--format", "json"], ["check", "page.md", "--format", "json"],
        ["explain", "A3.4", "--on", "loopback", "--format", "json"],
      ],
      "comparison": [
        ["compare", "before.md", "after.md", "--format", "json"],
        ["compare", "after.md", "before.md", "--format", "json", "--fail-on", "packets,settings"],
        ["check", "before.md", "--format", "json"],
      ],
      "table": [["compare", "before.md", "after.md", "before.md", "--all", "--format", "json"]],
      "groups": [["compare", "--group", "before.md", "before.md", "after.md", "--format", "json"]],
      "figures": [["list", "--figures", "--format", "json"]], "pages": [["list", "--format", "json"]],
      "doctor": [["doctor", "--format", "json"]],
      "page": [
        ["convert", "whole.md", "--to", "json"], ["convert", "page.md", "--to", "json"],
      ],
      "record": [["convert", "before.md", "--to", "json"], ["convert", "after.md", "--to", "json"]],
      "capture": [
        ["explain", root.appending(path: "Examples/unread-data.pcap").path, "--format", "json"],
        [
          "explain", root.appending(path: "Examples/unread-data.pcap").path, "--connection", "1", "--format",
          "json",
        ],
      ],
      "scripts": [
        ["check", "wrong.pkt", "--format", "json"],
        ["check", "wrong.pkt", "unread.pkt", "--format", "json"],
      ],
      "states": [["states", "--format", "json"]], "matrix": [["matrix", "--format", "json"]],
      // Kernels are booted for it: the report is made here.
      "verdicts": [],
      "machines": [
        ["learn", "--depth", "0", "--words", "50", "--against", "machine.json", "--format", "json"]
      ],
      "machine": [["learn", "--depth", "0", "--words", "50", "--format", "json"]],
      "who": [["who", "--format", "json"], ["who", "--all-namespaces", "--top", "1", "--format", "json"]],
    ]

    /// A page with something of all that can be read.
    private static let whole = """
      # A lecture

      ## A handshake

      | client | server | remark | claim |
      | --- | --- | --- | --- |
      | connect() SYN(SEQ:1000) [SYN_SENT] | | first | L1 |
      | lost | | | |
      | timeout SYN | | | |
      | | SYN+ACK(SEQ:2000, ACK:1001) | | |
      | ACK | | | |
      | ... | | | |
      | data(SEQ:1001, 100bytes) | | | |
      | | AKC | | |

      | what | value | set by | claim |
      | --- | --- | --- | --- |
      | length of TIME_WAIT | 60 s | by default | L2 |

      TIME_WAIT lasts 60 s. On some old systems, TIME_WAIT lasts 30 s.
      """

    /// A page and a script on two kernels, with something of all that can be told.
    private static var verdicts: VerdictTable {
      func result(_ version: String, _ verdict: FileVerdict) -> (VerdictTable.Kernel, FileVerdicts) {
        var verdicts = FileVerdicts()
        verdicts.add(verdict, on: .init("script.pkt"))
        verdicts.add(verdict, on: .init("page.md"))
        verdicts.add(verdict, on: .init("page.md", claim: "1.2.1"))
        return (
          VerdictTable.Kernel(
            version: version, release: version, origin: "vmlinuz", guestSeconds: 3, seconds: 40), verdicts
        )
      }
      return VerdictTable(
        [
          result("6.1.192", FileVerdict(.confirmed)),
          result("6.12.118", FileVerdict(.contradicted, line: 2, detail: "expected FIN, kernel RST")),
        ], files: ["script.pkt", "page.md", "prose.md"])
    }

    /// A namespace with something of all that `who` tells of.
    private final class Sockets {
      let scene: Scene
      private let kept: [Scene.Held]

      init() throws {
        scene = try Scene(["ip_local_reserved_ports": "50000"])
        let listener = try scene.listener()
        let (waiting, stuck) = (try scene.closeWait(listener), try scene.pair(listener))
        try scene.fill(stuck.client)
        try scene.timeWaits(1, at: listener)
        let probe = try scene.pair(listener)
        try probe.server.socket.rejectAll()
        try probe.client.socket.shutdown(.write)
        // Last: nobody accepts it.
        let unaccepted = try scene.socket()
        try scene.connect(unaccepted, to: try listener.socket.localEndpoint())
        try unaccepted.socket.shutdown(.write)
        kept = [
          listener, waiting.client, waiting.server, stuck.client, stuck.server, probe.client, probe.server,
          unaccepted,
        ]
      }
    }

    /// A record, and another that is not the same in all ways that two can differ.
    private func prepare() throws {
      let options = ["--quick", "--only", "closed port", "--only", "three-steps", "--only", "options of"]
      let made = try Probe.program(["record", "--label", "a label"] + options).run(in: folder)
      try #require(made.status == 0, "\(made.errors)")
      try folder.write(made.output, to: "before.md")
      var after = made.output.replacing("ECONNREFUSED", with: "ETIMEDOUT").replacing(
        "ACK:1001", with: "ACK:1002"
      )
      .replacing("a label", with: "another").replacing(" root  ", with: " none  ")
      after = after.replacing(#/(\| net\.ipv4\.tcp_timestamps *\| )1 ( *\| )default/#) {
        "\($0.1)0 \($0.2)default"
      }
      .replacing(#/(\| options of a SYN *\| )MSS/#) { "\($0.1)SACK" }
      .replacing(#/(\| hop limit *\| )\d+/#) { "\($0.1)not measured: nobody looked" }
      try folder.write(after, to: "after.md")
      let accepted = try Probe.run(
        "accept", "before.md", "after.md", "--change", "closed", "--change", "tcp_timestamps", "--reason",
        "wanted",
        in: folder)
      if accepted.status != 0 { print("nothing accepted: \(accepted.errors)") }
      try folder.write(
        "| client | server |\n| --- | --- |\n| SYN | |\n| | SYN+AKC |\n", to: "page.md")
      try folder.write(Self.whole, to: "whole.md")
      let machine = try Probe.run("learn", "--depth", "0", "--words", "50", "--format", "json", in: folder)
      try folder.write(machine.output.replacing("\"EPIPE\"", with: "\"EIO\""), to: "machine.json")
      let script = "0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
      try folder.write(script + "+0 close(3) = -1 EBADF\n", to: "wrong.pkt")
      try folder.write(script + "+0 `touch nothing`\n", to: "unread.pkt")
    }

    @Test func itDescribesWhatTheProgramWritesAndNothingElse() throws {
      try prepare()
      let sockets = Scene.canBeMade ? try Sockets() : nil
      #expect(Set(document.kinds.map(\.name)) == Set(Self.commands.keys))
      for kind in document.kinds {
        var reading = JSONReading(kind)
        for command in Self.commands[kind.name] ?? [] {
          var program = try Probe.program(command)
          if kind.name == "who", let sockets { program.arguments = sockets.scene.wrapper + program.arguments }
          let ended = try program.run(in: folder)
          try #require([0, 1, 2].contains(ended.status), "\(command): \(ended.errors)")
          try reading.read(Data(ended.output.utf8))
          #expect(reading.faults.isEmpty, "\(command): \(reading.faults.sorted())")
        }
        if kind.name == "verdicts" { try reading.read(Data(Self.verdicts.jsonReport().utf8)) }
        #expect(reading.faults.isEmpty, "\(kind.name): \(reading.faults.sorted())")
        for example in kind.examples {
          var shown = JSONReading(kind)
          try shown.read(example)
          #expect(shown.faults.isEmpty, "the example of \(kind.name): \(shown.faults.sorted())")
        }
        #expect(!kind.examples.isEmpty)
        // What is required is there whenever what holds it is; what is not must have been seen once, too.
        if kind.name == "who", sockets == nil { continue }
        let unseen = Set(kind.keys.filter { !$0.value.isOptional }.keys).subtracting(reading.seen)
        #expect(unseen.isEmpty, "\(kind.name): never written: \(unseen.sorted())")
      }
    }

    /// The test can fail: a key that is there and not told, one that is told and not there, and one of another type.
    @Test func aDocumentThatHasGoneStaleIsFound() throws {
      let text =
        "## `x`\n\n| key | type | what |\n| --- | --- | --- |\n| `kind` | string | a |\n| `n` | number | b |\n"
      let kind = try #require(try JSONDocument(text).kinds.first)
      func faults(_ json: String) throws -> Set<String> {
        var reading = JSONReading(kind)
        try reading.read(Data(json.utf8))
        return reading.faults
      }
      #expect(try faults(#"{"kind": "x", "n": 1}"#).isEmpty)
      #expect(try faults(#"{"kind": "x"}"#) == ["n is not there"])
      #expect(try faults(#"{"kind": "x", "n": 1, "m": 2}"#) == ["m is not described"])
      #expect(try faults(#"{"kind": "x", "n": "1"}"#) == ["n is no number"])
      #expect(try faults(#"{"kind": "x", "n": true}"#) == ["n is no number"])
      #expect(try faults(#"{"kind": "y", "n": 1}"#) == ["its kind is another"])
    }
  }
}
