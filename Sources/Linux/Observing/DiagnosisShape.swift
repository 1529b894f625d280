package import SystemPackage
package import TCP

/// The attributes of sock_diag's answer for a socket (`INET_DIAG_…`), and its state.
package struct DiagnosisShape: Hashable, Sendable {
  package struct Attribute: Hashable, Sendable {
    /// The kernel's name without `INET_DIAG_`, or its number where that is newer than this list.
    package var name: String
    package var octets: [UInt8]

    package var length: Int { octets.count }

    /// The number that it is, in the machine's order; nil where it is longer than four octets.
    package var number: UInt32? {
      octets.count <= 4 ? octets.reversed().reduce(0) { $0 << 8 | UInt32($1) } : nil
    }
  }
  /// Nil for a state that is newer than this list.
  package var state: State?
  package var attributes: [Attribute]

  /// Everything that the calling thread's namespace tells of the socket of this four-tuple, or nil where there is none.
  /// A listener is asked for with an address and port of the other end that are 0.
  ///
  /// The corresponding C functions are `socket`, `send` and `recv`.
  package static func ask(for tuple: FourTuple) throws(Errno) -> DiagnosisShape? {
    var channel = try DiagnosisChannel()
    var request = DiagnosisRequest.exact(tuple)
    request.withAll = true
    return try channel.askForOctets(request).map { DiagnosisShape(of: $0) }
  }

  /// The same for each socket of a dump.
  ///
  /// The corresponding C functions are `socket`, `send` and `recv`.
  package static func dump(
    _ family: Family, states: Set<State>, matching filter: DiagnosisFilter? = nil
  ) throws(Errno) -> [DiagnosisShape] {
    var channel = try DiagnosisChannel()
    var request = DiagnosisRequest.dump(family, states)
    request.withAll = true
    request.filter = filter
    return try channel.askForAllOctets(request).map { DiagnosisShape(of: $0) }
  }

  private init(of message: ArraySlice<UInt8>) {
    state = message.number(UInt8.self, at: 1).flatMap { State(linux: $0) }
    attributes = NetlinkMessage.all(of: message.dropFirst(Self.messageLength)).map {
      Attribute(
        name: Self.names.indices.contains(Int($0.kind)) ? Self.names[Int($0.kind)] : "\($0.kind)",
        octets: Array($0.body))
    }
  }

  /// `struct inet_diag_msg`.
  private static let messageLength = 72

  /// `include/uapi/linux/inet_diag.h`.
  private static let names = [
    "NONE", "MEMINFO", "INFO", "VEGASINFO", "CONG", "TOS", "TCLASS", "SKMEMINFO", "SHUTDOWN", "DCTCPINFO",
    "PROTOCOL", "SKV6ONLY", "LOCALS", "PEERS", "PAD", "MARK", "BBRINFO", "CLASS_ID", "MD5SIG", "ULP_INFO",
    "SK_BPF_STORAGES", "CGROUP_ID", "SOCKOPT",
  ]
}
