import Foundation
import Testing

extension CommandTests {
  /// The program as process 1, as the entry point of a container is, without what it could harm the machine with.
  @Suite(.enabled(if: Probe.canBeFirst, "no PID namespace can be made here, or there is no strace"))
  struct FirstProcessTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    /// The calls that only the first process of a guest makes, and those by which it would read its orders.
    private static let watched = [
      "mount", "umount2", "reboot", "init_module", "finit_module", "delete_module", "openat", "open",
    ]
    private static let forbidden = ["mount(", "umount2(", "reboot(", "module(", "ioperm(", "iopl(", "ttyS"]

    /// The program's system calls, from its start on, and its end.
    private func trace(_ arguments: [String], environment: [String: String] = [:], inside: [String] = [])
      throws
      -> (calls: [String], ended: Program.Finished)
    {
      let path = try #require(Probe.path)
      #if arch(x86_64)
        let watched = (Self.watched + ["ioperm", "iopl"]).joined(separator: ",")
      #else
        let watched = "mount,umount2,reboot,init_module,finit_module,delete_module,openat"
      #endif
      var program = Program(
        ["strace", "-f", "-o", "calls", "-e", "trace=execve,clone,clone3,fork,vfork,wait4," + watched]
          + Probe.asFirst + inside + [path] + arguments)
      program.environment = environment
      program.limit = 120
      let ended = try program.run(in: folder)
      let lines = try folder.read("calls").split(separator: "\n").map(String.init)
      let start = try #require(
        lines.firstIndex { $0.contains("execve(\"\(path)\"") && $0.hasSuffix("= 0") }, "\(ended.errors)")
      return (Array(lines[start...]), ended)
    }

    @Test(arguments: [["--version"], ["doctor"], ["who"], ["list"], ["handshake", "--on", "loopback"]])
    func outsideOfAGuestEveryCommandWorksAsUsualAndTouchesNothing(arguments: [String]) throws {
      let (calls, ended) = try trace(arguments)
      let usual = try Probe.program(arguments).run(in: folder)
      #expect(ended.status == usual.status, "\(ended.errors)")
      #expect(ended.output.isEmpty == usual.output.isEmpty && !ended.output.isEmpty)
      for call in calls { #expect(!Self.forbidden.contains { call.contains($0) }, "\(call)") }
    }

    /// Neither the environment nor a file makes a guest of a container: the kernel's command line says what it is.
    @Test func aMarkThatTheKernelWasNotBootedWithMakesNoGuest() throws {
      let script = """
        root=$PWD/root && mkdir $root && mount -t tmpfs none $root || exit 9
        for place in /*; do
          if [ -L $place ]; then cp -a $place $root; elif [ -d $place ]; then
            mkdir $root$place && mount --rbind $place $root$place; fi
        done
        printf 'boot-1\\0list' > $root/arguments
        exec chroot $root "$@"
        """
      let (calls, ended) = try trace(
        ["--version"], environment: ["TCPPROBE_GUEST": "boot-1"], inside: ["sh", "-c", script, "sh"])
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(calls.contains { $0.contains("\"/arguments\"") && !$0.contains("= -1") }, "it is not looked at")
      for call in calls { #expect(!Self.forbidden.contains { call.contains($0) }, "\(call)") }
    }

    /// As `docker stop` asks, and as whoever runs a command in a container leaves processes behind.
    @Test func asProcess1ItWaitsForOrphansAndEndsWhenAsked() throws {
      let path = try #require(Probe.path)
      let running = try Program(Probe.asFirst + [path, "who", "--watch", "1"]).start(in: folder)
      func children(of process: Int32) -> [Int32] {
        let text = try? String(contentsOfFile: "/proc/\(process)/task/\(process)/children", encoding: .utf8)
        return (text ?? "").split(separator: " ").compactMap { Int32($0) }
      }
      func first() -> Int32? { children(of: running.id).first { !children(of: $0).isEmpty } }
      #expect(eventually { first() != nil })
      guard let first = first() else {
        _ = kill(running.id, SIGKILL)
        return
      }
      let before = children(of: first)
      let orphan = ["nsenter", "-m", "-p", "-t", "\(first)", "sh", "-c", "(sleep 0.2 & sleep 0.2 &)"]
      #expect(try Program(orphan).run(in: folder).status == 0)
      #expect(eventually { children(of: first) == before }, "\(children(of: first))")
      _ = kill(first, SIGTERM)
      let ended = running.finish()
      #expect(ended.status == 128 + SIGTERM, "\(ended.errors)")
    }
  }
}

extension Probe {
  /// The words that make a program process 1 of a PID namespace and a mount namespace of its own. It has no privilege
  /// with which it could load modules, use ports of the machine or end it.
  static let asFirst = [
    "unshare", "-m", "-p", "-f", "--mount-proc", "setpriv", "--bounding-set",
    "-sys_module,-sys_rawio,-sys_boot",
  ]

  static let canBeFirst: Bool = {
    guard isThere, Program.exists("unshare"), Program.exists("setpriv"), let folder = try? Folder() else {
      return false
    }
    return (try? Program(["strace", "-f", "-o", "/dev/null"] + asFirst + ["true"]).run(in: folder))?.status
      == 0
  }()
}

/// Tells whether something comes true within a time that only a hang exceeds.
func eventually(_ condition: () -> Bool) -> Bool {
  let deadline = Date(timeIntervalSinceNow: 20)
  while Date() < deadline {
    if condition() { return true }
    usleep(20_000)
  }
  return condition()
}
