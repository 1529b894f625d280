import Foundation
import Kinds
import Testing

extension CommandTests {
  /// A kernel that is a program (User Mode Linux), really run, in real time: Debian's has no virtual time.
  @Suite(
    .tags(.guest, .slow), .serialized,
    .enabled(
      if: Probe.isThere && Guests.programKernel != nil,
      "no /usr/bin/linux.uml (package user-mode-linux)"))
  struct ProgramKernelTests {
    private let folder: Folder
    private let mark = UUID().uuidString

    init() throws {
      folder = try Folder()
      for name in ["temporary", "home"] {
        try FileManager.default.createDirectory(
          atPath: "\(folder.path)/\(name)", withIntermediateDirectories: false)
      }
    }

    private func kernels(_ program: String, _ arguments: String...) throws -> Program {
      var probe = try Probe.program(
        ["kernels", try #require(Guests.programKernel), "--program", program] + arguments)
      probe.environment = [
        "TMPDIR": folder.path + "/temporary", "HOME": folder.path + "/home", "TCPPROBE_TEST": mark,
      ]
      return probe
    }

    /// No process of the guest is left, and no file: such a kernel would keep a folder at home.
    private func expectNothingLeft() throws {
      #expect(eventually { World.now(mark: mark).processes.isEmpty })
      for name in ["temporary", "home"] {
        #expect(
          try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/\(name)").isEmpty, "\(name)")
      }
    }

    @Test func aPanicIsTold() throws {
      let ended = try kernels(folder.write(GuestProgram.ends, to: "program"), "--real-time").run(in: folder)
      #expect(ended.status == 2 && ended.output.isEmpty)
      #expect(ended.errors.contains("the kernel panicked before tcpprobe ran"), "\(ended.errors)")
      #expect(ended.errors.contains("Attempted to kill init!"), "\(ended.errors)")
      try expectNothingLeft()
    }

    @Test func aGuestThatHangsIsEndedAtItsLimit() throws {
      let ended = try kernels(
        folder.write(GuestProgram.hangs, to: "program"), "--real-time", "--timeout", "3"
      ).run(in: folder)
      #expect(
        ended.status == 2 && ended.errors.contains("the guest did not finish within 3 s"), "\(ended.errors)")
      try expectNothingLeft()
    }

    @Test func nothingIsLeftOfOneThatIsKilled() throws {
      let running = try kernels(folder.write(GuestProgram.hangs, to: "program"), "--real-time").start(
        in: folder)
      #expect(eventually { World.now(mark: mark).processes.count > 2 })
      _ = kill(running.id, SIGKILL)
      #expect(running.finish().status == nil)
      try expectNothingLeft()
    }

    @Test func aKernelWithoutVirtualTimeIsRefusedWithWhatToDo() throws {
      let ended = try kernels(folder.write(GuestProgram.ends, to: "program")).run(in: folder)
      #expect(
        ended.status == 2 && ended.errors.contains("CONFIG_UML_TIME_TRAVEL_SUPPORT=y, or use --real-time"),
        "\(ended.errors)")
    }

    @Test(.enabled(if: Guests.program != nil, "TCPPROBE_STATIC names no static build"))
    func itMakesRealConnections() throws {
      let ended = try kernels(
        try #require(Guests.program), "--real-time", "--run", "close-sequence", "--on", "wire"
      ).run(in: folder)
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(ended.output.contains("TIME_WAIT") && ended.output.contains("contradicted"), "\(ended.output)")
      try expectNothingLeft()
    }
  }
}
