import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// The numbers of bytes that a program is told of a socket's queues.
  package static let queueCounts = Scenario(
    "bytes in queues",
    Declaration(
      [.unread, .unacknowledged, .unsent], under: Situation.counted.map { [.socket($0)] },
      formerly: ["octets in queues"], isDrawn: false)
  ) { try $0.runQueueCounts(under: $1) }
}

extension Figure {
  fileprivate static let unread = Figure(
    "bytes that SIOCINQ counts", formerly: ["octets that SIOCINQ counts"], .programs)
  fileprivate static let unacknowledged = Figure(
    "bytes that SIOCOUTQ counts", formerly: ["octets that SIOCOUTQ counts"], .programs)
  fileprivate static let unsent = Figure(
    "bytes that SIOCOUTQNSD counts", formerly: ["octets that SIOCOUTQNSD counts"], .programs)
}

extension Situation {
  /// All but the full buffer, whose octets depend on what a segment takes up in a kernel's memory.
  fileprivate static let counted = allCases.filter { $0 != .full }
}

extension Connection {
  /// A socket in each situation, and the three counts.
  fileprivate func runQueueCounts(under conditions: [Condition]) throws {
    guard let situation = try situation(of: conditions) else { return }
    try sibling { connection in
      let subject = try connection.bring(into: situation)
      connection.log.record(.rung(index: 0))
      guard let socket = subject.socket else { throw NotMeasurable(reason: "there is no socket") }
      let proof = [connection.log.lastLook(at: subject.party)]
      let counts: [(figure: Figure, count: () throws -> Int)] = [
        (.unread, { try socket.value.unreadCount() }),
        (.unacknowledged, { try socket.value.unacknowledgedCount() }),
        (.unsent, { try socket.value.unsentCount() }),
      ]
      for (figure, count) in counts {
        let value = try connection.answer(giving: { .count(try count()) })
        connection.measure(figure, value, "ioctl()", proof: proof)
      }
    }
  }
}
