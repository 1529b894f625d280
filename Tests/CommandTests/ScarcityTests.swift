import Foundation
import Testing

extension CommandTests {
  /// A machine that gives less than usual: the reason is told, and what needs none of it works.
  @Suite(.enabled(if: Probe.isThere, "there is no program beside the tests"))
  struct ScarcityTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    /// Runs the program after a preparation by a shell, in namespaces of its own where these are named.
    private func run(_ arguments: [String], after preparation: String, unsharing namespaces: String? = nil)
      throws -> Program.Finished
    {
      let shell = ["sh", "-c", "\(preparation) || exit 9; exec \"$@\"", "sh"]
      let program = try Probe.program(arguments).arguments
      return try Program((namespaces.map { ["unshare", $0] } ?? []) + shell + program).run(in: folder)
    }

    @Test func whereFewFilesMayBeOpenTheLimitIsTheReason() throws {
      let ended = try run(["close-sequence"], after: "ulimit -n 8")
      #expect(ended.status == 2 && ended.output.isEmpty)
      #expect(
        ended.errors.contains("8 files") && ended.errors.contains("a run needs up to"), "\(ended.errors)")
      #expect(!ended.errors.contains("TUN"))
    }

    @Test func theDoctorTellsTheLimitOfOpenFiles() throws {
      let ended = try run(["doctor"], after: "ulimit -n 8")
      let words = ended.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(ended.status == 2 && words.contains("may have 8 files open"), "\(ended.output)")
      #expect(words.contains("to enable: ulimit -n") && !words.contains("CAP_PERFMON"))
    }

    @Test(.enabled(if: getuid() == 0, "sysctls of a user namespace are root's there"))
    func whereNoNamespaceMayBeMadeTheSysctlIsNamed() throws {
      let ended = try run(
        ["doctor"], after: "echo 0 > /proc/sys/user/max_net_namespaces", unsharing: "-Ur")
      if ended.status == 9 { return print("skipped: user.max_net_namespaces cannot be set here") }
      #expect(ended.output.contains("ENOSPC"), "\(ended.output)")
      let words = ended.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(words.contains("raise the sysctl user.max_net_namespaces, which is 0"))
      #expect(!words.contains("module tun"))
    }

    @Test func aLimitThatMayBeRaisedIsRaised() throws {
      guard !Probe.benches.isEmpty else { return print("skipped: the program cannot run here") }
      let usual = try Probe.run("close-sequence", in: folder)
      let ended = try run(["close-sequence"], after: "ulimit -S -n 16")
      #expect(ended.status == usual.status, "\(ended.errors)")
    }

    /// A receiver with room for one octet takes none: each run would wait for minutes.
    @Test(arguments: ["wire", "loopback"])
    func whereNoDataArrivesTheSettingIsTheReason(bench: String) throws {
      guard Probe.benches.contains(bench) else { return print("skipped: no \(bench) can be set up here") }
      let tiny = "ip link set lo up && echo 1 1 1 > /proc/sys/net/ipv4/tcp_rmem"
      let record = ["record", "--quick", "--only", "half-close", "--on", bench, "-o", "-"]
      let ended = try run(record, after: tiny, unsharing: "-n")
      if ended.status == 9 { return print("skipped: tcp_rmem cannot be set here") }
      #expect(ended.status == 2 && ended.output.isEmpty)
      #expect(ended.errors.contains("tcp_rmem: 1 1 1"), "\(ended.errors)")
      #expect(ended.errors.contains("--sysctls default"))
      let other = try run(record + ["--sysctls", "default"], after: tiny, unsharing: "-n")
      #expect(other.status == 0 && other.output.contains("data sent in CLOSE_WAIT"), "\(other.errors)")
    }

    @Test(
      .enabled(if: Probe.canMount, "nothing can be mounted here"),
      arguments: [
        (["--version"], 0, "."), (["list", "--page", "reset"], 0, "# "),
        (["explain", "W11"], 64, "did you mean W1.1"), (["compare", "a.md", "b.md"], 64, "a.md"),
        (["close-sequence"], 2, "/proc is not mounted"), (["record", "--quick"], 2, "/proc is not mounted"),
      ])
    func withoutProcWhatNeedsNoneWorksAndTheRestSaysWhatIsMissing(
      arguments: [String], status: Int, said: String
    ) throws {
      let ended = try run(arguments, after: "mount -t tmpfs none /proc", unsharing: "-m")
      #expect(ended.status == Int32(status), "\(ended.errors)")
      #expect((ended.output + ended.errors).contains(said), "\(ended.output + ended.errors)")
    }

    /// Reading a table of the machine's size at each look would take longer than the run.
    @Test(.enabled(if: Probe.canMount, "nothing can be mounted here"))
    func withoutSettingsALargeTableIsNotReadAndEverythingIsDecided() throws {
      guard Probe.benches.contains("wire") else { return print("skipped: no wire can be set up here") }
      let ended = try run(
        ["close-sequence", "--format", "json"], after: "mount -t tmpfs none /proc/sys", unsharing: "-m")
      #expect(ended.status == 0, "\(ended.errors)")
      let proc = try Report(ended.output).traces.flatMap(\.observers).filter { $0.kind == "/proc/net/tcp" }
      #expect(!proc.isEmpty)
      for observer in proc {
        guard let reason = observer.reason else { return print("this machine's table is small") }
        #expect(reason.contains("the table is the whole machine's"), "\(reason)")
      }
    }

    @Test func withSmallBuffersTheBufferIsTheReasonAndNotTheMachine() throws {
      guard Probe.benches.contains("wire") else { return print("skipped: no wire can be set up here") }
      let settings = "for name in rmem wmem; do echo 4096 4096 4096 > /proc/sys/net/ipv4/tcp_$name; done"
      let ended = try run(
        ["record", "--quick", "--only", "recovery"], after: settings, unsharing: "--net")
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(ended.output.contains("not measured: needs a larger send buffer (tcp_wmem)"), "\(ended.output)")
      #expect(!ended.output.contains("the machine stalled each time"))
    }
  }
}
