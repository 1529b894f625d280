internal import CLinux
import Glibc
package import SystemPackage

/// The kernel's knowledge of peers from earlier connections: round trips, thresholds, Fast Open cookies.
package enum PeerMetrics {
  /// Forgets all of the calling thread's namespace.
  ///
  /// - Throws: ENOENT where the kernel keeps none.
  ///
  /// The corresponding C functions are `send` and `recv` on a `NETLINK_GENERIC` socket.
  package static func forgetAll() throws(Errno) {
    // CTRL_ATTR_FAMILY_NAME: eleven octets and the one that ends them.
    let family = UInt16(4 + 12).octets + UInt16(2).octets + Array("tcp_metrics".utf8) + [0]
    // genlmsghdr: CTRL_CMD_GETFAMILY, version 1.
    let answer = try ask(type: 16, body: [3, 1, 0, 0] + family, acknowledged: false)
    guard let number = familyNumber(in: answer) else { throw .noSuchFileOrDirectory }
    // TCP_METRICS_CMD_DEL without an address takes all.
    _ = try ask(type: number, body: [2, 1, 0, 0], acknowledged: true)
  }

  /// The value of CTRL_ATTR_FAMILY_ID among the attributes behind the generic header.
  private static func familyNumber(in answer: [UInt8]) -> UInt16? {
    var rest = answer.dropFirst(4)
    while rest.count >= 4 {
      let start = rest.startIndex
      guard let length = UInt16(octets: rest[start..<(start + 2)]).map(Int.init), 4...rest.count ~= length,
        let type = UInt16(octets: rest[(start + 2)..<(start + 4)])
      else { return nil }
      if type == 1, length >= 6 { return UInt16(octets: rest[(start + 4)..<(start + 6)]) }
      rest = rest.dropFirst((length + 3) / 4 * 4)
    }
    return nil
  }

  private static func ask(type: UInt16, body: [UInt8], acknowledged: Bool) throws(Errno) -> [UInt8] {
    let kind = CInt(SOCK_RAW.rawValue | SOCK_CLOEXEC.rawValue)
    let socket = Descriptor(owning: try result { Glibc.socket(AF_NETLINK, kind, NETLINK_GENERIC) })
    let flags = UInt16(NLM_F_REQUEST | (acknowledged ? NLM_F_ACK : 0))
    let message =
      UInt32(16 + body.count).octets + type.octets + flags.octets + UInt64(0).octets + body
    _ = try result(retrying: true) { unsafe Glibc.send(socket.rawValue, message, message.count, 0) }
    var answer = [UInt8](repeating: 0, count: 8192)
    let count = try result(retrying: true) { unsafe recv(socket.rawValue, &answer, answer.count, 0) }
    guard count >= 20, let kind = UInt16(octets: answer[4..<6]) else { throw .ioError }
    guard kind == UInt16(NLMSG_ERROR) else { return Array(answer[16..<count]) }
    guard let error = CInt(octets: answer[16..<20]) else { throw .ioError }
    if error != 0 { throw Errno(rawValue: -error) }
    return []
  }
}
