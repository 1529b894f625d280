import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A listener closes while clients connect to it, or ends are closed before they are accepted.
  package static let closingListener = Scenario(
    "a listener that closes",
    Declaration(
      [
        .unaccepted, .unacceptedRead, .lastAck, .request, .acceptAfterReset, .acceptAfterFin,
        .acceptAfterData, .group, .groupEvent, .groupOfRequests,
      ], under: [[], [.setting("tcp_migrate_req", "1")]],
      settings: ["tcp_abort_on_overflow", "tcp_syncookies"], isDrawn: false, needs: [.wire],
      timed: .init("the listener that the kernel chooses, by a random hash", isChance: true))
  ) { try $0.runClosingListener(under: $1) }
}

extension Figure {
  fileprivate static let unaccepted = Figure(
    "segment to a client that is not accepted when its listener closes", .programs, in: .byDefault)
  fileprivate static let unacceptedRead = Figure(
    "recv() of a client that is not accepted when its listener closes", .programs, in: .byDefault)
  fileprivate static let lastAck = Figure(
    "answer to the last ACK of a handshake whose listener has closed", .programs, in: .byDefault)
  fileprivate static let request = Figure(
    "request whose listener has closed", .programs, in: .byDefault)
  fileprivate static let acceptAfterReset = Figure(
    "accept() after the client's RST", .programs, in: .byDefault)
  fileprivate static let acceptAfterFin = Figure(
    "accept() after the client's FIN", .programs, in: .byDefault)
  fileprivate static let acceptAfterData = Figure(
    "accept() after the client's data and FIN", .programs, in: .byDefault)
  fileprivate static let group = Figure(
    "clients of a SO_REUSEPORT listener that closes", .programs, settings: ["tcp_migrate_req"])
  fileprivate static let groupEvent = Figure(
    "edge-triggered event of a SO_REUSEPORT listener when another closes", .programs,
    settings: ["tcp_migrate_req"])
  fileprivate static let groupOfRequests = Figure(
    "requests of a SO_REUSEPORT listener that closes", .programs, settings: ["tcp_migrate_req"])
}

extension Connection {
  fileprivate func runClosingListener(under conditions: [Condition]) throws {
    log.record(.rung(index: 0))
    if conditions.isEmpty {
      try measureApart([.unaccepted, .unacceptedRead]) { try $0.measureUnaccepted() }
      try measureApart([.lastAck, .request]) { try $0.measureRequest() }
      for (figure, end) in [
        (Figure.acceptAfterReset, ClientEnd.reset), (.acceptAfterFin, .fin), (.acceptAfterData, .data),
      ] {
        try measureApart([figure]) { try $0.measureAccept(figure, after: end) }
      }
    }
    try withSettings(of: conditions, at: opener.other) {
      try measureApart([.group, .groupEvent]) {
        try $0.measureGroup(.group, event: .groupEvent, waitsForData: false)
      }
      try measureApart([.groupOfRequests]) { try $0.measureGroup(.groupOfRequests, waitsForData: true) }
    }
  }

  private func measureUnaccepted() throws {
    try listen()
    try shakeHands()
    try carryDeparted()
    let start = log.nextPlace
    try stopListening(opener.other)
    try carryDeparted()
    try look()
    let sent = log.segments(of: opener.other, since: start)
    measure(
      .unaccepted, .inShort(sent.compactMap { log.segment(at: $0) }),
      "the segments that left the listener's host",
      proof: [start] + sent)
    measure(.unacceptedRead, try read(by: opener).ending, "what recv() returned", proof: [log.lastCall()])
  }

  private func measureRequest() throws {
    try listen()
    let client = opener
    path.rules.append { segment, party in party == client && segment.isPureAck ? .hold : nil }
    let (_, _, ack) = try shakeHands()
    guard let ack, try record(of: opener.other)?.state == .synReceived else {
      throw NotMeasurable(reason: "there is no request")
    }
    try stopListening(opener.other)
    try carryDeparted()
    try look()
    measure(
      .request, try remains(of: opener.other), "sock_diag", proof: [log.lastLook(at: opener.other)])
    let start = log.nextPlace
    try path.release(ack)
    try carryDeparted()
    let answers = log.segments(of: opener.other, since: start)
    measure(
      .lastAck, .inShort(answers.compactMap { log.segment(at: $0) }), "the segments that came back",
      proof: [start] + answers)
  }

  /// The end of the client before it is accepted.
  private enum ClientEnd { case reset, fin, data }

  private func measureAccept(_ figure: Figure, after end: ClientEnd) throws {
    try listen()
    try shakeHands()
    if end == .data {
      try call(.send(100), by: opener)
      try carryDeparted()
    }
    try closeUnread(opener, linger: end == .reset ? .seconds(0) : .off)
    try carryDeparted()
    try look()
    let client = ends[opener].tuple.local
    guard let listener = ends[opener.other].listener else {
      throw NotMeasurable(reason: "there is no listener")
    }
    var accepted: Box<Socket>?
    var parts: [Value] = []
    parts.append(
      try answer(giving: {
        guard let connection = try AcceptedConnection(of: listener.value) else { return .errno("EAGAIN") }
        let isClient = connection.peer == client
        accepted = Box(connection.socket())
        return isClient ? "a connection from the client" : "a connection from another address"
      }))
    if let accepted {
      let peer = try answer(giving: {
        try accepted.value.remoteEndpoint() == client ? "the client" : "another"
      })
      parts.append(.words("getpeername() gives \(peer)"))
      let read = try answer(giving: {
        guard let part = try accepted.value.receive(upTo: 1000) else { return .errno("EAGAIN") }
        return part.isEmpty ? "end of stream" : .bytes(part.count)
      })
      parts.append(.words("recv() gives \(read)"))
      let written = try answer(giving: { .bytes(try accepted.value.send([1])) })
      parts.append(.words("send() gives \(written)"))
    }
    try carryDeparted()
    measure(
      figure, .list(parts), "the calls, one after the other", proof: [log.lastLook(at: opener.other)])
  }
}
