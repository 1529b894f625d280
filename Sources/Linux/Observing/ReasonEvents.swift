package import TCP

/// An action of the kernel on a packet while one thread ran: it took one from a device, freed one that it did not use, or
/// sent an RST. The tracepoints `net:netif_receive_skb`, `skb:kfree_skb` and `tcp:tcp_send_reset` tell them.
package struct ReasonEvent: Hashable, Sendable {
  package enum What: Hashable, Sendable {
    case received(packet: UInt64, length: Int, device: String)
    /// The reason is nil where the packet was freed for none.
    case freed(packet: UInt64, reason: String?)
    /// The packet is the one that the RST answers, 0 where it answers none; then the socket's addresses and ports are told.
    case reset(packet: UInt64, tuple: FourTuple?, reason: String?)
  }

  /// Nanoseconds of CLOCK_MONOTONIC.
  package var time: Int64
  package var what: What

  package init(time: Int64, _ what: What) {
    self.time = time
    self.what = what
  }
}

/// The reasons that these events give for one packet that a thread let arrive by a device.
package struct ArrivalReasons: Hashable, Sendable {
  /// The reason why the kernel freed the packet without using it; nil where it gave none.
  package private(set) var discard: String?
  /// The reason of the RST that answers the packet; nil where it gave none.
  package private(set) var reset: String?

  /// Finds the packet among all that the kernel handled in this thread: while a thread writes to a device, an interrupt may
  /// let it handle packets of anybody's. The kernel's address of a packet names it from its arrival until another one arrives
  /// at the same address.
  ///
  /// - Parameters:
  ///   - events: all of this thread from the writing of the packet on, in the order of time.
  ///   - device: the name of the device that the packet was written to.
  ///   - length: the octets of the packet.
  package init(in events: [ReasonEvent], device: String, length: Int) {
    let arrivals = events.indices.filter {
      if case .received(_, length, device) = events[$0].what { true } else { false }
    }
    // Of two alike nobody can tell which is ours: nothing is said of either.
    guard arrivals.count == 1, case .received(let packet, _, _) = events[arrivals[0]].what else { return }
    for event in events[(arrivals[0] + 1)...] {
      switch event.what {
      case .received(packet, _, _): return
      case .reset(packet, _, let reason): self.reset = self.reset ?? reason
      case .freed(packet, let reason):
        discard = reason
        return
      default: break
      }
    }
  }
}

extension ReasonEvent {
  /// The event that a sample of `net:netif_receive_skb` holds.
  package init?(arrival sample: Tracepoint.Sample, format: TracepointFormat) {
    let raw = sample.raw[...]
    guard let packet = format.number("skbaddr", in: raw), let length = format.number("len", in: raw),
      let device = format.text("name", in: raw)
    else { return nil }
    self.init(time: sample.time, .received(packet: packet, length: Int(clamping: length), device: device))
  }

  /// The event that a sample of `skb:kfree_skb` holds, with the names of its reasons.
  package init?(discard sample: Tracepoint.Sample, format: TracepointFormat, names: [UInt64: String]) {
    let raw = sample.raw[...]
    guard let packet = format.number("skbaddr", in: raw), let reason = format.number("reason", in: raw) else {
      return nil
    }
    self.init(time: sample.time, .freed(packet: packet, reason: Self.reason(reason, names)))
  }

  /// The event that a sample of `tcp:tcp_send_reset` holds, with the names of its reasons.
  package init?(reset sample: Tracepoint.Sample, format: TracepointFormat, names: [UInt64: String]) {
    let raw = sample.raw[...]
    guard let packet = format.number("skbaddr", in: raw), let reason = format.number("reason", in: raw) else {
      return nil
    }
    func endpoint(_ name: String) -> Endpoint? {
      format.bytes(name, in: raw).flatMap { Endpoint(socketAddress: Array($0)) }
    }
    var tuple: FourTuple?
    if let local = endpoint("saddr"), let remote = endpoint("daddr") {
      tuple = FourTuple(
        local: Endpoint(local.address.unmapped, local.port),
        remote: Endpoint(remote.address.unmapped, remote.port))
    }
    self.init(
      time: sample.time, .reset(packet: packet, tuple: tuple, reason: Self.reason(reason, names)))
  }

  /// The kernel's name of a reason, or its number where it has no name; nil for those that say that there is none.
  private static func reason(_ number: UInt64, _ names: [UInt64: String]) -> String? {
    guard let name = names[number] else { return "\(number)" }
    return noReasons.contains(name) ? nil : name
  }

  private static let noReasons: Set<String> = ["NOT_SPECIFIED", "CONSUMED", "NOT_DROPPED_YET"]
}
