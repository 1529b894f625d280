internal import CLinux
import Glibc
package import SystemPackage
package import TCP

/// Features of a route that connections over it heed (`include/uapi/linux/rtnetlink.h`).
package struct RouteFeatures: OptionSet, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Timestamps count microseconds, where both ends have such a route. `RTAX_FEATURE_TCP_USEC_TS`.
  package static let microsecondTimestamps = RouteFeatures(rawValue: 1 << 4)
}

/// A network interface of the calling thread's namespace; every call on it belongs inside ``Namespace/enter(_:)``.
///
/// Whatever changes it needs CAP_NET_ADMIN there (EPERM without).
package struct Interface: Sendable {
  /// `lo`, `tun0`: 1 to 15 octets.
  package let name: String
  /// The kernel's number, which is the namespace's own.
  package let index: UInt32

  /// The interface of this name.
  ///
  /// - Throws: ENODEV where there is none.
  ///
  /// The corresponding C function is `if_nametoindex`.
  package init(named name: String) throws(Errno) {
    self.name = name
    index = UInt32(
      try result { () -> Int in
        let index = unsafe if_nametoindex(name)
        return index == 0 ? -1 : Int(index)
      })
  }

  /// Switches the interface on.
  ///
  /// The corresponding C function is `send` of `RTM_NEWLINK` with `IFF_UP`.
  package func bringUp() throws(Errno) {
    let up = UInt32(IFF_UP)
    try RouteMessage(type: RTM_NEWLINK, header: link(flags: up, changing: up)).send()
  }

  /// Switches multicast off, so that the kernel sends no listener reports on its own account.
  ///
  /// The corresponding C function is `send` of `RTM_NEWLINK` without `IFF_MULTICAST`.
  package func turnOffMulticast() throws(Errno) {
    try RouteMessage(type: RTM_NEWLINK, header: link(flags: 0, changing: UInt32(IFF_MULTICAST))).send()
  }

  /// Sets the largest packet, IP header included, in octets: 68 (1280 for IPv6) to 65,535 on a TUN device.
  ///
  /// - Throws: EINVAL where the device takes no such size.
  ///
  /// The corresponding C function is `send` of `RTM_NEWLINK` with `IFLA_MTU`.
  package func setMTU(_ octets: Int) throws(Errno) {
    var message = RouteMessage(type: RTM_NEWLINK, header: link(flags: 0, changing: 0))
    message.append(IFLA_MTU, UInt32(clamping: octets).octets)
    try message.send()
  }

  /// Gives the interface an address, usable at once: IPv6's duplicate detection is left out.
  ///
  /// - Parameter prefix: bits of the network that is reached directly; 32 or 128 for none.
  /// - Throws: EEXIST where it has the address; EACCES or EPERM where the namespace has IPv6 switched off; ETIMEDOUT where
  ///   the kernel does not take it for its own within ten seconds.
  ///
  /// The corresponding C function is `send` of `RTM_NEWADDR`.
  package func add(_ address: Address, prefix: Int) throws(Errno) {
    let permanent: UInt8 = 0x80
    let header: [UInt8] =
      [UInt8(address.family.number), UInt8(clamping: prefix), permanent, 0] + index.octets
    var message = RouteMessage(type: RTM_NEWADDR, flags: NLM_F_CREATE | NLM_F_EXCL, header: header)
    message.append(IFA_LOCAL, address.bytes)
    message.append(IFA_ADDRESS, address.bytes)
    if address.family == .ipv6 {
      let withoutDetection: UInt32 = 0x02
      message.append(IFA_FLAGS, (UInt32(permanent) | withoutDetection).octets)
    }
    try message.send()
    if address.family == .ipv6 { try awaitRoute(to: address) }
  }

  /// Waits until what goes to this address stays on the host: of IPv6 the kernel sees to that in a work queue, after the
  /// order was carried out, and until then it answers a SYN with an ICMP error.
  ///
  /// The corresponding C function is `send` of `RTM_GETROUTE`.
  private func awaitRoute(to address: Address) throws(Errno) {
    let (local, deadline): (UInt8, Int64) = (2, Clock.monotonic() + 10_000_000_000)
    // struct rtmsg: family, bits of the destination; the answer's eighth octet is the route's type.
    let header: [UInt8] = [UInt8(address.family.number), UInt8(address.bytes.count * 8)]
    var question = RouteMessage(type: RTM_GETROUTE, header: header + [UInt8](repeating: 0, count: 10))
    question.append(Int(RTA_DST.rawValue), address.bytes)
    while true {
      do throws(Errno) {
        let route = try question.ask()
        if route.count > 7, route[7] == local { return }
      } catch {
        // Whoever does not answer such questions cannot be waited for.
        guard [.networkUnreachable, .noRouteToHost].contains(error) else { return }
      }
      guard Clock.monotonic() < deadline else { throw .timedOut }
      Clock.sleep(until: Clock.monotonic() + 1_000_000)
    }
  }

  /// Sends what goes to this address, or to its network, through this interface, without a router.
  ///
  /// - Parameters:
  ///   - prefix: bits of the network; nil for the one address.
  ///   - leastTimeout: the least retransmission timeout of connections to there; nil for the namespace's own. The kernel
  ///     takes no more than its greatest timeout, 120 s.
  ///   - acksAtOnce: true if no ACK to there is delayed.
  ///   - initialWindow: the segments that may be sent before an ACK comes; nil for the kernel's own number.
  ///   - replaces: true to change a route that is there; its other metrics are lost.
  /// - Throws: EEXIST where there is such a route, ENETDOWN where the interface is down.
  ///
  /// The corresponding C function is `send` of `RTM_NEWROUTE`.
  package func addRoute(
    to address: Address, prefix: Int? = nil, leastTimeout: Duration? = nil, acksAtOnce: Bool = false,
    initialWindow: Int? = nil, replaces: Bool = false
  ) throws(Errno) {
    var metrics: [UInt8] = []
    if let leastTimeout {
      // Only what is locked counts: elsewhere the attribute is a hint of an earlier connection.
      let milliseconds = UInt32(clamping: leastTimeout.inNanoseconds / 1_000_000)
      metrics += RouteMessage.attribute(Int(RTAX_LOCK), (UInt32(1) << UInt32(RTAX_RTO_MIN)).octets)
      metrics += RouteMessage.attribute(Int(RTAX_RTO_MIN), milliseconds.octets)
    }
    if acksAtOnce { metrics += RouteMessage.attribute(Int(RTAX_QUICKACK), UInt32(1).octets) }
    if let initialWindow {
      metrics += RouteMessage.attribute(Int(RTAX_INITCWND), UInt32(clamping: initialWindow).octets)
    }
    try setRoute(
      to: address, prefix: prefix, flags: NLM_F_CREATE | (replaces ? NLM_F_REPLACE : NLM_F_EXCL),
      metrics: metrics.isEmpty ? nil : metrics)
  }

  /// Gives the route to this address, which ``addRoute(to:prefix:leastTimeout:)`` made, these features (`RTAX_FEATURE_…`).
  /// Other metrics of the route are lost.
  ///
  /// - Throws: EINVAL where the kernel does not know one of them.
  ///
  /// The corresponding C function is `send` of `RTM_NEWROUTE` with `NLM_F_REPLACE`.
  package func setFeatures(_ features: RouteFeatures, ofRouteTo address: Address) throws(Errno) {
    try setRoute(
      to: address, prefix: nil, flags: NLM_F_CREATE | NLM_F_REPLACE,
      metrics: RouteMessage.attribute(Int(RTAX_FEATURES), features.rawValue.octets))
  }

  private func setRoute(
    to address: Address, prefix: Int?, flags: CInt, metrics: [UInt8]?
  ) throws(Errno) {
    let bits = UInt8(clamping: prefix ?? address.bytes.count * 8)
    let linkScope: UInt8 = 253
    // struct rtmsg: family, bits of destination and source, type of service, table main, protocol static,
    // scope, type unicast, flags.
    let header: [UInt8] = [UInt8(address.family.number), bits, 0, 0, 254, 4, linkScope, 1] + UInt32(0).octets
    var message = RouteMessage(type: RTM_NEWROUTE, flags: flags, header: header)
    message.append(Int(RTA_DST.rawValue), address.bytes)
    message.append(Int(RTA_OIF.rawValue), index.octets)
    if let metrics { message.append(Int(RTA_METRICS.rawValue), metrics) }
    try message.send()
  }

  /// struct ifinfomsg: family and type of any kind, this interface, its flags and which of them change.
  private func link(flags: UInt32, changing mask: UInt32) -> [UInt8] {
    UInt32(0).octets + index.octets + flags.octets + mask.octets
  }
}
