import Benches
import Documents
import Linux
import TCP
import Traces

/// A client that is made up, whose SYN has data: the server has accepted it, and may send before its handshake ends.
struct FastOpenClient {
  let connection: Connection
  /// The number of the server's first octet of data, and the octets in each of its segments.
  let first: SequenceNumber
  let size: Int

  private static let number = SequenceNumber(1_000_000)
  private static let clock: UInt32 = 1_000_000

  /// Lets a listener take data of a SYN (2), without a cookie (0x200).
  static let setting = (name: "net.ipv4.tcp_fastopen", value: "514")

  /// The options and sysctls that it sets.
  static let given: [Declaration.Given] = [
    .init("tcp_fastopen", setting.value), .init("TCP_FASTOPEN", "8"), .init("TCP_NODELAY", "1"),
    .init("TCP_CONGESTION", "cubic"),
  ]

  init(to connection: Connection) throws {
    self.connection = connection
    try connection.choose(congestionControl: "cubic", atBothEnds: true)
    connection.waiting.isPatient = true
    connection.beforeListen.append { socket in
      try socket.set(.fastOpen, to: 8)
      try socket.set(.noDelay, to: true)
    }
    try connection.listen()
    connection.path.loseEverything()
    let server = connection.opener.other
    let start = connection.log.nextPlace
    try connection.path.forge(
      Segment(
        flags: .syn, sequence: Self.number, window: 64_000,
        options: [.maximumSegmentSize(600), .sackPermitted, .timestamps(value: Self.clock, echo: 0)]),
      payload: connection.payload(100), from: connection.opener)
    try connection.carryDeparted()
    let place = connection.log.firstSegment(of: server, since: start) { $0.flags.contains(.syn) }
    guard let answer = connection.log.segment(at: place), answer.acknowledgment == Self.number + 101 else {
      throw NotMeasurable(reason: "the listener takes no data of a SYN")
    }
    first = answer.end
    try connection.call(.accept, by: server)
    guard let size = try connection.info(of: server)?[.sndMss], size > 0 else {
      throw NotMeasurable(reason: .needs("TCP_INFO"))
    }
    self.size = Int(size)
  }

  /// Lets the server write so many segments.
  ///
  /// - Returns: the places of those that left.
  func write(_ count: Int) throws -> [Int] {
    let server = connection.opener.other
    let start = connection.log.nextPlace
    for _ in 0..<count { try connection.send(size, .endOfRecord, by: server) }
    try connection.carryDeparted()
    return connection.log.segments(of: server, since: start) { $0.length > 0 }
  }

  /// Acknowledges the segments before this one, and tells of those that were received behind it. It echoes the last timestamp of
  /// the server's, or this one.
  ///
  /// - Returns: the places of the data that left at once.
  @discardableResult
  func acknowledge(_ count: Int, blocks: Range<Int>? = nil, echoing echo: UInt32? = nil) throws -> [Int] {
    let log = connection.log
    let server = connection.opener.other
    var options: [Option] = []
    let last = log.lastSegment(of: server, since: connection.first) { $0.clock != nil }
    if let echo = echo ?? log.segment(at: last)?.clock {
      options.append(.timestamps(value: Self.clock + 1, echo: echo))
    }
    if let blocks {
      options.append(
        .sack([Option.Block(left: first + blocks.lowerBound * size, right: first + blocks.upperBound * size)])
      )
    }
    let start = log.nextPlace
    try connection.path.forge(
      Segment(
        flags: .ack, sequence: Self.number + 101, acknowledgment: first + count * size, window: 64_000,
        options: options), from: connection.opener)
    try connection.carryDeparted()
    return log.segments(of: server, since: start) { $0.length > 0 }
  }
}
