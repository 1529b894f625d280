import ArgumentParser
import Linux
import Reports
import SystemPackage
package import TCP

struct Who: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows which processes and peers this machine's waiting sockets belong to.",
    discussion: """
      For servers that are full of CLOSE_WAIT or TIME_WAIT: the sockets of this network namespace in CLOSE_WAIT, \
      FIN_WAIT_1, FIN_WAIT_2, LAST_ACK, CLOSING, SYN_SENT and TIME_WAIT, IPv4 and IPv6, by state, process and peer, \
      with their timers; what each state means and what to do about it; and the ports that are left for the busiest \
      destination. It only reads. Of a socket that several processes share it names the one with the lowest number. \
      With root it sees every process's descriptors, without it says how many it may not.

      Examples:
        tcpprobe who
        tcpprobe who --state CLOSE_WAIT --top 3
        tcpprobe who --watch             what grows, every 2 s
        tcpprobe who --watch 60 --state time-wait >> growth.log
        tcpprobe who --format json | jq '.states[] | {state, n: .tally.count}'
        nsenter -n -t PID tcpprobe who   in another network namespace

      JSON, whose keys stay: schema (1), source (sock_diag, or /proc/net/tcp), namespace, isInitialNamespace, sockets, \
      established, hidden (sockets of processes that may not be seen), unreadableProcesses, settings; states[]: state, meaning, action, tally, processes[] (owner: \
      process, kernel, orphan, not-accepted, hidden or unknown; process, name, user, descriptors as 3-9,12; tally), \
      peers[] (direction: outgoing with the peer's port, incoming with the port here; address; port; tally), \
      moreProcesses and morePeers where --top left some out; ports[]: source, destination, available, used, left, \
      timeWait, established. A tally: count, unread and unacknowledged octets (a FIN counts as one), unreadSockets, retries (the most of one socket), \
      untimed, timers[] (kind, count, soonest, latest), silence (since the peer was heard last; the longest). Times \
      are milliseconds. With --watch: one such object a line.

      Exit status 0, whatever there is; 2 where neither sock_diag nor /proc/net/tcp can be read.
      """)

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Only sockets in this state, in any usual spelling; may be repeated.", valueName: "state"))
  var state: [State] = []

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "How many groups of each kind to show. Default: 10; of JSON all.", valueName: "number"))
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
    if let top, top < 0 { throw ValidationError("--top \(top): a number of groups is not negative") }
    if let watch, !(0.1...86_400 ~= watch) { throw ValidationError("--watch takes 0.1 to 86400 seconds") }
    if watch != nil, format == .markdown { throw ValidationError("--watch has no Markdown") }
  }

  func run() throws {
    try Failure.reporting {
      guard let watch else {
        return try Output.write(census().rendered(as: format, top: shown, style: .ofStandardOutput))
      }
      try Watch(who: self, interval: Int64(watch * 1_000_000_000)).run()
    }
  }

  /// How many groups are shown; nil for all.
  var shown: Int? { top ?? (format == .json ? nil : 10) }

  func census() throws -> Census {
    let states = state.isEmpty ? Census.allStates : Set(state)
    do throws(Errno) {
      return Census(try Survey.take(states: states), states: states)
    } catch {
      throw Failure("the sockets cannot be read: \(error)")
    }
  }
}

extension State: ExpressibleByArgument {
  package init?(argument: String) { self.init(name: argument) }
  package static var allValueStrings: [String] { Census.allStates.map(\.rawValue).sorted() }
}

extension CensusFormat: ExpressibleByArgument {}
