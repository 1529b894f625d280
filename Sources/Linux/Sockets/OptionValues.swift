import SystemPackage

extension Socket {
  /// The values, as text, of those options that a scenario may set, by their names. One that this kernel lacks is left out.
  package borrowing func optionValues() -> [String: String] {
    var values: [String: String] = [:]
    for (name, option) in Self.switches { if let on = try? get(option) { values[name] = on ? "1" : "0" } }
    for (name, option) in Self.numbers { if let number = try? get(option) { values[name] = "\(number)" } }
    // The kernel doubles what is set.
    for (name, option) in Self.buffers { if let size = try? get(option) { values[name] = "\(size / 2)" } }
    if let control = try? get(Option.congestion) { values["TCP_CONGESTION"] = control }
    return values
  }

  private static var switches: [(String, Option<Bool>)] {
    [
      ("SO_KEEPALIVE", .keepAlive), ("TCP_NODELAY", .noDelay), ("TCP_QUICKACK", .quickAck),
      ("TCP_FASTOPEN_CONNECT", .fastOpenConnect), ("TCP_CORK", .cork),
      ("TCP_INQ", .tellsRest), ("TCP_SAVE_SYN", .saveSyn), ("TCP_THIN_LINEAR_TIMEOUTS", .thinLinearTimeouts),
      ("SO_OOBINLINE", .urgentInline),
    ]
  }

  private static var numbers: [(String, Option<Int>)] {
    [
      ("TCP_MAXSEG", .maximumSegment), ("TCP_KEEPIDLE", .keepIdle), ("TCP_KEEPINTVL", .keepInterval),
      ("TCP_KEEPCNT", .keepCount), ("TCP_USER_TIMEOUT", .userTimeout), ("TCP_SYNCNT", .synRetries),
      ("TCP_LINGER2", .finTimeout), ("TCP_DEFER_ACCEPT", .deferAccept), ("TCP_FASTOPEN", .fastOpen),
      ("TCP_WINDOW_CLAMP", .windowClamp), ("SO_RCVLOWAT", .receiveThreshold), ("SO_PEEK_OFF", .peekOffset),
      ("TCP_NOTSENT_LOWAT", .unsentLimit), ("SO_MAX_PACING_RATE", .pacingRate),
    ]
  }

  private static var buffers: [(String, Option<Int>)] {
    [("SO_RCVBUF", .receiveBuffer), ("SO_SNDBUF", .sendBuffer)]
  }
}
