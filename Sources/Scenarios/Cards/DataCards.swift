import Traces

/// How data goes over.
extension Declaration {
  static let sendingAhead = Declaration(
    [Figure("packets sent before an ACK comes", .packets)], under: [[], [.option("TCP_NODELAY")]],
    given: [.init("tcp_early_retrans", "0")])

  static let badPath = Declaration(
    [Figure("data over a bad path", .programs)], under: Condition.Mishap.allCases.map { [.path($0)] },
    given: [.init("TCP_NODELAY", "1")])

  static let resend = Declaration(
    [
      Figure(
        "what sends a lost segment again", .packets,
        settings: ["tcp_early_retrans", "tcp_recovery", "tcp_sack"])
    ],
    under: [[.inFlight(1)], [.inFlight(4)]], given: [.init("TCP_NODELAY", "1")])

  static let idle = Declaration(
    [Figure("what ends an idle connection", .operators, settings: ["tcp_keepalive_time"])],
    under: [[], [.option("SO_KEEPALIVE")]])

  static let segmentsOfCalls = Declaration([
    Figure("SYN of connect()", .packets), Figure("data of send()", .packets),
    Figure("FIN of shutdown(WR)", .packets), Figure("FIN of close()", .packets),
  ])

  static let zeroWindow = Declaration(
    [
      Figure(
        "a receiver that does not read", .programs, settings: ["tcp_wmem"],
        known: Known(
          "Linux 6.18.15 takes back room that it had offered; 6.16.12, 6.18.44 and 7.2.13 do not.",
          .between("6.16.12", "6.18.15"), .between("6.18.15", "6.18.44")))
    ], given: [.init("SO_RCVBUF", "8192"), .init("TCP_MAXSEG", "1000")])

  static let congestion = Declaration(
    [
      Figure("the congestion window", .packets, settings: ["tcp_rmem"]),
      Figure("the congestion window after a loss", .packets, settings: ["tcp_rmem"]),
    ], under: [[.congestionControl("reno")], [.congestionControl("cubic")]],
    given: [.init("TCP_MAXSEG", "1000"), .init("tcp_early_retrans", "0")])
}
