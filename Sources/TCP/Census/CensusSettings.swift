/// The kernel's settings that decide how long sockets stay in a state, and how many there may be. nil where the kernel
/// has no such setting, or it cannot be read.
package struct CensusSettings: Hashable, Codable, Sendable {
  package var ports: EphemeralPorts?
  /// Seconds that an orphan stays in FIN_WAIT_2 (`tcp_fin_timeout`).
  package var finTimeout: Int?
  /// The retransmissions of an orphan; 0 stands for 8 (`tcp_orphan_retries`).
  package var orphanRetries: Int?
  /// The retransmissions of a connection with a process, which stand for a length of time (`tcp_retries2`).
  package var retries: Int?
  /// The retransmissions of a SYN (`tcp_syn_retries`), without those of ``synLinearTimeouts``.
  package var synRetries: Int?
  /// The retransmissions of a SYN before the pauses grow (`tcp_syn_linear_timeouts`).
  package var synLinearTimeouts: Int?
  /// Milliseconds that a pause grows to at most (`tcp_rto_max_ms`).
  package var retransmissionLimit: Int?
  /// Milliseconds within which a segment that does not fit is answered once (`tcp_invalid_ratelimit`).
  package var invalidRateLimit: Int?
  /// The use of timestamps by connections of this machine: 0 never (`tcp_timestamps`).
  package var timestamps: Int?
  /// The use of cookies when a SYN queue is full: 0 never (`tcp_syncookies`).
  package var synCookies: Int?
  /// Without cookies, how many may wait in a SYN queue (`tcp_max_syn_backlog`).
  package var synBacklog: Int?
  /// Not 0 if a full accept queue answers the last ACK of a handshake with RST (`tcp_abort_on_overflow`).
  package var abortOnOverflow: Int?
  /// The reuse of ports in TIME_WAIT by connect(): 0 never, 1 always, 2 on loopback (`tcp_tw_reuse`).
  package var timeWaitReuse: Int?
  /// Milliseconds in TIME_WAIT before that (`tcp_tw_reuse_delay`).
  package var timeWaitReuseDelay: Int?
  /// More than this are not kept in TIME_WAIT (`tcp_max_tw_buckets`).
  package var maximumTimeWait: Int?

  package init() {}
}

/// The ports that the kernel chooses from where a program names none.
package struct EphemeralPorts: Hashable, Codable, Sendable {
  package let first: UInt16
  package let last: UInt16
  package let reserved: [Reserved]
  /// The number of ports to choose from.
  package let count: Int

  package struct Reserved: Hashable, Codable, Sendable {
    package let first: UInt16
    package let last: UInt16
  }

  /// Reads the two settings as the kernel writes them: `32768 60999` (ip_local_port_range) and `8080,9148-9150`
  /// (ip_local_reserved_ports); nil where the range is none. What is not understood is not reserved.
  package init?(range text: String, reserved list: String) {
    let ends = text.split(whereSeparator: \.isWhitespace).map { UInt16($0) }
    guard ends.count == 2, let first = ends[0], let last = ends[1], first <= last else { return nil }
    let reserved = list.split(whereSeparator: { $0 == "," || $0.isWhitespace }).compactMap { part in
      let ends = part.split(separator: "-").map { UInt16($0) }
      if let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first <= last {
        return Reserved(first: first, last: last)
      }
      return nil
    }
    self.first = first
    self.last = last
    self.reserved = reserved
    count = (first...last).count { port in !reserved.contains { $0.first <= port && port <= $0.last } }
  }

  /// Tells whether the kernel may choose this port.
  package func contains(_ port: UInt16) -> Bool {
    first <= port && port <= last && !reserved.contains { $0.first <= port && port <= $0.last }
  }
}
