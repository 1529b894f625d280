import Foundation
import Testing

extension CommandTests {
  /// The places that reports, captures and records are written to.
  @Suite(.enabled(if: Probe.isThere, "there is no program beside the tests"))
  struct OutputTests {
    private let folder: Folder

    init() throws {
      folder = try Folder()
      let run = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Reports/close-sequence.json")
      try folder.write(Data(contentsOf: run), to: "run.json")
      try folder.write(BadPage.table("SYN(SEQ:1000) | ...", "... | SYN+ACK(ACK:1001)"), to: "page.md")
      try folder.write(SmallRecord.text("6.1.9", "ECONNREFUSED"), to: "record.md")
      try folder.write(SmallRecord.text("6.12.1", "ETIMEDOUT"), to: "later.md")
    }

    /// A second name for a file.
    private func name(_ file: String, also other: String) throws {
      try FileManager.default.linkItem(atPath: folder.path + "/" + file, toPath: folder.path + "/" + other)
    }

    @Test(arguments: [
      ["judge", "run.json", "-o", "run.json"], ["judge", "run.json", "--pcap", "run.json"],
      ["judge", "run.json", "-o", "link"], ["judge", "run.json", "-o", "other"],
      ["check", "page.md", "-o", "./page.md"], ["check", "page.md", "--pcap", "page.md"],
      ["check", "record.md", "-o", "record.md"], ["check", "record.md", "--pcap", "record.md"],
      ["check", "record.md", "--save", "record.md"],
      ["check", "record.md", "-o", "record.accepted.md"],
      ["compare", "record.md", "later.md", "-o", "later.md"],
      ["compare", "record.md", "later.md", "-o", "record.accepted.md"],
      ["compare", "record.md", "later.md", "page.md", "-o", "page.md", "--format", "html"],
      ["accept", "record.md", "record.accepted.md", "--reason", "so"],
      ["kernels", "page.md", "-o", "page.md"],
    ])
    func anOutputThatIsReadIsRefusedAndStaysAsItIs(arguments: [String]) throws {
      try folder.link("link", to: "run.json")
      try name("run.json", also: "other")
      let accepted = try Probe.run("accept", "record.md", "later.md", "--reason", "so it is", in: folder)
      #expect(accepted.status == 0, "\(accepted.errors)")
      let names = try folder.names()
      let before = try names.map { try folder.read($0) }
      var program = try Probe.program(arguments)
      // Nothing may run, so that no machine is too slow for this.
      program.limit = 60
      let ended = try program.run(in: folder)
      #expect(ended.status == 64 || arguments[0] == "kernels", "\(ended.errors)")
      #expect(ended.status != 0 && ended.output.isEmpty)
      #expect(try folder.names() == names)
      #expect(try names.map { try folder.read($0) } == before)
    }

    @Test func whatComesByStandardInputIsNotOverwritten() throws {
      let before = try folder.read("page.md")
      let probe = try Probe.program(["check", "-", "-o", "page.md"]).arguments
      let ended = try Program(["sh", "-c", "\"$@\" < page.md", "sh"] + probe).run(in: folder)
      #expect(ended.status == 64 && ended.errors.contains("standard input"), "\(ended.errors)")
      #expect(try folder.read("page.md") == before)
    }

    @Test func whatStandardOutputGoesToIsNoFileForAnOption() throws {
      let probe = try Probe.program(["judge", "run.json", "--pcap", "new"]).arguments
      let ended = try Program(["sh", "-c", "\"$@\" > new", "sh"] + probe).run(in: folder)
      #expect(
        ended.status == 64 && ended.errors.contains("standard output is redirected to"), "\(ended.errors)")
    }

    @Test(arguments: ["new", "./new", "link"]) func twoOptionsCannotWriteOneFile(other: String) throws {
      try folder.link("link", to: "new")
      let ended = try Probe.run("judge", "run.json", "-o", "new", "--pcap", other, in: folder)
      #expect(ended.status == 64 && ended.errors.contains("is also the file of --output"), "\(ended.errors)")
      #expect(try folder.names() == ["later.md", "link", "page.md", "record.md", "run.json"])
    }

