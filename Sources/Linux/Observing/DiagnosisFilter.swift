internal import CLinux
import Glibc
package import TCP

/// A filter that the kernel applies to the sockets of a dump of sock_diag (`INET_DIAG_REQ_BYTECODE`): the sockets for which
/// all conditions hold.
package struct DiagnosisFilter: Hashable, Sendable {
  /// One condition of a filter.
  package enum Condition: Hashable, Sendable {
    /// The own port is this one, is at least this one, is at most this one.
    case port(Int), portAtLeast(Int), portAtMost(Int)
    /// The peer's port.
    case peerPort(Int), peerPortAtLeast(Int), peerPortAtMost(Int)
    /// The first bits of the own address are those of this one, and the port, if it is given, is this one.
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
  /// True to negate the whole filter: the sockets for which not all conditions hold.
  package var isNegated: Bool

  package init(_ conditions: [Condition], isNegated: Bool = false) {
    self.conditions = conditions
    self.isNegated = isNegated
  }

  /// The operations (`struct inet_diag_bc_op` and their operands).
  ///
  /// An operation names two distances to the next operation: one if it holds, one if not. The kernel takes a socket where it
  /// comes to the end exactly, and leaves it out where it comes four octets further.
  var octets: [UInt8] {
    let operations = conditions.map { ($0.code, $0.operands) }
    // Negated, an operation that does not hold leads to the end, and the last that holds to a jump beyond it.
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
