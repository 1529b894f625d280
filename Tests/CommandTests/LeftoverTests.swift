import Foundation
import Testing

/// How a run comes to its end.
enum Ending: String, CaseIterable {
  case normal, closedPipe, hangUp, interrupt, quit, terminate, kill

  var signal: Int32? {
    switch self {
    case .normal, .closedPipe: nil
    case .hangUp: SIGHUP
    case .interrupt: SIGINT
    case .quit: SIGQUIT
    case .terminate: SIGTERM
    case .kill: SIGKILL
    }
  }
}

/// What of the machine a run could have changed.
struct World: Equatable {
  var interfaces: Set<String>
  var settings: [String: String]
  var mounts: Set<String>
  /// Processes that have this mark in their environment. A network namespace stays only with one of them; those of other
  /// tests, which run beside this one, have no such mark.
  var processes: Set<String>

  static func now(mark: String) -> World {
    let files = FileManager.default
    func names(_ folder: String) -> [String] { (try? files.contentsOfDirectory(atPath: folder)) ?? [] }
    func text(_ path: String) -> String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }
    let settings = names("/proc/sys/net/ipv4").filter { $0.hasPrefix("tcp_") }
    let numbers = names("/proc").filter { Int($0) != nil && $0 != "\(getpid())" }
    return World(
      interfaces: Set(names("/sys/class/net")),
      settings: Dictionary(
        settings.map { ($0, text("/proc/sys/net/ipv4/" + $0)) }, uniquingKeysWith: { first, _ in first }),
      mounts: Set(text("/proc/self/mounts").split(separator: "\n").map(String.init)),
      processes: Set(numbers.filter { text("/proc/\($0)/environ").contains(mark) }))
  }

  /// Waits until no process with this mark is left. One that does not end by itself is ended: whoever has inherited
  /// something of a program keeps Foundation waiting for that program's end.
  ///
  /// - Returns: false where one did not end by itself.
  static func endsAll(of mark: String) -> Bool {
    let areGone = eventually { now(mark: mark).processes.isEmpty }
    for left in now(mark: mark).processes.compactMap(Int32.init) { _ = kill(left, SIGKILL) }
    return areGone
  }

  /// Whether nothing is here that was not there before.
  func addsNothing(to before: World) -> Bool {
    interfaces == before.interfaces && settings == before.settings && mounts == before.mounts
      && processes.isSubset(of: before.processes)
  }
}

extension CommandTests {
  @Suite(.enabled(if: !Probe.benches.isEmpty, "the program cannot run here"))
  struct LeftoverTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    @Test(arguments: Probe.benches, Ending.allCases)
    func nothingStaysBehindWhateverEndsARun(bench: String, ending: Ending) throws {
      let mark = UUID().uuidString
      let before = World.now(mark: mark)
      var arguments = ["close-sequence", "--on", bench]
      if ending != .closedPipe { arguments += ["--output", "report.txt", "--pcap", "packets"] }
      // While the bench is made, while something is run.
      for delay in ending.signal == nil ? [0] : [UInt32(50_000), 250_000] {
        var program = try Probe.program(arguments)
        if ending == .closedPipe {
          program = Program(["sh", "-c", "\"$@\" | head -n 1", "sh"] + program.arguments)
        }
        program.environment["TCPPROBE_TEST"] = mark
        let running = try program.start(in: folder)
        if let signal = ending.signal {
          usleep(delay)
          _ = kill(running.id, signal)
        }
        let ended = running.finish()
        switch ending {
        // A machine that is too busy leaves something undecided, and nothing else.
        case .normal: #expect([0, 2].contains(ended.status) && ended.errors.isEmpty)
        case .closedPipe: #expect(ended.status == 0 && ended.errors.isEmpty && !ended.output.isEmpty)
        // A fast machine may be done before.
        default: #expect(ended.status == nil || ended.status == 0)
        }
        #expect(try folder.names().allSatisfy { ["report.txt", "packets"].contains($0) })
      }
      #expect(eventually { World.now(mark: mark).addsNothing(to: before) })
    }

    /// An orphaned connection would keep its namespace for as long as the kernel sends its FIN again: 100 s.
    @Test(.enabled(if: Probe.canLimitNamespaces, "namespaces cannot be limited in a user namespace here"))
    func namespacesAreGivenBackSoonAfterARun() throws {
      let script = """
        echo 8 > /proc/sys/user/max_net_namespaces
        for run in 1 2 3 4 5 6 7 8; do
          tries=0
          until "$@"; do
            tries=$((tries + 1))
            [ $tries -lt 50 ] || exit 1
            sleep 0.2
          done
        done > /dev/null
        """
      let probe = try Probe.program(["handshake", "--on", "wire"]).arguments
      let ended = try Program(["unshare", "-Ur", "sh", "-c", script, "sh"] + probe).run(in: folder)
      #expect(ended.status == 0, "\(ended.errors)")
    }
  }
}

extension Probe {
  static let canLimitNamespaces: Bool = {
    guard benches.contains("wire"), Program.exists("unshare"), let folder = try? Folder() else {
      return false
    }
    let script = "echo 8 > /proc/sys/user/max_net_namespaces && \"$@\""
    let handshake = (try? Probe.program(["handshake", "--on", "wire"]).arguments) ?? []
    let ended = try? Program(["unshare", "-Ur", "sh", "-c", script, "sh"] + handshake).run(in: folder)
    return ended?.status == 0
  }()
}
