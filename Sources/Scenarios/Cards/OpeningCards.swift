import Traces

/// How connections begin.
extension Declaration {
  static let opening = Declaration(
    [
      Figure("when connect() sends its SYN", .packets, in: .byDefault),
      Figure(
        "state of the accepting end before the last ACK arrives", .operators, in: .byDefault,
        settings: ["tcp_syncookies"]),
      Figure("state of the accepting end once the last ACK arrived", .programs, in: .byDefault),
      Figure("first write of the accepting end after the last ACK", .programs, in: .byDefault),
      Figure("data in the third segment", .packets),
      Figure("flags of the handshake", .packets, in: .byDefault, settings: ["tcp_ecn"]),
    ], under: [[], [.quickAck(false)]])

  static let closedPort = Declaration([
    Figure("connect() where nobody listens", .programs),
    Figure("answer where nobody listens", .packets),
    Figure("state of the end that was refused", .programs),
  ])

  static let fastOpen = Declaration(
    [
      Figure(
        "where the first data travels", .packets, settings: ["tcp_fastopen", "tcp_syncookies"]),
      Figure("setsockopt(TCP_FASTOPEN_CONNECT)", .programs, in: .byDefault, settings: ["tcp_fastopen"]),
    ],
    under: [[], [.option("TCP Fast Open")]],
    given: [
      .init("tcp_fastopen", "3", in: .conditional), .init("TCP_FASTOPEN", "8", in: .conditional),
      .init("TCP_FASTOPEN_CONNECT", "1"),
    ])

  static let synNumbers = Declaration(
    [Figure("the number of a SYN", .packets)], under: Condition.FourTuples.allCases.map { [.fourTuples($0)] })

  static let path = Declaration([Figure("the way of the segments", .packets)])
}
