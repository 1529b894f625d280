internal import CLinux
import Glibc
package import SystemPackage
package import TCP

/// The values that the kernel keeps for a destination (tcp_metrics), asked over generic netlink as `ip tcp_metrics` does.
///
/// It answers for the network namespace in which it was opened, whatever thread asks.
package struct DestinationMetrics: ~Copyable {
  private let descriptor: Descriptor
  private let family: UInt16

  /// An answer for one destination.
  package struct Answer: Hashable, Sendable {
    /// The kernel's names of all attributes without `TCP_METRICS_ATTR_`, in their order, or their numbers.
    package var attributes: [String]
    /// Round trips in milliseconds and microseconds, segments, by the kernel's names without `TCP_METRIC_`.
    package var values: [String: UInt32]
    /// Octets of the cookie of Fast Open; nil where there is none.
    package var cookieLength: Int?
    /// The MSS that is kept with it.
    package var fastOpenMSS: UInt16?
  }

  /// Opens it in the calling thread's namespace; no privilege is needed.
  ///
  /// Throws `noSuchFileOrDirectory` where the kernel has no tcp_metrics.
  ///
  /// The corresponding C function is `socket`.
  package static func open() throws(Errno) -> DestinationMetrics {
    let descriptor = Descriptor(
      owning: try result {
        socket(AF_NETLINK, CInt(SOCK_RAW.rawValue | SOCK_CLOEXEC.rawValue), NETLINK_GENERIC)
      })
    return DestinationMetrics(family: try number(over: descriptor), descriptor: descriptor)
  }

  private init(family: UInt16, descriptor: consuming Descriptor) {
    self.family = family
    self.descriptor = descriptor
  }

  /// The number that the kernel has given to tcp_metrics: CTRL_CMD_GETFAMILY with CTRL_ATTR_FAMILY_NAME, and
  /// CTRL_ATTR_FAMILY_ID of the answer.
  private static func number(over descriptor: borrowing Descriptor) throws(Errno) -> UInt16 {
    let name = RouteMessage.attribute(2, Array("tcp_metrics".utf8) + [0])
    let message = NetlinkMessage(
      type: controller, flags: UInt16(NLM_F_REQUEST), sequence: 1, body: ([3, 1, 0, 0] + name)[...])
    let answer = try exchange(message, over: descriptor)
    let number = NetlinkMessage.attribute(1, in: answer.dropFirst(headerLength))?.number(UInt16.self, at: 0)
    guard let number else { throw .badMessage }
    return number
  }

  /// The values for this destination.
  ///
  /// Throws `noSuchProcess` where there are none.
  ///
  /// The corresponding C functions are `send` and `recv`.
  package borrowing func values(for destination: Address) throws(Errno) -> Answer {
    let body = try ask(1, destination)
    var answer = Answer(attributes: [], values: [:])
    for (kind, octets) in NetlinkMessage.all(of: body.dropFirst(Self.headerLength)) {
      let name = Self.name(kind, in: Self.attributes)
      answer.attributes.append(name)
      switch name {
      case "VALS":
        // The number of a metric's attribute is one more than that of the metric.
        for (kind, octets) in NetlinkMessage.all(of: octets) where kind > 0 {
          answer.values[Self.name(kind - 1, in: Self.metrics)] = octets.number(UInt32.self, at: 0)
        }
      case "FOPEN_MSS": answer.fastOpenMSS = octets.number(UInt16.self, at: 0)
      case "FOPEN_COOKIE": answer.cookieLength = octets.count
      default: break
      }
    }
    return answer
  }

  /// Forgets the values for this destination.
  ///
  /// Throws `noSuchProcess` where there are none, and `notPermitted` without CAP_NET_ADMIN in the first user namespace.
  ///
  /// The corresponding C functions are `send` and `recv`.
  package borrowing func forget(_ destination: Address) throws(Errno) { _ = try ask(2, destination) }

  /// Forgets the values for all destinations.
  ///
  /// The corresponding C functions are `send` and `recv`.
  package borrowing func forgetAll() throws(Errno) { _ = try ask(2, nil) }

  private borrowing func ask(_ command: UInt8, _ destination: Address?) throws(Errno) -> ArraySlice<UInt8> {
    // TCP_METRICS_ATTR_ADDR_IPV4 and its kin for IPv6.
    let attribute = destination.map { RouteMessage.attribute($0.family == .ipv4 ? 1 : 2, $0.bytes) } ?? []
    // An order is acknowledged, and a question answered.
    let flags = NLM_F_REQUEST | (command == 1 ? 0 : NLM_F_ACK)
    let message = NetlinkMessage(
      type: family, flags: UInt16(flags), sequence: 2, body: ([command, 1, 0, 0] + attribute)[...])
    return try Self.exchange(message, over: descriptor)
  }

  private static func exchange(
    _ message: NetlinkMessage, over descriptor: borrowing Descriptor
  ) throws(Errno) -> ArraySlice<UInt8> {
    let (bytes, socket) = (message.bytes, descriptor.rawValue)
    _ = try result(retrying: true) { unsafe Glibc.send(socket, bytes, bytes.count, 0) }
    // The description of a family has all its commands.
    var answer = [UInt8](repeating: 0, count: 8192)
    let count = try result(retrying: true) { unsafe recv(socket, &answer, answer.count, 0) }
    guard let first = NetlinkMessage.read(answer[..<count])?.first, first.sequence == message.sequence else {
      throw .badMessage
    }
    guard first.type == UInt16(NLMSG_ERROR) else { return first.body }
    let code = first.body.number(Int32.self, at: 0) ?? 0
    if code != 0 { throw Errno(rawValue: -code) }
    return []
  }

  private static func name(_ number: UInt16, in names: [String]) -> String {
    names.indices.contains(Int(number)) ? names[Int(number)] : "\(number)"
  }

  /// `GENL_ID_CTRL`.
  private static let controller: UInt16 = 16
  /// `struct genlmsghdr`.
  private static let headerLength = 4
  /// `include/uapi/linux/tcp_metrics.h`.
  private static let attributes = [
    "UNSPEC", "ADDR_IPV4", "ADDR_IPV6", "AGE", "TW_TSVAL", "TW_TS_STAMP", "VALS", "FOPEN_MSS",
    "FOPEN_SYN_DROPS", "FOPEN_SYN_DROP_TS", "FOPEN_COOKIE", "SADDR_IPV4", "SADDR_IPV6", "PAD",
  ]
  private static let metrics = [
    "RTT", "RTTVAR", "SSTHRESH", "CWND", "REORDERING", "RTT_US", "RTTVAR_US",
  ]
}