    @Test(arguments: ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
    func standardOutputIsWrittenByEachOfItsNames(name: String) throws {
      let probe = try Probe.program(["judge", "run.json", "--format", "ktap", "-o", name]).arguments
      let script = "\"$@\" > alone && echo before > more && \"$@\" >> more"
      let ended = try Program(["sh", "-c", script, "sh"] + probe).run(in: folder)
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(try folder.read("alone").hasPrefix("TAP version 13"))
      #expect(try folder.read("more") == "before\n" + folder.read("alone"))
      #expect(try !folder.names().contains("-"))
    }

    @Test(arguments: ["-", "/dev/stdout"]) func aCaptureIsNotMixedIntoTheReport(name: String) throws {
      let mixed = try Probe.run("judge", "run.json", "--pcap", name, in: folder)
      #expect(mixed.status == 64 && mixed.errors.contains("is standard output, and so is --output"))
      let alone = try Probe.program(["judge", "run.json", "-o", "report", "--pcap", name]).arguments
      let ended = try Program(["sh", "-c", "\"$@\" | head -c 4 | od -An -tx1", "sh"] + alone).run(in: folder)
      #expect(ended.output.split(separator: " ").joined().hasPrefix("0a0d0d0a"), "\(ended)")
    }

    @Test func whatIsNoFileCanBeWrittenTwice() throws {
      let ended = try Probe.run("judge", "run.json", "-o", "/dev/null", "--pcap", "/dev/null", in: folder)
      #expect(ended.status == 0, "\(ended.errors)")
    }

    /// Mode, owner, group and number of names.
    private func kept(_ name: String) throws -> [Int] {
      let attributes = try folder.attributes(of: name)
      return [.posixPermissions, .ownerAccountID, .groupOwnerAccountID, .referenceCount].map {
        (attributes[$0] as? NSNumber)?.intValue ?? -1
      }
    }

    @Test func overAFileThatIsThereItKeepsLinksOwnerAndMode() throws {
      for name in ["plain", "target", "hard"] {
        try folder.write("old", to: name)
        try folder.setMode(of: name, to: 0o640)
      }
      try folder.link("soft", to: "target")
      try folder.link("dangling", to: "made")
      try name("hard", also: "second")
      if getuid() == 0 { #expect(try Program(["chown", "1234:1235", "plain"]).run(in: folder).status == 0) }
      let before = try ["plain", "target", "hard"].map(kept)
      for name in ["plain", "soft", "hard", "dangling"] {
        let ended = try Probe.run("judge", "run.json", "--format", "ktap", "-o", name, in: folder)
        #expect(ended.status == 0, "\(ended.errors)")
        #expect(try folder.read(name).hasPrefix("TAP version 13"))
      }
      let after = try ["plain", "target", "hard"].map(kept)
      #expect(before == after)
      for name in ["soft", "dangling"] {
        #expect(try folder.attributes(of: name)[.type] as? FileAttributeType == .typeSymbolicLink)
      }
      #expect(try folder.read("second") == folder.read("hard") && folder.read("made").hasPrefix("TAP"))
      #expect(try !folder.names().contains { $0.contains("part") })
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path).allSatisfy { !$0.contains(".part") })
    }

    @Test(arguments: [(255, Int32(0)), (256, 64)]) func aNameIsAsLongAsAFileSystemHasIt(
      length: Int, status: Int32
    ) throws {
      let name = String(repeating: "n", count: length)
      let ended = try Probe.run("judge", "run.json", "-o", name, in: folder)
      #expect(ended.status == status, "\(ended.errors)")
    }

    @Test(.enabled(if: Probe.canMount, "nothing can be mounted here"))
    func aFileThatIsAMountPointIsWritten() throws {
      let script = "echo old > a && echo point > b && mount --bind a b && \"$@\" && head -n 1 b"
      let probe = try Probe.program(["judge", "run.json", "--format", "ktap", "-o", "b"]).arguments
      let ended = try Program(["unshare", "-m", "sh", "-c", script, "sh"] + probe).run(in: folder)
      #expect(ended.status == 0 && ended.output == "TAP version 13\n", "\(ended.errors)")
      #expect(try folder.read("a").hasPrefix("TAP version 13") && folder.read("b") == "point\n")
    }

    @Test(
      .enabled(if: Probe.canMount, "nothing can be mounted here"),
      arguments: ["", "ln small/old small/second"])
    func aFullDiskLeavesTheOldFile(before: String) throws {
      let script = """
        mkdir small && mount -t tmpfs -o size=64k none small && echo old > small/old || exit 9
        \(before.isEmpty ? ":" : before)
        head -c 60000 /dev/zero > small/filler
        "$@"; status=$?
        ls -A small | grep part; cat small/old
        exit $status
        """
      let probe = try Probe.program(["judge", "run.json", "--format", "html", "-o", "small/old"]).arguments
      let ended = try Program(["unshare", "-m", "sh", "-c", script, "sh"] + probe).run(in: folder)
      #expect(ended.status == 2 && ended.errors.contains("No space left"), "\(ended.errors)")
      #expect(ended.output == "old\n")
    }

    /// Nobody waits for a run whose report cannot be kept.
    @Test(.enabled(if: getuid() == 0, "only root can become somebody else"), arguments: ["-o", "--pcap"])
    func aFolderThatMayNotBeWrittenIsToldBeforeTheRun(option: String) throws {
      try folder.make("closed")
      let copy = folder.path + "/copy"
      try folder.copyProbe(to: copy)
      let words = Nobody.wrapper + [copy, "close-sequence", option, "closed/new"]
      let ended = try Program(words).run(in: folder)
      #expect(ended.status == 64 && ended.errors.contains("closed/new cannot be written"), "\(ended.errors)")
      #expect(!ended.errors.contains("oopback"))
    }

    @Test func anEmptyFileIsAPlaceForARecordAndAnyOtherIsNot() throws {
      try folder.write("mine", to: "full.md")
      let refused = try Probe.run("record", "-o", "full.md", "--only", "no such section", in: folder)
      #expect(refused.status == 64 && refused.errors.contains("already exists"), "\(refused.errors)")
      try folder.write("", to: "empty.md")
      let taken = try Probe.run("record", "-o", "empty.md", "--only", "no such section", in: folder)
      #expect(taken.errors.contains("no section matches --only"), "\(taken.errors)")
    }
  }
}
