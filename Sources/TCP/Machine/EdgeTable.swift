extension Edge {
  /// The edges of figure 5, from top to bottom, then those of its notes and of the text.
  package static let all: [Edge] =
    [
      Edge([.closed], .call(.passiveOpen), .createBlock, .listen, .figure5),
      Edge([.closed], .call(.activeOpen), .send(.syn), .synSent, .figure5),
      Edge([.listen], .call(.close), .deleteBlock, .closed, .figure5),
      Edge([.listen], .arrival(.syn), .send([.syn, .ack]), .synReceived, .figure5),
      Edge([.listen], .call(.send), .send(.syn), .synSent, .figure5),
      Edge([.synReceived], .arrival(.reset), .nothing, .listen, .figure5),
      Edge([.synSent], .call(.close), .deleteBlock, .closed, .figure5),
      Edge([.synSent], .arrival(.syn), .send([.syn, .ack]), .synReceived, .figure5),
      Edge([.synReceived], .arrival(.ackOfSyn), .nothing, .established, .figure5),
      Edge([.synSent], .arrival(.synAck), .send(.ack), .established, .figure5),
      Edge([.synReceived], .call(.close), .send(.fin), .finWait1, .figure5),
      Edge([.established], .call(.close), .send(.fin), .finWait1, .figure5),
      Edge([.established], .arrival(.fin), .send(.ack), .closeWait, .figure5),
      Edge([.finWait1], .arrival(.ackOfFin), .nothing, .finWait2, .figure5),
      Edge([.finWait1], .arrival(.fin), .send(.ack), .closing, .figure5),
      Edge([.closeWait], .call(.close), .send(.fin), .lastAck, .figure5),
      Edge([.finWait2], .arrival(.fin), .send(.ack), .timeWait, .figure5),
      Edge([.closing], .arrival(.ackOfFin), .nothing, .timeWait, .figure5),
      Edge([.lastAck], .arrival(.ackOfFin), .nothing, .closed, .figure5),
      Edge([.timeWait], .timeout(.twoSegmentLifetimes), .deleteBlock, .closed, .figure5),
    ] + ofNotes + ofText

  private static let ofNotes: [Edge] = [
    Edge([.finWait1], .arrival(.finAndAckOfFin), .send(.ack), .timeWait, .note(2)),
    Edge(synchronized, .arrival(.reset), .nothing, .closed, .note(3)),
  ]

  private static let ofText: [Edge] = [
    Edge(
      [.established, .finWait1, .finWait2, .closeWait], .call(.abort), .send(.rst), .closed,
      .section("3.10.5")),
    Edge([.synSent], .arrival(.reset), .nothing, .closed, .section("3.10.7.3")),
    Edge([.synReceived], .arrival(.resetAfterActiveOpen), .nothing, .closed, .section("3.10.7.4")),
    Edge([.synReceived], .arrival(.fin), .send(.ack), .closeWait, .section("3.10.7.4")),
    Edge([.timeWait], .arrival(.finAgain), .send(.ack), nil, .section("3.10.7.4")),
    Edge([.timeWait], .arrival(.largerSyn), .send([.syn, .ack]), .synReceived, .section("3.6.1")),
    Edge(
      [.synSent, .established, .finWait1, .closeWait, .lastAck], .timeout(.user), .nothing, .closed,
      .section("3.10.8")),
    Edge(synchronized, .arrival(.resetWithin), .send(.ack), nil, .other(rfc: 5961, section: "3")),
    Edge(synchronized, .arrival(.syn), .send(.ack), nil, .other(rfc: 5961, section: "4")),
    Edge(synchronized, .arrival(.unacceptableAck), .send(.ack), nil, .other(rfc: 5961, section: "5")),
    Edge([.closed], .arrival(.anyButReset), .send(.rst), nil, .section("3.10.7.1")),
  ]

  /// The states in which both ends know each other's numbers (RFC 9293 section 3.5).
  private static let synchronized: [State] = [
    .established, .finWait1, .finWait2, .closeWait, .closing, .lastAck, .timeWait,
  ]
}
