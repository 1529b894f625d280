import Foundation
import Kinds
import Testing

extension CommandTests {
  /// Kernels that are really booted, in QEMU. Serialized: each takes a core.
  @Suite(
    .tags(.guest, .slow), .serialized,
    .enabled(
      if: Probe.isThere && Guests.kernel != nil,
      "no QEMU, or no kernel: name an image by TCPPROBE_KERNEL, or run tcpprobe kernels --debian 6.1 once"))
  struct BootTests {
    private let folder: Folder
    private let mark = UUID().uuidString
    private var environment: [String: String] {
      ["TMPDIR": folder.path + "/temporary", "TCPPROBE_TEST": mark]
    }

    init() throws {
      folder = try Folder()
      try FileManager.default.createDirectory(
        atPath: folder.path + "/temporary", withIntermediateDirectories: false)
      try FileManager.default.createDirectory(
        atPath: folder.path + "/kept", withIntermediateDirectories: false)
    }

    /// The command for this many of the same kernel; its temporary files are the test's own.
    private func kernels(_ program: Data, times count: Int = 1, _ arguments: String...) throws -> Program {
      let kernel = try #require(Guests.kernel)
      let program = try folder.write(program, to: "program")
      var probe = try Probe.program(
        ["kernels"] + Array(repeating: kernel, count: count) + ["--program", program] + arguments)
      probe.environment = environment
      return probe
    }

    /// No QEMU of this test is left, and no file of a guest.
    private func expectNothingLeft() throws {
      #expect(eventually { World.now(mark: mark).processes.isEmpty })
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/temporary").isEmpty)
    }

    @Test func aPanicIsToldWithTheConsolesLastLines() throws {
      let ended = try kernels(GuestProgram.ends).run(in: folder)
      #expect(ended.status == 2 && ended.output.isEmpty)
      #expect(ended.errors.contains("the kernel panicked"), "\(ended.errors)")
      #expect(ended.errors.contains("| ") && ended.errors.contains("Attempted to kill init!"))
      try expectNothingLeft()
    }

    /// git bisect takes the one for a bad commit, and skips the other: that kernel may not boot for another reason.
    @Test func aPanicInARunIsAChangeAndOneAtBootIsNone() throws {
      let record = try folder.write(SmallRecord.text("6.1.2", "ECONNREFUSED"), to: "before.md")
      let inRun = GuestProgram.panics(afterSending: "tcpprobe: running\n")
      let bad = try kernels(inRun, "--against", record).run(in: folder)
      #expect(bad.status == 1, "\(bad.errors)")
      #expect(
        bad.output.contains(
          "the kernel panicked while tcpprobe ran:\n  | Kernel panic - not syncing: Attempted to kill"),
        "\(bad.output)")
      #expect(bad.output.contains(try #require(Guests.kernel)), "\(bad.output)")
      let skipped = try kernels(GuestProgram.ends, "--against", record).run(in: folder)
      #expect(skipped.status == 125 && skipped.output.isEmpty, "\(skipped.output)")
      try expectNothingLeft()
    }

    @Test func aResultThatIsCutShortIsNone() throws {
      let text = "tcpprobe: running\ntcpprobe: done 0 5 100\nhalf"
      let ended = try kernels(GuestProgram.sends(text), "--keep", "kept").run(in: folder)
      #expect(ended.status == 2 && ended.output.isEmpty)
      #expect(ended.errors.contains("the result of the guest is truncated"), "\(ended.errors)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/kept").isEmpty)
      try expectNothingLeft()
    }

