import ArgumentParser
import FoundationEssentials
import Linux
import Reports
import SystemPackage
package import TCP

struct Who: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Shows which processes and peers hold this machine's CLOSE_WAIT, TIME_WAIT and similar sockets.",
    discussion: """
      For servers with many CLOSE_WAIT or TIME_WAIT sockets, and for servers that refuse connections or hang. It only \
      reads. It looks at the IPv4 and IPv6 sockets of this network namespace and shows:
        - one line for each problem
        - listeners and their queues
        - stalled ESTABLISHED connections: window probes, or retransmissions
        - destinations whose local ports are nearly used up
        - sockets in states such as CLOSE_WAIT and TIME_WAIT, by process and peer
        - what each state means and what to do, under this machine's settings

      A socket that several processes share is listed with all of them. Root sees the descriptors of all processes. \
      Without root, the report names what it could not see.

      Examples:
        tcpprobe who
        tcpprobe who --all-namespaces    also containers
        tcpprobe who --state CLOSE_WAIT --top 3
        tcpprobe who --port 443 --process nginx
        tcpprobe who --fail-if CLOSE_WAIT=100 --fail-if SYN_SENT=20
        tcpprobe who --watch             what grows, every 2 s
        tcpprobe who --watch 60 --state time-wait >> growth.log
        tcpprobe who --format json | jq '.states[] | {state, n: .tally.count}'
        tcpprobe who --format openmetrics > /var/lib/node_exporter/tcpprobe.prom

      Documentation/json.md describes the keys of --format json (schema 2; times in milliseconds). With --watch, each \
      line is one JSON object.

      Exit status: 0 no limit reached, 1 a limit of --fail-if is reached, 2 neither sock_diag nor /proc/net/tcp can be \
      read (with --fail-if also if --all-namespaces or --process could not see everything), 64 wrong usage.
      """)

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Only sockets in this state (CLOSE_WAIT, close-wait); may be repeated.", valueName: "state"))
  var state: [State] = []

  @ArgumentParser.Option(
    help: ArgumentHelp("Only sockets of the process with this id; may be repeated.", valueName: "number"))
  var pid: [Int] = []

  @ArgumentParser.Option(
    help: ArgumentHelp("Only sockets of processes with this name; may be repeated.", valueName: "name"))
  var process: [String] = []

  @ArgumentParser.Option(
    help: ArgumentHelp("Only sockets with this port at either end; may be repeated.", valueName: "port"),
    transform: { try Self.port($0) })
  var port: [UInt16] = []

  @Flag(
    help:
      "Include all other network namespaces of this machine, such as containers. Needs root. (Before Linux 5.6, a namespace that only sockets keep alive is not found.)"
  )
  var allNamespaces = false

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Exit with 1 if at least this many sockets are in the state; may be repeated.",
      valueName: "STATE=number"), transform: { try StateLimit($0) })
  var failIf: [StateLimit] = []

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "The number of groups to show of each kind. Default: 5 on a terminal, all in JSON.", valueName: "number"
    ))
  var top: Int?

  @ArgumentParser.Option(
    defaultAsFlag: 2.0,
    help: ArgumentHelp(
      "Repeat at this interval and show what grows, until Ctrl-C.", valueName: "seconds"))
  var watch: Double?

  @ArgumentParser.Option(help: "The format of the report.")
  var format: CensusFormat = .terminal

  func validate() throws {
    for state in state where !Census.allStates.contains(state) {
      let names = Census.allStates.map(\.rawValue).sorted().joined(separator: ", ")
      throw ValidationError("--state \(state.rawValue): expected one of \(names)")
    }
    for limit in failIf where limit.state != .established && !states.contains(limit.state) {
      throw ValidationError(
        "--fail-if \(limit.state.rawValue): --state excludes this state")
    }
    if let top, top < 0 { throw ValidationError("--top \(top): expected 0 or more") }
    if let watch, !(0.1...86_400 ~= watch) { throw ValidationError("--watch: expected 0.1 to 86400 seconds") }
    if watch != nil, format == .markdown || format == .openmetrics {
      throw ValidationError("--watch works only with --format terminal or json")
    }
    if watch != nil, !failIf.isEmpty {
      throw ValidationError("--watch runs until Ctrl-C, so --fail-if cannot be used with it")
    }
    if watch != nil, allNamespaces, format != .json {
      throw ValidationError("--watch with --all-namespaces works only with --format json")
    }
  }

  func run() throws {
    try Failure.reporting {
      if let watch { return try Watch(who: self, interval: Int64(watch * 1_000_000_000)).run() }
      let report = try report()
      try Output.write(report.rendered(as: format, top: shown, style: .ofStandardOutput))
      let reached = failIf.filter { report.count(of: $0.state) >= $0.number }
      for limit in reached {
        Output.note(
          "\(limit.state.rawValue): \(report.count(of: limit.state)) sockets, limit reached (--fail-if \(limit))"
        )
      }
      if !reached.isEmpty { throw ExitCode(1) }
      // The sockets that were not counted may be those that reach a limit.
      if !failIf.isEmpty, mayMissSockets(report) {
        Output.note(
          "--fail-if: no limit is reached by the sockets that could be read; others could not be read")
        throw ExitCode(2)
      }
    }
  }

  private static func port(_ argument: String) throws -> UInt16 {
    guard let port = UInt16(argument), port > 0 else { throw ValidationError("expected 1 to 65535") }
    return port
  }

  /// The number of groups to show; nil for all.
  var shown: Int? { top ?? (format == .terminal ? 5 : format == .markdown ? 10 : nil) }

  private var states: Set<State> { state.isEmpty ? Census.allStates : Set(state) }

  /// Tells whether sockets that are asked for could not be read, so that a limit may be reached unseen.
  private func mayMissSockets(_ report: CensusReport) -> Bool {
    let isCut = !report.unread.isEmpty || report.censuses.contains { $0.unreadNamespaces > 0 }
    return (allNamespaces && isCut)
      || (filter.asksForProcesses && report.censuses.contains { $0.unreadable > 0 || $0.hidesProcesses })
  }

  private var filter: SocketFilter {
    var filter = SocketFilter()
    filter.processes = Set(pid)
    filter.names = Set(process)
    filter.ports = Set(port)
    return filter
  }

  func report() throws -> CensusReport {
    let time = Date()
    do throws(Errno) {
      guard allNamespaces else {
        let survey = try Survey.take(states: states, everyProcess: filter.asksForProcesses)
        return CensusReport([Census(survey, states: states, filter: filter)], host: System.host, time: time)
      }
      let (surveys, unread) = try Survey.takeAll(states: states, everyProcess: filter.asksForProcesses)
      return CensusReport(
        surveys.map { Census($0, states: states, filter: filter) }, unread: unread, host: System.host,
        time: time)
    } catch {
      throw Failure("the sockets cannot be read: \(error)")
    }
  }
}

/// A limit of sockets in a state: `CLOSE_WAIT=100`.
struct StateLimit: CustomStringConvertible {
  let state: State
  let number: Int

  /// - Throws: `ValidationError` with what was expected.
  init(_ argument: String) throws {
    let parts = argument.split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[1]), number > 0 else {
      throw ValidationError("expected a state and a number from 1, such as CLOSE_WAIT=100")
    }
    guard let state = State(name: parts[0]), Census.allStates.contains(state) || state == .established else {
      let states = (Census.allStates.map(\.rawValue) + [State.established.rawValue]).sorted()
      throw ValidationError(
        "unknown state \(parts[0]): \(Nearest.hint(about: String(parts[0]), among: states))")
    }
    self.state = state
    self.number = number
  }

  var description: String { "\(state.rawValue)=\(number)" }
}

extension State: ExpressibleByArgument {
  package init?(argument: String) { self.init(name: argument) }
  package static var allValueStrings: [String] { Census.allStates.map(\.rawValue).sorted() }
}

extension CensusFormat: ExpressibleByArgument {}
