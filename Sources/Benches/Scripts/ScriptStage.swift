import Documents
import Linux
import TCP
import Traces

/// The sockets and other descriptors of a script, and the connection that its segments belong to.
struct ScriptStage {
  /// The descriptors of the process, by those of the script.
  private(set) var descriptors: [Int: Int] = [:]
  /// All descriptors that calls have made, so that they can be closed.
  private var open: Set<Int> = []
  /// The sockets, the newest first.
  private var sockets: [ScriptSocket] = []
  /// The one that segments belong to: the last that was made, or that a SYN has come in for.
  private(set) var current: ScriptSocket?

  mutating func add(_ socket: ScriptSocket) {
    sockets.insert(socket, at: 0)
    current = socket
  }

  private func socket(_ descriptor: Int) -> ScriptSocket? {
    sockets.first { $0.descriptor?.script == descriptor }
  }

  /// The current connection, where the packet is one of the kernel's end of it.
  func socket(of packet: DetailedPacket) -> ScriptSocket? {
    guard let current, packet.destination == current.remote else { return nil }
    if packet.source == current.local { return current }
    // The first SYN tells the port; one that is sent again for an earlier socket does not.
    guard current.stage == .opening, current.local == nil, packet.flags.contains(.syn),
      !packet.flags.contains(.ack), !sockets.contains(where: { $0.local == packet.source })
    else { return nil }
    current.local = packet.source
    return current
  }

  /// Notes what a call does to its socket before it is made: segments may leave while it waits.
  mutating func willMake(_ call: ScriptCall, settings: ScriptSettings) {
    guard let number = call.arguments.first?.number, let socket = socket(number) else { return }
    let flags = call.arguments.dropFirst().compactMap(\.number)
    let isFastOpen = flags.contains { $0 & (ScriptConstants.values["MSG_FASTOPEN"] ?? 0) != 0 }
    let isConnect = call.name == "connect" || ["sendto", "sendmsg"].contains(call.name) && isFastOpen
    guard isConnect, call.arguments.dropFirst().allSatisfy({ $0 != .name("AF_UNSPEC") }) else {
      // Without a family the association ends, and another may begin.
      if call.arguments.contains(.name("AF_UNSPEC")) { socket.stage = .new }
      return
    }
    guard socket.stage == .new else { return }
    socket.stage = .connecting
    socket.local = nil
    socket.remote = Endpoint(settings.remote, settings.connectPort)
  }

  /// Notes what a call has made.
  ///
  /// - Returns: nil, or why the script cannot go on.
  mutating func didMake(_ call: ScriptCall, _ outcome: ScriptCalling.Outcome) -> String? {
    own(outcome.descriptors)
    switch call.name {
    case "socket":
      guard let number = call.result.number, number >= 0 else { return nil }
      descriptors[number] = outcome.result
      add(ScriptSocket(descriptor: (number, outcome.result)))
    case "epoll_create":
      guard let number = call.result.number, number >= 0 else { return nil }
      descriptors[number] = outcome.result
    case "pipe":
      let numbers = call.arguments[0].elements?.compactMap(\.number) ?? []
      for (number, live) in zip(numbers, outcome.descriptors) { descriptors[number] = live }
    case "listen":
      if let number = call.arguments[0].number { socket(number)?.stage = .listening }
    case "accept":
      guard let number = call.result.number, number >= 0 else { return nil }
      descriptors[number] = outcome.result
      guard let waiting = waiting(for: outcome.remote) else {
        return "accept() gave a connection that the script has not opened"
      }
      waiting.descriptor = (number, outcome.result)
    case "close":
      guard let number = call.arguments[0].number, let live = descriptors.removeValue(forKey: number) else {
        return nil
      }
      open.remove(live)
      if let socket = socket(number) {
        socket.descriptor = nil
        socket.isClosed = true
      }
    default: break
    }
    return nil
  }

  /// Notes descriptors that a call has made, so that they are closed at the end.
  mutating func own(_ made: [Int]) { open.formUnion(made) }

  /// The connection that accept() gave, by its other end; the oldest that waits where that says nothing.
  private func waiting(for remote: Endpoint?) -> ScriptSocket? {
    let all = sockets.filter {
      $0.descriptor == nil && !$0.isClosed && ($0.stage == .answered || $0.stage == .acknowledged)
    }
    let own = remote.map { Endpoint($0.address.unmapped, $0.port) }
    return all.first { own != nil && $0.remote == own } ?? all.last
  }

  /// An ICMP error about a segment of the kernel; nil where there is no connection yet.
  func bytes(of error: ScriptError, settings: ScriptSettings) -> [UInt8]? {
    guard let current, let local = current.local, let remote = current.remote,
      let numbers = ScriptErrors.numbers(of: error, in: settings.family)
    else { return nil }
    let about = DetailedPacket(
      source: local, destination: remote, hopLimit: 255, flags: [],
      sequence: SequenceNumber(current.liveStart(error.start)), acknowledgment: SequenceNumber(0), window: 0)
    // A router quotes the IP header and eight octets.
    let header = settings.family == .ipv4 ? 20 : 40
    return ICMP.bytes(
      type: numbers.type, code: numbers.code, value: UInt32(error.mtu ?? 0),
      about: Array(about.bytes.prefix(header + (settings.family == .ipv4 ? 8 : 20))), from: remote.address,
      to: local.address)
  }

  /// Closes everything, so that no connection is left.
  mutating func closeAll() {
    for descriptor in open {
      _ = try? PlainCalls.setOption(
        descriptor, ScriptConstants.values["SOL_SOCKET"] ?? 1, ScriptConstants.values["SO_LINGER"] ?? 13,
        UInt32(1).octets + UInt32(0).octets, length: 8)
      _ = try? PlainCalls.close(descriptor)
    }
    open = []
    descriptors = [:]
  }
}
