package import TCP

/// The names that statements of a script can use: the fields of TCP_INFO and of SO_MEMINFO, and constants.
package enum CodeNames {
  /// The fields of SO_MEMINFO, in their order.
  package static let memory = [
    "SK_MEMINFO_RMEM_ALLOC", "SK_MEMINFO_RCVBUF", "SK_MEMINFO_WMEM_ALLOC", "SK_MEMINFO_SNDBUF",
    "SK_MEMINFO_FWD_ALLOC", "SK_MEMINFO_WMEM_QUEUED", "SK_MEMINFO_OPTMEM", "SK_MEMINFO_BACKLOG",
    "SK_MEMINFO_DROPS",
  ]

  /// Fields of some bits, by name: the octet of TCP_INFO, the shift, and the bits.
  private static let bits: [String: (offset: Int, shift: Int, count: Int)] = [
    "tcpi_snd_wscale": (6, 0, 4), "tcpi_rcv_wscale": (6, 4, 4), "tcpi_delivery_rate_app_limited": (7, 0, 1),
    "tcpi_fastopen_client_fail": (7, 1, 2),
  ]

  /// Fields behind those of ``InfoField``, which the newest kernels have: offset and width.
  private static let newest: [String: (offset: Int, width: Int)] = [
    "tcpi_received_ce": (248, 4), "tcpi_delivered_e1_bytes": (252, 4), "tcpi_delivered_e0_bytes": (256, 4),
    "tcpi_delivered_ce_bytes": (260, 4), "tcpi_received_e1_bytes": (264, 4),
    "tcpi_received_e0_bytes": (268, 4), "tcpi_received_ce_bytes": (272, 4),
  ]

  /// Tells whether the field is a length of time.
  package static func isTime(_ name: String) -> Bool { times.contains(name) }

  /// Tells whether the field is a length of time in microseconds that the kernel counts in ticks of its clock.
  package static func isCountedInTicks(_ name: String) -> Bool {
    ["tcpi_busy_time", "tcpi_rwnd_limited", "tcpi_sndbuf_limited"].contains(name)
  }

  private static let times: Set = [
    "tcpi_busy_time", "tcpi_rwnd_limited", "tcpi_sndbuf_limited", "tcpi_rtt", "tcpi_rttvar", "tcpi_min_rtt",
    "tcpi_rcv_rtt", "tcpi_last_data_sent", "tcpi_last_ack_sent", "tcpi_last_data_recv", "tcpi_last_ack_recv",
    "tcpi_rto", "tcpi_ato", "tcpi_total_rto_time",
  ]

  private static let prefix = "tcpi_"

  /// Tells whether the name means something to every script; others must be assigned first.
  package static func isKnown(_ name: String) -> Bool {
    isInfo(name) || memory.contains(name) || ScriptConstants.values[name] != nil
  }

  /// Tells whether the name is that of a field of TCP_INFO.
  package static func isInfo(_ name: String) -> Bool {
    bits[name] != nil || newest[name] != nil
      || name.hasPrefix(prefix) && InfoField(rawValue: String(name.dropFirst(prefix.count))) != nil
  }

  /// The value of a field of TCP_INFO, or nil where this kernel has none.
  package static func value(of name: String, in info: Info) -> Int? {
    if let place = bits[name] {
      guard place.offset < info.bytes.count else { return nil }
      return Int(info.bytes[place.offset]) >> place.shift & (1 << place.count - 1)
    }
    if let place = newest[name] {
      let end = place.offset + place.width
      guard end <= info.bytes.count else { return nil }
      return info.bytes[place.offset..<end].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
    guard name.hasPrefix(prefix), let field = InfoField(rawValue: String(name.dropFirst(prefix.count))) else {
      return nil
    }
    return info[field].map { Int(truncatingIfNeeded: $0) }
  }
}
