import Benches
import Documents
import TCP
import Traces

extension Scenario {
  /// A client connects to a port without a listener.
  package static let closedPort = Scenario(
    "closed port",
    Declaration([
      .connect,
      .answer,
      .state,
    ])
  ) { connection, _ in
    try connection.runClosedPort()
  }
}

extension Figure {
  fileprivate static let connect = Figure(
    "connect() where nobody listens",
    alsoCalled: [
      "connect() to a closed port", "connect to a closed port", "connecting to a closed port",
      "connection to a closed port", "connect() to a port where nobody listens",
      "connect() to a port on which nobody listens",
    ], saidAs: .errno, .programs)
  fileprivate static let answer = Figure(
    "answer of a closed port",
    formerly: ["answer where nobody listens"],
    alsoCalled: ["answer to a SYN to a closed port", "reply of a closed port"],
    .packets)
  fileprivate static let state = Figure(
    "state of the client after ECONNREFUSED", formerly: ["state of the end that was refused"], .programs)
}

extension Connection {
  /// A connection is asked for where nobody listens.
  fileprivate func runClosedPort() throws {
    try reserve(opener.other)
    log.record(.rung(index: 0))
    try call(.connect, by: opener)
    let syn = try expect(opener, SegmentPattern(flags: .syn))
    let reset = try expect(opener.other, SegmentPattern(flags: .rst))
    measureSegment(.answer, reset)
    let error = try failure(of: opener)
    measure(
      .connect,
      try error.map(Value.errno)
        ?? (record(of: opener)?.state == .established ? "connects" : "still waits"),
      "what connect() ends with", proof: [syn, reset])
    try measureState(.state, opener)
  }
}
