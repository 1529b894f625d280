package import Documents
package import Linux
package import SystemPackage
package import TCP
package import Traces

/// Both parties on one loopback interface, in real time: of a private namespace where one can be made, else the
/// machine's own.
package final class Loopback: Bench {
  package let kind = BenchKind.loopback
  package let family: Family
  package let settings: HostSettings
  package let addresses: Both<Address>
  package let segmentObserver: ObserverReport
  package let placementObstacle: String?
  package let holdsPackets = false
  /// True if it has a namespace of its own.
  package var isPrivate: Bool { host.isPrivate }

  private let host: Host
  private let capture: Box<PacketCapture>?
  private var passing = PassingPackets()
  private var ports = PortNumbers()

  /// Sets the bench up with what the process may do.
  ///
  /// - Throws: ``BenchError`` where not even the machine's own loopback serves, as without IPv6.
  package init(family: Family, settings: HostSettings = HostSettings()) throws(BenchError) {
    self.family = family
    self.settings = settings
    let address = Address.loopback(family)
    addresses = Both(address)
    let host = (try? Host(private: (), settings: settings)) ?? Host()
    try Loopback.tryListening(on: host, address)
    self.host = host
    switch Loopback.capture(on: host, address) {
    case .success(let box):
      capture = box
      segmentObserver = ObserverReport(kind: .capture)
    case .failure(let error):
      capture = nil
      segmentObserver = ObserverReport(
        kind: .capture,
        reason: error == .notPermitted ? "needs CAP_NET_RAW in the network namespace" : "\(error)")
    }
    placementObstacle = Loopback.placementObstacle(on: host, address)
  }

  /// Watches `lo`.
  private static func capture(on host: Host, _ address: Address) -> Result<Box<PacketCapture>, Errno> {
    do {
      let box = try host.enter {
        let interface = try Interface(named: "lo")
        // The machine's own interface stays as it is: then what is seen may be coalesced.
        if host.isPrivate { try interface.turnOffOffloads() }
        return Box(try PacketCapture.open(interface: CInt(interface.index)))
      }
      try awaitTimestamps(from: box, on: host, address)
      return .success(box)
    } catch {
      return .failure(error as? Errno ?? .ioError)
    }
  }

  /// The kernel turns timestamps on a moment after somebody wants them; until then a packet has the time at which it
  /// was read, and the order of what happened would be wrong. So a refused connection is made until one has a time
  /// from before it was looked for.
  private static func awaitTimestamps(
    from capture: Box<PacketCapture>, on host: Host, _ address: Address
  ) throws {
    let closed = try host.enter { Box(try Socket.tcp(address.family)) }
    try closed.value.bind(to: Endpoint(address, 0))
    let target = try closed.value.localEndpoint()
    for _ in 0..<100 {
      let socket = try host.enter { Box(try Socket.tcp(address.family)) }
      // Refused at once: nobody listens at a port that is only bound.
      _ = try? socket.value.connect(to: target)
      let sent = Clock.monotonic()
      Clock.sleep(nanoseconds: 1_000_000)
      var isStamped = false
      while let packet = try capture.value.next() { if packet.time <= sent { isStamped = true } }
      if isStamped { return }
    }
  }

  private static func tryListening(on host: Host, _ address: Address) throws(BenchError) {
    do {
      let socket = try host.enter { Box(try Socket.tcp(address.family)) }
      try socket.value.bind(to: Endpoint(address, 0))
      try socket.value.listen(backlog: 1)
    } catch {
      throw BenchError(step: "listen on \(address)", reason: "\(error)")
    }
  }

  /// Repair is tried, for only trying tells.
  private static func placementObstacle(on host: Host, _ address: Address) -> String? {
    do {
      let socket = try host.enter { Box(try Socket.tcp(address.family)) }
      try socket.value.placeInitialSequence(SequenceNumber(1))
      return nil
    } catch {
      return "TCP_REPAIR needs CAP_NET_ADMIN in the network namespace (\(error))"
    }
  }

  package func enter<R: ~Copyable>(_ party: Party, _ body: () throws -> R) throws -> R {
    try host.enter(body)
  }

  package func nextPorts() -> Both<UInt16> {
    isPrivate ? ports.next() : Both(0)
  }

  package func departure(until deadline: Int64) throws(Errno) -> Departure? {
    guard let capture else {
      Clock.sleep(until: deadline)
      return nil
    }
    while true {
      // Looked at first: a packet that is there needs no wait.
      while let captured = try capture.value.next() { passing.note(captured) }
      if let captured = passing.next(at: Clock.monotonic()) {
        guard let packet = Packet(bytes: captured.bytes) else { continue }
        return Departure(packet: packet, bytes: captured.bytes, time: Int64(captured.time))
      }
      let limit = passing.limit ?? deadline
      let isReadable = try waitReadable([capture.value.rawValue], until: limit).contains(true)
      if !isReadable, passing.limit == nil { return nil }
    }
  }

  package func deliver(_ departure: Departure) {}

  /// A filter that takes nothing stands at the receiver's socket.
  package func setLoss(_ isLossy: Bool, at descriptor: borrowing Socket) throws(Errno) {
    if isLossy { try descriptor.rejectAll() } else { try descriptor.acceptAll() }
  }
}
