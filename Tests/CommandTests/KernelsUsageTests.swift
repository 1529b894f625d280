import Foundation
import Testing

extension CommandTests {
  /// What is refused before a kernel boots, and what the host may lack.
  @Suite(.enabled(if: Probe.isThere, "the program is not beside its tests")) struct KernelsUsageTests {
    private let folder: Folder
    init() throws {
      folder = try Folder()
      try folder.write(GuestProgram.image(release: "6.1.2-none"), to: "vmlinuz")
      try folder.write(GuestProgram.ends, to: "ends")
    }

    private func run(_ arguments: String...) throws -> Program.Finished {
      try Probe.program(["kernels", "vmlinuz", "--program", "ends"] + arguments).run(in: folder)
    }

    @Test(arguments: ["--jobs", "--timeout"], ["0", "-1"])
    func aNumberThatMeansNothingIsRefused(option: String, value: String) throws {
      let ended = try run("\(option)=\(value)")
      #expect(ended.status == 64 && ended.errors.contains("\(option) \(value): expected"), "\(ended.errors)")
    }

    @Test func aLimitThatNoClockCountsIsRefused() throws {
      #expect(try run("--timeout", "9223372036854775807").status == 64)
    }

    @Test func aRecordThatIsThereIsNotOverwrittenUnasked() throws {
      let record = try folder.write("mine", to: "linux-6.1.2-none.md")
      let ended = try run("--keep", ".")
      #expect(ended.status == 64 && ended.errors.contains("--force"), "\(ended.errors)")
      #expect(!ended.errors.contains("booting"))
      #expect(try String(contentsOfFile: record, encoding: .utf8) == "mine")
    }

    /// No kernel boots for a command that cannot be run, or for files that cannot go into a guest.
    @Test func whatCannotBeCheckedIsRefusedBeforeAKernelBoots() throws {
      try folder.write("0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n", to: "script.pkt")
      try folder.write("# A page\n", to: "page.md")
      try folder.write(SmallRecord.text("6.1.2", "ECONNREFUSED"), to: "before.md")
      try folder.write(String(repeating: "a page\n", count: 3 << 20), to: "large.md")
      let refused: [(command: [String], reason: String)] = [
        (["check", "missing.pkt"], "missing.pkt: No such file or directory"),
        (["chekc", "script.pkt"], "did you mean check?"),
        (["check", "--no-such-option"], "--no-such-option"),
        (["check", "script.pkt", "page.md"], "check scripts and pages separately"),
        (["check", "before.md"], "before.md is a record"),
        (["check", "script.pkt", "--output", "x"], "--output: a guest keeps no file"),
        (["check", "large.md"], "large.md: with this file, the files are larger than 16 MB"),
        (["check", "--format", "json", "missing.pkt"], "missing.pkt: No such file or directory"),
        (["explain", "1.1.1", "--page", "missing.md"], "missing.md: No such file or directory"),
        (["explain", "missing.pcap"], "missing.pcap: No such file or directory"),
        (["live", "--keys", "missing.keys"], "missing.keys: No such file or directory"),
      ]
      for (command, reason) in refused {
        let ended = try Probe.program(["kernels", "vmlinuz", "--program", "ends", "--run"] + command)
          .run(in: folder)
        #expect(ended.status == 64 && ended.output.isEmpty, "\(command): \(ended.errors)")
        #expect(
          ended.errors.contains(reason) && !ended.errors.contains("booting"), "\(command): \(ended.errors)")
      }
    }

    @Test func theTableOverwritesNoFileThatGoesIntoAGuest() throws {
      try folder.write("# A page\n", to: "page.md")
      let ended = try run("--output", "./page.md", "--run", "check", "page.md")
      #expect(ended.status == 64 && ended.errors.contains("is also an input (page.md)"), "\(ended.errors)")
      #expect(try folder.read("page.md") == "# A page\n")
    }

    @Test func moreFilesThanAGuestHoldsAreRefused() throws {
      let names = (0...1_000).map { "\($0).md" }
      for name in names { try folder.write("# A page\n", to: name) }
      let ended = try Probe.program(["kernels", "vmlinuz", "--program", "ends", "--run", "check"] + names)
        .run(in: folder)
      #expect(ended.status == 64 && ended.errors.contains("more than 1000 files"), "\(ended.errors)")
    }

    /// A bisection compares verdicts, and those of check alone are known.
    @Test(arguments: [
      (["--bisect"], ["close-sequence"], "--run takes check alone"),
      (["--bisect"], ["check", "--format", "json"], "--format in the command"),
      (["--bisect", "--behaviour", "RST"], ["check"], "--behaviour"),
      (["--against", "before.md"], ["check"], "--run cannot be used with --against"),
    ])
    func aSearchTakesNoOtherCommand(search: [String], command: [String], reason: String) throws {
      let ended = try Probe.program(["kernels", "vmlinuz"] + search + ["--run"] + command).run(in: folder)
      #expect(ended.status == 64 && ended.errors.contains(reason), "\(ended.errors)")
    }

    /// A bisection runs parts of records, and no search shows a table: what is about either is refused.
    @Test(arguments: [
      (["--bisect"], ["--keep", "."]), (["--bisect"], ["--format", "html"]),
      (["--against", "before.md"], ["--format", "html"]),
    ])
    func aSearchKeepsAndFormatsNothing(search: [String], option: [String]) throws {
      let ended = try Probe.program(["kernels", "vmlinuz"] + search + option).run(in: folder)
      #expect(ended.status == 64, "\(ended.errors)")
      #expect(
        ended.errors.contains("\(option[0]) ") && ended.errors.contains("cannot be used with \(search[0])"),
        "\(ended.errors)")
    }

    /// A part of a record is none that the next kernel could be held to.
    @Test func aPartOfARecordIsNotKept() throws {
      let part = ["--against", "before.md", "--behaviour", "RST", "--keep", "."]
      let ended = try Probe.program(["kernels", "vmlinuz"] + part).run(in: folder)
      #expect(
        ended.status == 64 && ended.errors.contains("--keep ")
          && ended.errors.contains("cannot be used with --behaviour"), "\(ended.errors)")
    }

    @Test func withoutQEMUThePackageIsNamed() throws {
      var program = try Probe.program(["kernels", "vmlinuz", "--program", "ends"])
      program.environment["PATH"] = folder.path
      let ended = try program.run(in: folder)
      #expect(ended.status == 2 && ended.errors.contains("install qemu-system-x86"), "\(ended.errors)")
    }

    @Test func aProgramOfAnotherArchitectureIsRefused() throws {
      var program = GuestProgram.ends
      program[18] = 183
      try folder.write(program, to: "ends")
      let ended = try run()
      #expect(ended.status == 2 && ended.errors.contains("is not an x86-64 executable"), "\(ended.errors)")
    }

    /// A guest's files lie in memory.
    @Test func aGuestNeedsNoFolderForItsFiles() throws {
      var program = try Probe.program(["kernels", "vmlinuz", "--program", "ends"])
      program.environment["TMPDIR"] = "/nonexistent"
      let ended = try program.run(in: folder)
      #expect(
        ended.status == 2 && ended.output.isEmpty && !ended.errors.contains("nonexistent"), "\(ended.errors)")
    }
  }
}

extension Probe {
  /// Whether whoever runs the tests may mount something where nobody else sees it.
  static let canMount: Bool = {
    guard Program.exists("unshare"), let folder = try? Folder() else { return false }
    return (try? Program(["unshare", "-m", "mount", "-t", "tmpfs", "none", "/tmp"]).run(in: folder))?.status
      == 0
  }()
}
