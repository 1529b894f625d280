/// RFC 9293 section 3.10.7.4: the checks of a segment in the states that have a window, in their order; before them that of
/// its timestamp (RFC 7323 section 5.3, R1).
extension Ruling {
  static func withWindow(_ segment: MatrixSegment, in state: State) -> Ruling {
    afterTimestamp(segment) ?? afterNumber(segment, in: state) ?? afterReset(segment, in: state)
      ?? afterSyn(segment, in: state) ?? afterAck(segment, in: state) ?? afterText(segment, in: state)
  }

  /// An old timestamp makes each segment unacceptable but an RST, which is never judged by it.
  private static func afterTimestamp(_ segment: MatrixSegment) -> Ruling? {
    guard segment.hasOldTimestamp else { return nil }
    return segment.kind.flags.contains(.rst)
      ? Ruling([Outcome(.nothing, .closed)], "3.2", rfc: 7323) : Ruling([Outcome(.ack)], "5.3", rfc: 7323)
  }

  /// First: the sequence number.
  private static func afterNumber(_ segment: MatrixSegment, in state: State) -> Ruling? {
    guard segment.place == .left || segment.place == .right else { return nil }
    if segment.kind.flags.contains(.rst) { return Ruling([Outcome(.nothing)], "3.10.7.4") }
    // A new connection may take the place of one in TIME-WAIT.
    if state == .timeWait, segment.kind == .syn, segment.place == .right {
      return Ruling([Outcome(.synAck, .synReceived), Outcome(.ack)], "3.10.7.4")
    }
    return Ruling([Outcome(.ack)], "3.10.7.4")
  }

  /// Second: the RST bit.
  private static func afterReset(_ segment: MatrixSegment, in state: State) -> Ruling? {
    guard segment.kind.flags.contains(.rst) else { return nil }
    guard segment.place == .leftEdge else { return Ruling([Outcome(.ack)], "3", rfc: 5961) }
    // A request that is given up leaves its listener.
    return Ruling([Outcome(.nothing, .closed)], "3.10.7.4")
  }

  /// Fourth: the SYN bit. (The third check is that of security.)
  private static func afterSyn(_ segment: MatrixSegment, in state: State) -> Ruling? {
    guard segment.kind.flags.contains(.syn) else { return nil }
    switch state {
    case .synReceived: return Ruling([Outcome(.nothing, .closed)], "3.10.7.4")
    case .timeWait where segment.kind == .syn && segment.place != .leftEdge:
      return Ruling([Outcome(.synAck, .synReceived), Outcome(.ack)], "3.10.7.4")
    default: return Ruling([Outcome(.ack)], "4", rfc: 5961)
    }
  }

  /// Fifth: the ACK field.
  private static func afterAck(_ segment: MatrixSegment, in state: State) -> Ruling? {
    guard segment.kind.hasAck else { return Ruling([Outcome(.nothing)], "3.10.7.4") }
    switch (state, segment.acknowledgment) {
    case (.synReceived, .old), (.synReceived, .beyond): return Ruling([Outcome(.reset)], "3.10.7.4")
    case (_, .beyond): return Ruling([Outcome(.ack)], "5", rfc: 5961)
    default: return nil
    }
  }

  /// Seventh and eighth: the data and the FIN bit. (The sixth check is that of the URG bit.)
  private static func afterText(_ segment: MatrixSegment, in state: State) -> Ruling {
    let isFirst = segment.place == .leftEdge
    let opened: State? = state == .synReceived ? .established : nil
    // A segment that arrives there is taken for the FIN once more.
    if state == .timeWait { return Ruling([Outcome(.ack), Outcome(.nothing)], "3.10.7.4") }
    switch segment.kind {
    case .data where [.closeWait, .closing, .lastAck].contains(state):
      return Ruling([Outcome(.nothing), Outcome(.ack)], "3.10.7.4")
    case .data where isFirst: return Ruling([Outcome(.ack, opened)], "3.10.7.4")
    case .finAck where isFirst: return Ruling([Outcome(.ack, afterFin(in: state))], "3.10.7.4")
    // A segment that comes before its turn is kept, and acknowledged at once.
    case .data, .finAck: return Ruling([Outcome(.ack, opened), Outcome(.nothing, opened)], "4.2", rfc: 5681)
    default: return Ruling([Outcome(.nothing, opened)], "3.10.7.4")
    }
  }

  private static func afterFin(in state: State) -> State? {
    switch state {
    case .synReceived, .established: .closeWait
    case .finWait1: .closing
    case .finWait2: .timeWait
    default: nil
    }
  }
}
