import ArgumentParser
import FoundationEssentials
import Linux
import Reports
import SystemPackage
package import TCP

struct Who: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows which processes and peers this machine's waiting sockets belong to.",
    discussion: """
      For servers that are full of CLOSE_WAIT or TIME_WAIT, refuse connections or hang: the sockets of this network \
      namespace, IPv4 and IPv6. First what needs attention, one line each; then listeners with their queues, \
      connections in ESTABLISHED that stand still (window probe, or sent again at least twice), ports that are nearly \
      used up, and the sockets in CLOSE_WAIT, FIN_WAIT_1, FIN_WAIT_2, LAST_ACK, CLOSING, SYN_SENT and TIME_WAIT by \
      state, process and peer, with their timers; what each means and what to do about it, under the settings of this \
      machine. It only reads. A socket that several processes hold names all of them. With root it sees every \
      process's descriptors, without it says what it may not see.

      Examples:
        tcpprobe who
        tcpprobe who --all-namespaces    containers, too
        tcpprobe who --state CLOSE_WAIT --top 3
        tcpprobe who --port 443 --process nginx
        tcpprobe who --fail-if CLOSE_WAIT=100 --fail-if SYN_SENT=20
        tcpprobe who --watch             what grows, every 2 s
        tcpprobe who --watch 60 --state time-wait >> growth.log
        tcpprobe who --format json | jq '.states[] | {state, n: .tally.count}'
        tcpprobe who --format openmetrics > /var/lib/node_exporter/tcpprobe.prom

      JSON, whose keys stay: schema (2), kind ("who"), time, host, source (sock_diag, or /proc/net/tcp), namespace, \
      isInitialNamespace, otherNamespaces (not looked at), sockets, established, hidden (sockets of processes that may \
      not be seen), unreadableProcesses, hidesProcesses (hidepid), settings, counters; listeners[]: address, port, \
      owner, waiting and limit (accept queue), synQueue and synQueueLimit, sharers, notAccepted, unanswered, isFull; \
      stalled[]: cause (retransmitting, zero-window), owner, peer, tally; states[], also those without sockets: state, \
      meaning, action, tally, processes[] (owner: process, kernel, orphan, not-accepted, hidden or unknown; process, \
      name, user, listener, descriptors as 3-9,12; holders[]: every process; tally), \
      peers[] (direction: outgoing with the peer's port, incoming with the port here, unknown; address; port; tally), \
      moreProcesses and morePeers where --top left some out; ports[]: source, destination (address, port), available, \
      blocked, used, reusable, left (for connect), bindable (for bind), timeWait, established. A tally: count, unread \
      and unacknowledged octets (a FIN counts as one), unreadSockets, retries (the most of one socket), \
      untimed, timers[] (kind, count, soonest, latest), silence (since the peer was heard last, or, with a closed \
      window, since data was sent; the longest). Times are milliseconds. With --all-namespaces: namespaces[], the same \
      keys for each other one. With --watch: one such object a line.

      Exit status 0, whatever there is; 1 where --fail-if says so; 2 where neither sock_diag nor /proc/net/tcp can be \
      read.
      """)

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Only sockets in this state, in any usual spelling; may be repeated.", valueName: "state"))
  var state: [State] = []

  @ArgumentParser.Option(
    help: ArgumentHelp("Only sockets of the process with this number; may be repeated.", valueName: "number"))
  var pid: [Int] = []

  @ArgumentParser.Option(
    help: ArgumentHelp("Only sockets of processes of this name; may be repeated.", valueName: "name"))
  var process: [String] = []

  @ArgumentParser.Option(
    help: ArgumentHelp("Only sockets with this port at either end; may be repeated.", valueName: "port"))
  var port: [UInt16] = []

  @Flag(
    help:
      "Also look at the other network namespaces of this machine, such as those of containers. Needs root.")
  var allNamespaces = false

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Exit with 1 where so many sockets or more are in the state; may be repeated.",
      valueName: "STATE=number"))
  var failIf: [StateLimit] = []

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "How many groups of each kind to show. Default: 5 on a terminal; of JSON all.", valueName: "number"))
  var top: Int?

  @ArgumentParser.Option(
    defaultAsFlag: 2.0,
    help: ArgumentHelp(
      "Look again every so many seconds, and show what grows, until Ctrl-C.", valueName: "seconds"))
  var watch: Double?

  @ArgumentParser.Option(help: "The format of the report.")
  var format: CensusFormat = .terminal

  func validate() throws {
    for state in state where !Census.allStates.contains(state) {
      let names = Census.allStates.map(\.rawValue).sorted().joined(separator: ", ")
      throw ValidationError("--state \(state.rawValue): not among \(names)")
    }
    for limit in failIf where limit.state != .established && !states.contains(limit.state) {
      throw ValidationError(
        "--fail-if \(limit.state.rawValue): it is not among the states that --state names")
    }
    if let top, top < 0 { throw ValidationError("--top \(top): a number of groups is not negative") }
    if let watch, !(0.1...86_400 ~= watch) { throw ValidationError("--watch takes 0.1 to 86400 seconds") }
    if watch != nil, format == .markdown || format == .openmetrics {
      throw ValidationError("--watch has --format terminal and json only")
    }
    if watch != nil, !failIf.isEmpty {
      throw ValidationError("--watch does not end by itself: --fail-if is without it")
    }
    if watch != nil, allNamespaces, format != .json {
      throw ValidationError("--watch with --all-namespaces has --format json only")
    }
  }

  func run() throws {
    try Failure.reporting {
      if let watch { return try Watch(who: self, interval: Int64(watch * 1_000_000_000)).run() }
      let report = try report()
      try Output.write(report.rendered(as: format, top: shown, style: .ofStandardOutput))
      let reached = failIf.filter { report.count(of: $0.state) >= $0.number }
      for limit in reached {
        Output.note("\(limit.state.rawValue): \(report.count(of: limit.state)) sockets, --fail-if \(limit)")
      }
      if !reached.isEmpty { throw ExitCode(1) }
    }
  }

  /// How many groups are shown; nil for all.
  var shown: Int? { top ?? (format == .terminal ? 5 : format == .markdown ? 10 : nil) }

  private var states: Set<State> { state.isEmpty ? Census.allStates : Set(state) }

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

/// How many sockets in a state are too many: `CLOSE_WAIT=100`.
struct StateLimit: ExpressibleByArgument, CustomStringConvertible {
  let state: State
  let number: Int

  init?(argument: String) {
    let parts = argument.split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count == 2, let state = State(name: parts[0]), let number = Int(parts[1]), number > 0,
      Census.allStates.contains(state) || state == .established
    else { return nil }
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
