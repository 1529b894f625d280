import Benches
import Documents
import TCP
import Traces

extension Scenario {
  /// The way that segments take, as the kernel tells it.
  package static let path = Scenario(
    "path",
    Declaration([.way])
  ) { connection, _ in try connection.runPath() }
}

extension Figure {
  fileprivate static let way = Figure(
    "path of the segments", formerly: ["the way of the segments"], .packets)
}

extension Connection {
  /// Data crosses, and everything that the kernel tells of the connection is looked at: none of it is the way.
  fileprivate func runPath() throws {
    try open()
    log.record(.rung(index: 0))
    try call(.send(100), by: opener)
    try expect(opener, SegmentPattern(isData: true))
    try settle()
    try look()
    log.record(
      .measurement(
        figure: Measurement(
          Figure.way.name,
          .unobservable(
            .other(
              "IP may route each packet differently (RFC 791, section 1.2), and neither the header of a segment nor the "
                + "kernel's information on a socket shows the path. So TCP cannot tell a fixed path from a changing one."
            )))))
  }
}
