import TCP
import Traces

/// What an end makes of a segment that does not belong there, in each state.
extension Declaration {
  static let answers = Declaration(
    strangeSegments.map { name, noticed, plays, settings, known in
      Figure("answer to \(name)", noticed, in: plays, settings: settings, known: known)
    }, under: states.map { [.arrivesIn($0)] },
    settings: [
      Influence("tcp_syncookies", under: .arrivesIn(.synReceived)),
      Influence("tcp_max_tw_buckets", under: .arrivesIn(.timeWait)),
    ], given: [.init("tcp_invalid_ratelimit", "0")])

  /// In the order in which connections pass through them.
  private static let states: [State] = [
    .synSent, .synReceived, .established, .finWait1, .finWait2, .closeWait, .lastAck, .closing, .timeWait,
  ]

  /// The states in which each can arrive: before a SYN is answered nothing has a number, and no window.
  private static let strangeSegments:
    [(name: String, noticed: Figure.Notice, plays: Figure.Plays, settings: [Influence], known: Known?)] = [
      (
        "a SYN", .packets, .all, [],
        Known(
          "Between Linux 3.13 and 5.10 a SYN in a synchronized state came to draw a challenge ACK.",
          .between("3.13", "5.10"))
      ),
      (
        "the SYN of the connection itself", .packets, behindSynSent,
        ["tcp_challenge_ack_limit", Influence("tcp_ecn", under: .arrivesIn(.synReceived))], nil
      ),
      ("a SYN+ACK", .packets, behindSynSent, ["tcp_challenge_ack_limit"], nil),
      ("a SYN+ACK of another SYN", .packets, inSynSent, [], nil),
      (
        "an RST with the right number", .programs, .all,
        [Influence("tcp_rfc1337", under: .arrivesIn(.timeWait))],
        nil
      ),
      (
        "an RST elsewhere in the window", .programs, behindSynSent, ["tcp_challenge_ack_limit"],
        Known(
          "In SYN_RECV a challenge ACK is a fix that series took over one by one: 6.12 between 6.12.101 and 6.12.105.",
          .between("6.12.101", "6.12.105"))
      ),
      ("an RST one number before the window", .programs, behindSynSent, [], nil),
      ("an RST beyond the window", .programs, behindSynSent, [], nil),
      ("an RST of another SYN", .programs, inSynSent, [], nil),
      (
        "an ACK of what was not sent", .packets, .all, ["tcp_challenge_ack_limit"],
        Known("A patch of 2026, backported, draws a challenge ACK in ESTABLISHED; older kernels are silent.")
      ),
      (
        "an ACK of what is acknowledged", .packets, synchronized, [],
        Known(
          "Between Linux 5.10 and 6.1 an old ACK came to be accepted in silence while closing.",
          .between("5.10", "6.1"))
      ),
      ("an ACK of what came before the connection", .packets, synchronized, ["tcp_challenge_ack_limit"], nil),
      ("an ACK of long ago", .packets, behindSynSent, ["tcp_challenge_ack_limit"], nil),
      ("an empty segment before the window", .packets, behindSynSent, [], nil),
      ("data before the window", .packets, behindSynSent, ["tcp_sack", "tcp_dsack"], nil),
      ("data beyond the window", .packets, behindSynSent, [], nil),
      ("data with an old timestamp", .packets, behindSynSent, ["tcp_timestamps"], nil),
      (
        "an ACK with an echo of what was not sent", .packets, inSynReceived, ["tcp_timestamps"],
        Known(
          "Between Linux 6.12 and 7.2 the echo of the third ACK came to be checked.", .between("6.12", "7.2"))
      ),
      ("a FIN beyond the window", .packets, behindSynSent, [], nil),
      ("a FIN without ACK", .packets, .all, [], nil),
      ("a segment without flags", .packets, .all, [], nil),
      ("a segment with FIN, PSH and URG", .packets, .all, [], nil),
    ]

  private static let inSynSent = Figure.Plays.underAny([.arrivesIn(.synSent)])
  private static let inSynReceived = Figure.Plays.underAny([.arrivesIn(.synReceived)])
  private static let behindSynSent = Figure.Plays.underNone([.arrivesIn(.synSent)])
  private static let synchronized = Figure.Plays.underNone([.arrivesIn(.synSent), .arrivesIn(.synReceived)])
}
