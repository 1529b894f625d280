import TCP
import Traces

/// What an end makes of a segment that does not belong there, in each state.
extension Card {
  static let answers = Card(
    strangeSegments.map { name, noticed, known in
      Figure(
        "answer to \(name)", noticed, settings: ["tcp_invalid_ratelimit", "tcp_challenge_ack_limit"],
        known: known)
    }, under: states.map { [.arrivesIn($0)] })

  /// In the order in which connections pass through them.
  private static let states: [State] = [
    .synSent, .synReceived, .established, .finWait1, .finWait2, .closeWait, .lastAck, .closing, .timeWait,
  ]

  private static let strangeSegments: [(name: String, noticed: Figure.Notice, known: String?)] = [
    (
      "a SYN", .packets,
      "Between Linux 3.13 and 5.10 a SYN in a synchronized state came to draw a challenge ACK."
    ),
    ("the SYN of the connection itself", .packets, nil),
    ("a SYN+ACK", .packets, nil),
    ("a SYN+ACK of another SYN", .packets, nil),
    ("an RST with the right number", .programs, nil),
    (
      "an RST elsewhere in the window", .programs,
      "In SYN_RECV a challenge ACK is a fix that series took over one by one: 6.12 between 6.12.101 and 6.12.105."
    ),
    ("an RST one number before the window", .programs, nil),
    ("an RST beyond the window", .programs, nil),
    ("an RST of another SYN", .programs, nil),
    (
      "an ACK of what was not sent", .packets,
      "A patch of 2026, backported, draws a challenge ACK in ESTABLISHED; older kernels are silent."
    ),
    (
      "an ACK of what is acknowledged", .packets,
      "Between Linux 5.10 and 6.1 an old ACK came to be accepted in silence while closing."
    ),
    ("an ACK of what came before the connection", .packets, nil),
    ("an ACK of long ago", .packets, nil),
    ("an empty segment before the window", .packets, nil),
    ("data before the window", .packets, nil),
    ("data beyond the window", .packets, nil),
    ("data with an old timestamp", .packets, nil),
    (
      "an ACK with an echo of what was not sent", .packets,
      "Between Linux 6.12 and 7.2 the echo of the third ACK came to be checked."
    ),
    ("a FIN beyond the window", .packets, nil),
    ("a FIN without ACK", .packets, nil),
    ("a segment without flags", .packets, nil),
    ("a segment with FIN, PSH and URG", .packets, nil),
  ]
}
