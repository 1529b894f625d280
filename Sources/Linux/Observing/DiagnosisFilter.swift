internal import CLinux
import Glibc
package import TCP

/// A filter that the kernel applies to the sockets of a dump of sock_diag (`INET_DIAG_REQ_BYTECODE`): the sockets for which
/// all conditions hold.
package struct DiagnosisFilter: Hashable, Sendable {
  /// One condition of a filter.
  package enum Condition: Hashable, Sendable {
    /// The own port is this one, or lies at this one or above or below it.
    case port(Int), portAtLeast(Int), portAtMost(Int)
    /// The peer's port.
    case peerPort(Int), peerPortAtLeast(Int), peerPortAtMost(Int)
    /// So many leading bits of the own address are these, and the port, where it is given, is this one.
    case address(Address, bits: Int, port: Int?)
    /// The peer's.
    case peerAddress(Address, bits: Int, port: Int?)
    /// The own port is this one, whatever the family of the address.
    case anyAddress(port: Int)
    /// The own address has a family that no kernel knows, which is refused.
    case unknownFamily
    /// The kernel chose the own port.
    case isPortChosen
    /// The socket is bound to the interface of this index; 0 for none.
    case device(UInt32)
    /// The socket's mark has these bits set.
    case mark(UInt32)
  }

  package var conditions: [Condition]
  /// True to turn the whole filter round: the sockets for which not all conditions hold.
  package var isNegated: Bool

  package init(_ conditions: [Condition], isNegated: Bool = false) {
    self.conditions = conditions
    self.isNegated = isNegated
  }

  /// The operations (`struct inet_diag_bc_op` and their operands).
  ///
  /// An operation names the distances to where the kernel goes on: inside for yes, and four octets behind the end for no.
  var octets: [UInt8] {
    let operations = conditions.map { ($0.code, $0.operands) }
    // Negated, the last condition goes to a jump behind it, and every "no" to the end, where the socket is taken.
    let tail: [UInt8] = isNegated ? Self.operation(1, yes: 4, no: 8, []) : []
    var rest = operations.reduce(tail.count) { $0 + 4 + $1.1.count }
    var octets: [UInt8] = []
    for (code, operands) in operations {
      octets += Self.operation(code, yes: 4 + operands.count, no: isNegated ? rest : rest + 4, operands)
      rest -= 4 + operands.count
    }
    return octets + tail
  }

  private static func operation(_ code: UInt8, yes: Int, no: Int, _ operands: [UInt8]) -> [UInt8] {
    [code, UInt8(yes)] + UInt16(no).octets + operands
  }
}

extension DiagnosisFilter.Condition {
  /// `INET_DIAG_BC_…`.
  fileprivate var code: UInt8 {
    switch self {
    case .portAtLeast: 2
    case .portAtMost: 3
    case .peerPortAtLeast: 4
    case .peerPortAtMost: 5
    case .isPortChosen: 6
    case .address, .anyAddress, .unknownFamily: 7
    case .peerAddress: 8
    case .device: 9
    case .mark: 10
    case .port: 11
    case .peerPort: 12
    }
  }

  fileprivate var operands: [UInt8] {
    switch self {
    case .port(let port), .portAtLeast(let port), .portAtMost(let port), .peerPort(let port),
      .peerPortAtLeast(let port), .peerPortAtMost(let port):
      // Another operation, of which only the last field counts.
      [0, 4] + UInt16(truncatingIfNeeded: port).octets
    case .address(let address, let bits, let port), .peerAddress(let address, let bits, let port):
      [UInt8(address.family == .ipv4 ? AF_INET : AF_INET6), UInt8(truncatingIfNeeded: bits), 0, 0]
        + Int32(port ?? -1).octets + address.bytes
    case .anyAddress(let port): [UInt8(AF_UNSPEC), 0, 0, 0] + Int32(port).octets
    case .unknownFamily: [0xFF, 0, 0, 0] + Int32(-1).octets
    case .isPortChosen: []
    case .device(let index): index.octets
    case .mark(let bits): bits.octets + bits.octets
    }
  }
}
