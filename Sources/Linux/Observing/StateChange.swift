package import TCP

/// A socket went from one state to another, as the kernel says itself (tracepoint `sock:inet_sock_set_state`).
///
/// Complete for full sockets. Minisockets are not in it: not TIME_WAIT and its end, not a passive open's
/// SYN_RECV before the last ACK.
package struct StateChange: Hashable, Codable, Sendable {
  package var old: State
  package var new: State
  /// From the socket's own end. From CLOSED to SYN_SENT the local port is 0 unless it was bound.
  package var tuple: FourTuple
  /// The kernel's address of the socket. It is used again at once, so it names the socket only until it is CLOSED.
  package var socket: UInt64
  /// Nanoseconds of CLOCK_MONOTONIC.
  package var time: Int64
  /// The thread that ran: who called, or whoever was interrupted.
  package var tid: Int32

  package static let tracepoint = "sock:inet_sock_set_state"

  /// The change that this sample holds, or nil where it is not one of TCP.
  package init?(_ sample: Tracepoint.Sample, format: TracepointFormat) {
    let raw = sample.raw[...]
    func state(_ name: String) -> State? {
      format.number(name, in: raw).flatMap { UInt8(exactly: $0) }.flatMap { State(linux: $0) }
    }
    guard format.number("protocol", in: raw) == 6, let family = format.number("family", in: raw),
      let old = state("oldstate"), let new = state("newstate"), let socket = format.number("skaddr", in: raw)
    else { return nil }
    // AF_INET6; AF_INET is 2.
    let suffix = family == 10 ? "_v6" : ""
    func endpoint(_ address: String, _ port: String) -> Endpoint? {
      guard let bytes = format.bytes(address + suffix, in: raw), let address = Address(bytes: Array(bytes)),
        let port = format.number(port, in: raw).flatMap({ UInt16(exactly: $0) })
      else { return nil }
      return Endpoint(address.unmapped, port)
    }
    guard family == 2 || family == 10, let local = endpoint("saddr", "sport"),
      let remote = endpoint("daddr", "dport")
    else { return nil }
    self.old = old
    self.new = new
    tuple = FourTuple(local: local, remote: remote)
    self.socket = socket
    time = sample.time
    tid = sample.tid
  }

  /// A filter that lets only TCP sockets pass with one of these ports on either side.
  ///
  /// Name the listener's port too: a client's own is 0 when it leaves CLOSED, if it was not bound. The kernel
  /// takes filters of 4095 octets: about a hundred ports.
  package static func filter(ports: Set<UInt16>) -> String {
    let wanted = ports.sorted().map { "sport == \($0) || dport == \($0)" }.joined(separator: " || ")
    return wanted.isEmpty ? "protocol == 6" : "protocol == 6 && (\(wanted))"
  }
}
