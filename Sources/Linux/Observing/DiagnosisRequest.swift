internal import CLinux
import Glibc
internal import TCP

/// A request to sock_diag (`struct inet_diag_req_v2`; for all families at once `struct inet_diag_req`), as octets.
struct DiagnosisRequest {
  enum Kind {
    /// Tells of one socket, of many, or ends one (SOCK_DESTROY).
    case exact, dump, end
  }

  /// Nil for every family: a dump then walks the kernel's table once.
  var family: Family?
  var tuple: FourTuple?
  /// Only sockets in these states are dumped; an exact look-up does not heed it.
  var states: Set<State> = []
  var kind: Kind
  /// True to ask for TCP_INFO.
  var withInfo = true
  /// True to ask for every attribute.
  var withAll = false
  /// The sockets that a dump has; nil for all.
  var filter: DiagnosisFilter?

  /// The socket of this four-tuple, or the listener that a SYN to its local end would reach.
  static func exact(_ tuple: FourTuple) -> DiagnosisRequest {
    DiagnosisRequest(family: tuple.local.address.family, tuple: tuple, kind: .exact)
  }

  /// The end of the socket of this four-tuple.
  static func end(_ tuple: FourTuple) -> DiagnosisRequest {
    DiagnosisRequest(family: tuple.local.address.family, tuple: tuple, kind: .end)
  }

  static func dump(_ family: Family?, _ states: Set<State>, withInfo: Bool = true) -> DiagnosisRequest {
    DiagnosisRequest(family: family, states: states, kind: .dump, withInfo: withInfo)
  }

  func message(sequence: UInt32) -> NetlinkMessage {
    let attributes: UInt8 = withAll ? 0xFF : withInfo ? 1 << (UInt8(INET_DIAG_INFO) - 1) : 0
    var body: [UInt8]
    if let family {
      body = [UInt8(family == .ipv4 ? AF_INET : AF_INET6), UInt8(IPPROTO_TCP), attributes, 0]
      body += stateMask.octets + place
    } else {
      // Two lengths of addresses, which nobody heeds.
      body = [UInt8(AF_UNSPEC), 0, 0, attributes] + place + stateMask.octets + [0, 0, 0, 0]
    }
    if let filter = filter?.octets {
      // INET_DIAG_REQ_BYTECODE.
      body += UInt16(4 + filter.count).octets + UInt16(1).octets + filter
    }
    let (type, flags): (CInt, CInt) =
      switch kind {
      case .exact: (CInt(SOCK_DIAG_BY_FAMILY), 0)
      case .dump:
        (family == nil ? Self.allFamilies : CInt(SOCK_DIAG_BY_FAMILY), CInt(NLM_F_ROOT | NLM_F_MATCH))
      case .end: (CInt(SOCK_DESTROY), CInt(NLM_F_ACK))
      }
    return NetlinkMessage(
      type: UInt16(type), flags: UInt16(CInt(NLM_F_REQUEST) | flags), sequence: sequence, body: body[...])
  }

  /// TCPDIAG_GETSOCK: the older form, which alone knows AF_UNSPEC. The answers have this type, too.
  static let allFamilies: CInt = 18

  /// `struct inet_diag_sockid`.
  private var place: [UInt8] {
    // Ports and addresses in network order, an IPv4 address in the first of four words.
    var octets = [tuple?.local.port ?? 0, tuple?.remote.port ?? 0].flatMap { $0.byteSwapped.octets }
    for address in [tuple?.local.address, tuple?.remote.address] {
      let bytes = address?.bytes ?? []
      octets += bytes + Array(repeating: 0, count: 16 - bytes.count)
    }
    // Any interface; INET_DIAG_NOCOOKIE, twice.
    return octets + [0, 0, 0, 0] + Array(repeating: 0xFF, count: 8)
  }

  /// One bit for each of the kernel's numbers; a state that has two numbers gets both.
  private var stateMask: UInt32 {
    (UInt8(1)...13).filter { State(linux: $0).map(states.contains) ?? false }.reduce(0) { $0 | 1 << $1 }
  }
}
