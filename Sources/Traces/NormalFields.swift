import TCP

/// The fields of a socket that are the same in each run, by name, as the kernel's tables and TCP_INFO have them.
///
/// The fields of TCP_INFO that hold times and rates are left out: they depend on the time that a step took. Fields that only
/// count are told at the end of a connection: an ACK that leaves by itself counts a moment earlier or later.
enum NormalFields {
  /// The fields that are told as soon as they change, in the order in which they are told.
  static let order: [String] =
    ["state", "timer", "unread", "unsent"] + InfoField.allCases.filter(isTold).map(\.rawValue)
  /// The fields that are told at the end.
  static let counting: [InfoField] = InfoField.allCases.filter(isCounting)

  private static let none = "none"

  /// The value of a field of which nothing was told yet.
  static func beginning(of field: String) -> String { field == "timer" ? none : "0" }

  static func isTold(_ field: InfoField) -> Bool {
    switch field {
    case .caState, .retransmits, .probes, .backoff, .options, .wscales, .sndMss, .rcvMss, .unacked, .sacked,
      .lost,
      .retrans, .fackets, .pmtu, .rcvSsthresh, .sndSsthresh, .sndCwnd, .advmss, .reordering, .rcvSpace,
      .sndWnd:
      true
    default: false
    }
  }

  static func isCounting(_ field: InfoField) -> Bool {
    switch field {
    case .totalRetrans, .bytesAcked, .bytesReceived, .segsOut, .segsIn, .notsentBytes, .dataSegsIn,
      .dataSegsOut,
      .delivered, .deliveredCe, .bytesSent, .bytesRetrans, .dsackDups, .reordSeen, .rcvOoopack, .rcvWnd,
      .rehash,
      .totalRto, .totalRtoRecoveries:
      true
    default: false
    }
  }

  static func of(_ record: SocketRecord?) -> [String: String] {
    guard let record else { return ["state": "none", "timer": none] }
    return [
      "state": record.state.rawValue, "timer": record.timer.map(text) ?? none,
      "unread": count(record.receiveQueue), "unsent": count(record.sendQueue),
    ]
  }

  static func of(_ info: Info) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: InfoField.allCases.filter(isTold).compactMap { field in
        // TCP_INFINITE_SSTHRESH: no loss yet.
        info[field].map { (field.rawValue, $0 == 0x7fff_ffff ? "0" : "\($0)") }
      })
  }

  /// Tells whether a counter of the namespace is the same in each run.
  static func isKept(counter name: String) -> Bool {
    switch name {
    // Connections of earlier runs that leave TIME_WAIT, and whatever goes with each segment.
    case "TcpExt.TW", "TcpExt.TWRecycled", "TcpExt.TWKilled", "Tcp.CurrEstab": false
    case _ where name.hasPrefix("Tcp"): true
    default: !ofEachPacket.contains { name.hasSuffix($0) }
    }
  }

  private static let ofEachPacket = [
    ".InReceives", ".InDelivers", ".OutRequests", ".OutTransmits", "InNoECTPkts", "Octets", "McastPkts",
    "OutMsgs",
    "Type143", "Type133", "OutMLDv2Reports", "OutRouterSolicits",
  ]

  /// A count of octets. Before a connection with Fast Open has sent its SYN, the kernel's tables have the distance to a
  /// number that it has not chosen yet.
  private static func count(_ octets: Int) -> String { octets < 1 << 20 ? "\(octets)" : "unknown" }

  /// A timer without the part of it that has passed.
  private static func text(_ timer: KernelTimer) -> String {
    timer.kind.rawValue + (timer.retries == 0 ? "" : " \(timer.retries)")
  }
}