    /// The complaints of its kernel stand in it; here there are none.
    @Test func aRecordIsKeptAndHeldToAnother() throws {
      let text = SmallRecord.text("6.1.2", "ETIMEDOUT")
      let sent = "tcpprobe: running\ntcpprobe: done 0 5 \(text.utf8.count)\n" + text
      let record = try folder.write(SmallRecord.text("6.1.2", "ECONNREFUSED"), to: "before.md")
      let ended = try kernels(GuestProgram.sends(sent), "--against", record, "--keep", "kept").run(in: folder)
      #expect(ended.status == 1, "\(ended.errors)")
      #expect(
        ended.output.contains("now     ETIMEDOUT\n  noticed by programs")
          && ended.output.contains("1 change, 0 the same"),
        "\(ended.output)")
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/kept")
      let kept = try folder.read("kept/" + (try #require(names.first)))
      #expect(names.count == 1 && kept.contains("ETIMEDOUT") && kept.contains("2 behaviours"))
      #expect(kept.contains("### kernel log") && kept.contains("| warnings of the kernel | none "), "\(kept)")
    }

    @Test func aWholeResultThatIsNoRecordIsTold() throws {
      let text = "tcpprobe: running\ntcpprobe: done 2 5 4\nnone"
      let ended = try kernels(GuestProgram.sends(text), "--keep", "kept").run(in: folder)
      #expect(
        ended.status == 2 && ended.errors.contains("the guest gave no record (exit status 2)"),
        "\(ended.errors)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/kept").isEmpty)
    }

    /// A report of check as it would come from a guest.
    private func report(_ verdict: String) -> Data {
      let text =
        #"{"kind": "scripts", "scripts": [{"script": "script.pkt", "verdict": "\#(verdict)", "line": 1, "runs": 1, "#
        + #""unread": [], "events": []}]}"#
      return GuestProgram.sends("tcpprobe: running\ntcpprobe: done 0 5 \(text.utf8.count)\n" + text)
    }

    @Test func verdictsAreReadInTheReportAndOneThatIsNoneIsTold() throws {
      try folder.write("# A page\n", to: "script.pkt")
      let check = ["--keep", "kept", "--format", "json", "--run", "check", "script.pkt"]
      var program = try kernels(report("confirmed"))
      program.arguments += check
      let ended = try program.run(in: folder)
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(ended.output.contains(#""kind" : "verdicts""#) && ended.output.contains(#""script.pkt""#))
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/kept")
      #expect(names.count == 1 && names[0].hasSuffix(".json"))
      var other = try kernels(report("fine"), "--force")
      other.arguments += check
      let none = try other.run(in: folder)
      #expect(
        none.status == 2 && none.output.isEmpty && none.errors.contains("the guest gave no verdicts"),
        "\(none.errors)")
      try expectNothingLeft()
    }

    @Test func aGuestThatHangsIsEndedAtItsLimit() throws {
      let ended = try kernels(GuestProgram.hangs, "--timeout", "2").run(in: folder)
      #expect(
        ended.status == 2 && ended.errors.contains("the guest did not finish within 2 s"), "\(ended.errors)")
      try expectNothingLeft()
    }

    @Test(arguments: [Ending.interrupt, .quit, .terminate])
    func whoeverInterruptsItGetsWhatIsDoneAndNothingIsLeft(ending: Ending) throws {
      let running = try kernels(GuestProgram.hangs, times: 3, "--jobs", "2").start(in: folder)
      // The program, and the guests that it has started.
      #expect(eventually { World.now(mark: mark).processes.count > 1 })
      _ = kill(running.id, try #require(ending.signal))
      let ended = running.finish()
      #expect(ended.status == nil && ended.errors.contains("interrupted"), "\(ended.errors)")
      try expectNothingLeft()
    }

    /// Two of one name, one by a path from the root, with the file beside them that they name; and one from a pipe.
    @Test(.enabled(if: Guests.program != nil, "TCPPROBE_STATIC names no static build"))
    func scriptsAreCheckedInAGuestByTheirPathsHere() throws {
      let program = try #require(Guests.program)
      let kernel = try #require(Guests.kernel)
      let head = "`./defaults.sh`\n"
      let script = head + "0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 close(3) = 0\n"
      for name in ["one", "two"] {
        try FileManager.default.createDirectory(
          atPath: "\(folder.path)/\(name)", withIntermediateDirectories: false)
        try folder.write("sysctl -q net.ipv4.tcp_sack=1\n", to: "\(name)/defaults.sh")
      }
      try folder.write(script, to: "one/script.pkt")
      try folder.write(script.replacing("= 0", with: "= -1 EBADF"), to: "two/script.pkt")
      let paths = ["one/script.pkt", folder.path + "/two/script.pkt"]
      var probe = try Probe.program(
        ["kernels", kernel, "--program", program, "--timeout", "200", "--format", "json"]
          + ["--run", "check", "--"] + paths)
      probe.environment = environment
      let ended = try probe.run(in: folder)
      try #require(ended.status == 0, "\(ended.errors)")
      struct Table: Decodable {
        struct File: Decodable { var file: String, verdicts: [Verdict?] }
        struct Verdict: Decodable { var verdict: String, line: Int? }
        var files: [File]
      }
      let files = try JSONDecoder().decode(Table.self, from: Data(ended.output.utf8)).files
      #expect(files.map(\.file) == paths)
      #expect(files[0].verdicts.map { $0?.verdict } == ["confirmed"], "\(ended.output)")
      #expect(files[1].verdicts.map { $0?.verdict } == ["contradicted"] && files[1].verdicts[0]?.line == 3)
      try expectNothingLeft()
    }

    /// Its octets go into the guest under the path that it has here, from a file or from a pipe, whatever its name ends in.
    @Test(
      .enabled(if: Guests.program != nil, "TCPPROBE_STATIC names no static build"),
      arguments: ["dump.md", "-"])
    func aCaptureIsExplainedInAGuest(path: String) throws {
      let syn = "IP 192.0.2.1.40000 > 192.0.2.2.80: Flags [S], seq 1000, win 64240, length 0\n"
      let reset = "IP 192.0.2.2.80 > 192.0.2.1.40000: Flags [R.], seq 0, ack 1001, win 0, length 0\n"
      try folder.write(syn + reset, to: "dump.md")
      var probe = try Probe.program(
        ["kernels", try #require(Guests.kernel), "--program", try #require(Guests.program)]
          + ["--timeout", "200", "--run", "explain", path])
      probe.environment = environment
      probe.arguments = ["sh", "-c", #"exec "$@" < dump.md"#, "sh"] + probe.arguments
      let ended = try probe.run(in: folder)
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(ended.output.contains("192.0.2.2:80 refused the connection"), "\(ended.output)")
      try expectNothingLeft()
    }

    /// To the moment of each event, and whatever becomes of a kernel beside it.
    @Test(.enabled(if: Guests.program != nil, "TCPPROBE_STATIC names no static build"))
    func theSameKernelGivesTheSameOctetsTwice() throws {
      let program = try #require(Guests.program)
      try folder.write(GuestProgram.image(release: "6.1.2-none"), to: "vmlinuz")
      let kernel = try #require(Guests.kernel)
      var probe = try Probe.program(
        ["kernels", "vmlinuz", kernel, kernel, "--program", program, "--keep", "kept", "--timeout", "200"]
          + ["--run", "close-sequence", "--on", "wire", "--format", "json"])
      probe.environment = environment
      let ended = try probe.run(in: folder)
      // One of the three is no kernel.
      #expect(ended.status == 2 && ended.errors.contains("6.1.2-none: "), "\(ended.errors)")
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/kept").sorted()
      try #require(names.count == 2, "\(ended.errors)")
      let kept = try names.map { try folder.read("kept/" + $0) }
      let lines = kept.map { $0.split(separator: "\n", omittingEmptySubsequences: false) }
      let differing = zip(lines[0], lines[1]).first { $0 != $1 }
      #expect(kept[0] == kept[1], "\(differing.map { "\($0) and \($1)" } ?? "one is longer")")
      #expect(kept[0].contains("LAST_ACK"))
      #expect(ended.output.contains(kept[0]))
      try expectNothingLeft()
    }
  }
}

/// What is there to boot.
enum Guests {
  /// A kernel's image: named, fetched before, or this machine's own. Nil where there is no QEMU either.
  static let kernel: String? = {
    guard Program.exists("qemu-system-x86_64") else { return nil }
    let variables = ProcessInfo.processInfo.environment
    if let named = variables["TCPPROBE_KERNEL"] { return named }
    let home = variables["XDG_CACHE_HOME"] ?? (variables["HOME"] ?? "") + "/.cache"
    let places = [home + "/tcpprobe/kernels/kernels", "/boot"]
    for place in places {
      let names = FileManager.default.enumerator(atPath: place)?.compactMap { $0 as? String } ?? []
      let images = names.filter { ($0.split(separator: "/").last ?? "").hasPrefix("vmlinuz") }.sorted()
      if let image = images.first(where: { FileManager.default.isReadableFile(atPath: place + "/" + $0) }) {
        return place + "/" + image
      }
    }
    return nil
  }()

  /// Debian's kernel that is a program (package user-mode-linux).
  static let programKernel = ["/usr/bin/linux.uml"].first { FileManager.default.isExecutableFile(atPath: $0) }

  /// A static build of the program: what is built beside the tests needs libraries.
  static let program = ProcessInfo.processInfo.environment["TCPPROBE_STATIC"]
}
