internal import CLinux
import Glibc
internal import SystemPackage

/// An order to the kernel's routing, device and address tables (rtnetlink(7)), acknowledged before it returns.
struct RouteMessage {
  private let type: UInt16
  private var flags: UInt16
  private var body: [UInt8]

  /// - Parameters:
  ///   - type: RTM_NEWLINK and its kin.
  ///   - flags: NLM_F_CREATE and its kin, besides those that every order has.
  ///   - header: the fixed structure of this type of message.
  init(type: Int, flags: CInt = 0, header: [UInt8]) {
    self.type = UInt16(type)
    self.flags = UInt16(flags | NLM_F_REQUEST | NLM_F_ACK)
    body = header
  }

  /// Adds an attribute; each begins at a multiple of four octets.
  mutating func append(_ attribute: Int, _ value: [UInt8]) {
    body += RouteMessage.attribute(attribute, value)
  }

  /// An attribute as the kernel reads it, filled up to a multiple of four octets: also one inside another's value.
  static func attribute(_ attribute: Int, _ value: [UInt8]) -> [UInt8] {
    let padding = [UInt8](repeating: 0, count: (4 - value.count % 4) % 4)
    return UInt16(4 + value.count).octets + UInt16(attribute).octets + value + padding
  }

  /// Sends the order in the calling thread's namespace, and throws the error that the kernel answers.
  ///
  /// The corresponding C functions are `send` and `recv` on an `AF_NETLINK` socket.
  func send() throws(Errno) { _ = try answer() }

  /// Asks for one object, and returns it: what follows the header.
  ///
  /// The corresponding C functions are `send` and `recv` on an `AF_NETLINK` socket.
  func ask() throws(Errno) -> [UInt8] {
    var question = self
    question.flags &= ~UInt16(NLM_F_ACK)
    return try question.answer()
  }

  /// The first message that comes back; what is an error is thrown.
  private func answer() throws(Errno) -> [UInt8] {
    let kind = CInt(SOCK_RAW.rawValue | SOCK_CLOEXEC.rawValue)
    let socket = Descriptor(owning: try result { Glibc.socket(AF_NETLINK, kind, NETLINK_ROUTE) })
    // struct nlmsghdr; the sequence and the port may be zero on a socket of one question.
    let message = UInt32(16 + body.count).octets + type.octets + flags.octets + UInt64(0).octets + body
    _ = try result(retrying: true) { unsafe Glibc.send(socket.rawValue, message, message.count, 0) }
    var answer = [UInt8](repeating: 0, count: 1024)
    let count = try result(retrying: true) { unsafe recv(socket.rawValue, &answer, answer.count, 0) }
    guard count >= 20, let kind = UInt16(octets: answer[4..<6]) else { throw .ioError }
    guard kind == UInt16(NLMSG_ERROR) else { return Array(answer[16..<count]) }
    // struct nlmsgerr follows the header: the error, negative, or 0.
    guard let error = CInt(octets: answer[16..<20]) else { throw .ioError }
    if error != 0 { throw Errno(rawValue: -error) }
    return []
  }
}
