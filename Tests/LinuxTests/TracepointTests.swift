import Glibc
import Kinds
import Linux
import SystemPackage
import TCP
import Testing

@Suite(.tags(.kernel), .onItsOwnThread) struct TracepointTests {
  private static let stateReason = Tracepoint.availability(named: StateChange.tracepoint)
  private static let timerReason = TimerStart.availability()

  @Test(.enabled(if: stateReason == nil, "\(stateReason ?? "")"), arguments: Family.here)
  func everyStateOfAConnectionIsSeen(family: Family) throws {
    let watched = try WatchedConnection(family)
    let changes = watched.changes
    let client = changes.filter { $0.tuple.remote == watched.tuple.remote }.map(\.new)
    let server = changes.filter { $0.tuple == watched.tuple.reversed }.map(\.new)
    // The client's TIME_WAIT is a minisocket: its full socket goes to CLOSED instead.
    #expect(client.prefix(3) == [.synSent, .established, .finWait1])
    #expect(client.last == .closed)
    #expect(server == [.synReceived, .established, .closeWait, .lastAck, .closed])
    #expect(changes.map(\.time) == changes.map(\.time).sorted())
  }

  @Test(.enabled(if: stateReason == nil, "\(stateReason ?? "")"))
  func theTracepointsOfAGroupAreListedWithTheirFields() throws {
    let names = try TracepointCatalogue.names(ofGroup: "sock")
    #expect(names == names.sorted())
    #expect(names.contains("inet_sock_set_state"))
    #expect(!names.contains("enable"))
    let fields = try TracepointCatalogue.fields(of: "sock:inet_sock_set_state")
    #expect(fields.prefix(3) == ["skaddr", "oldstate", "newstate"])
    #expect(throws: Errno.noSuchFileOrDirectory) { try TracepointCatalogue.names(ofGroup: "no_such_group") }
  }

  @Test(.enabled(if: stateReason == nil, "\(stateReason ?? "")"))
  func aFilterLeavesOtherPortsOut() throws {
    // Nobody listens on port 1 here, so nothing comes through.
    let tracepoint = try Tracepoint.open(StateChange.tracepoint, filter: StateChange.filter(ports: [1]))
    _ = try TestConnection()
    #expect(try tracepoint.drain().isEmpty)
    #expect(try tracepoint.lost() ?? 0 == 0)
  }

  @Test(.enabled(if: stateReason == nil, "\(stateReason ?? "")"))
  func whatFindsNoRoomIsCounted() throws {
    let tracepoint = try Tracepoint.open(
      StateChange.tracepoint, filter: StateChange.filter(ports: []), bufferSize: 0)
    for _ in 0..<100 { _ = try TestConnection() }
    let seen = try tracepoint.drain().count
    let lost = try tracepoint.lost()
    // Other tests may make connections too; kernels before 6.0 say nothing.
    if let lost { #expect(lost > 0 && seen + Int(lost) >= 700) }
  }

  @Test(.enabled(if: stateReason == nil, "\(stateReason ?? "")"))
  func aTracepointThatIsOffSeesNothing() throws {
    let connection = try TestConnection()
    let tracepoint = try Tracepoint.open(
      StateChange.tracepoint, filter: StateChange.filter(ports: [connection.listening.port]))
    try tracepoint.disable()
    connection.closeServer()
    #expect(try tracepoint.drain().isEmpty)
    try tracepoint.enable()
    try check(shutdown(connection.client, CInt(SHUT_WR)))
    #expect(try !tracepoint.drain().isEmpty)
  }

  @Test(.enabled(if: stateReason == nil, "\(stateReason ?? "")"))
  func aFilterThatCannotBeReadIsRefused() {
    #expect(throws: Errno.invalidArgument) {
      _ = try Tracepoint.open(StateChange.tracepoint, filter: "no_such_field == 1")
    }
  }

  @Test func aTracepointThatIsNotThereHasAReason() {
    #expect(Tracepoint.availability(named: "sock:no_such_event") != nil)
  }

  @Test(.enabled(if: timerReason == nil, "\(timerReason ?? "")"))
  func aTimerLiesWithinItsSocket() throws {
    let addresses = try TimerAddresses.here()
    let timers = try Tracepoint.open(TimerStart.tracepoint, filter: addresses.filter)
    let watched = try WatchedConnection(.ipv4)
    let starts = try timers.drain().compactMap { TimerStart($0, format: timers.format, addresses: addresses) }
    let begin = try #require(watched.changes.first { $0.new == .synSent })
    // The SYN's timer: the first that this thread armed after it left CLOSED, within the socket.
    let syn = try #require(
      starts.first { $0.function == .write && $0.time >= begin.time && $0.tid == begin.tid })
    #expect(syn.lies(inSocket: begin.socket))
    #expect(syn.jiffies > 0)
    #expect(starts.contains { $0.function == .timeWait && $0.jiffies > 0 })
  }
}

/// A connection that opened and closed, the client first, while its state changes were watched.
private struct WatchedConnection {
  let tuple: FourTuple
  let changes: [StateChange]

  init(_ family: Family) throws {
    let tracepoint = try Tracepoint.open(StateChange.tracepoint, filter: StateChange.filter(ports: []))
    let connection = try TestConnection(family)
    tuple = connection.tuple
    try check(shutdown(connection.client, CInt(SHUT_WR)))
    connection.closeServer()
    let tuple = tuple
    var seen: [StateChange] = []
    _ = try eventually {
      seen += try tracepoint.drain().compactMap { StateChange($0, format: tracepoint.format) }
      let closed = Set(seen.filter { $0.new == .closed }.map(\.tuple))
      return closed.isSuperset(of: [tuple, tuple.reversed]) ? true : nil
    }
    changes = seen.filter { [$0.tuple.local.port, $0.tuple.remote.port].contains(tuple.remote.port) }
  }
}
