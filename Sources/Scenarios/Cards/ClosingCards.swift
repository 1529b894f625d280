import Traces

/// How connections end.
extension Declaration {
  static let close = Declaration(
    [
      Figure("segments of a close", .packets),
      Figure(
        "close started by the end that connected", .programs, in: .underNone([.firstToClose(.accepted)]),
        settings: ["tcp_max_tw_buckets"]),
      Figure(
        "close started by the end that accepted", .programs, in: .underAny([.firstToClose(.accepted)]),
        settings: ["tcp_max_tw_buckets"]),
      Figure(
        "left of the connection at the end that closed first", .operators, settings: ["tcp_max_tw_buckets"]),
      Figure("left of the connection at the end that closed last", .operators),
    ], under: [[.passiveClose(.late)], [.passiveClose(.now)], [.firstToClose(.accepted)]])

  static let halfClose = Declaration(
    [
      Figure("write after shutdown(WR)", .programs, in: .underAny([.closesBy(.shutdown(.write))])),
      Figure("read after shutdown(WR)", .programs, in: .underAny([.closesBy(.shutdown(.write))])),
      Figure("data sent in CLOSE_WAIT", .programs, circumstances: [.segments]),
    ], under: [[.closesBy(.shutdown(.write))], [.closesBy(.close)]])

  static let overtakingFin = Declaration([
    Figure("state of the end that closed first while data is missing", .programs)
  ])

  static let lostLastAck = Declaration(
    [
      Figure(
        "a close whose last ACK is lost", .programs, in: .underNone([.setting("tcp_max_tw_buckets", "0")]),
        settings: ["tcp_max_tw_buckets"]),
      Figure(
        "a close without TIME_WAIT whose last ACK is lost", .programs,
        in: .underAny([.setting("tcp_max_tw_buckets", "0")])),
    ], under: [[.losses(1)], [.losses(3)], [.setting("tcp_max_tw_buckets", "0")]])

  static let closeWait = Declaration(
    [
      Figure("state of the end that never closes", .operators),
      Figure("timer of a socket in CLOSE_WAIT", .operators),
      Figure("who holds the socket in CLOSE_WAIT", .operators),
      Figure("timer of FIN_WAIT_2", .operators, settings: ["tcp_max_tw_buckets"]),
      Figure(
        "life of FIN_WAIT_2", .operators, in: .underAny([.closesBy(.close)]),
        settings: ["tcp_fin_timeout", "tcp_max_tw_buckets"]),
      Figure("FIN_WAIT_2 after tcp_fin_timeout", .operators, settings: ["tcp_fin_timeout"]),
      Figure("state of the end that never closes, after tcp_fin_timeout", .operators),
      Figure("late write in CLOSE_WAIT", .programs),
      Figure("data of a late write", .programs),
      Figure("read after a late write", .programs),
      Figure("write after a late write", .programs),
      Figure(
        "CLOSE_WAIT once its program calls close()", .operators, in: .underAny([.closesBy(.shutdown(.write))])
      ),
    ],
    under: [.close, .shutdown(.write)].map { [.closesBy($0), .setting("tcp_fin_timeout", "3")] }, wait: 3)

  static let reset = Declaration(
    [
      Figure("segment that resets", .packets),
      Figure("FIN of the end that resets", .packets),
      Figure("first write to an end that has closed", .programs, in: .underAny([.endedBy(.lateWrite)])),
      Figure("read of the end that is reset", .programs),
      Figure("write of the end that is reset", .programs),
      Figure("data written just before", .programs, in: .underAny([.endedBy(.linger)])),
      Figure("state of the end that resets", .programs),
      Figure("state of the end that is reset", .programs),
    ],
    under: [
      [.endedBy(.unreadData)], [.endedBy(.linger)], [.endedBy(.linger), .writesFirst],
      [.endedBy(.lateWrite)],
    ], given: [.init("TCP_QUICKACK", "0", in: .underAny([.endedBy(.linger)]))])
}
