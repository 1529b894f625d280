import Benches
import Documents
import TCP
import Traces

/// The peer of a party where its segments are made up: what either end sends from here on is seen, and arrives nowhere.
///
/// Octets of each direction are counted from the first that had not been sent when it took over.
struct MadeUpPeer {
  let connection: Connection
  /// The end that is the kernel's.
  let subject: Party
  /// The number of the peer's next octet, and of the subject's.
  let own: SequenceNumber
  let other: SequenceNumber
  /// The window that its segments offer, unscaled.
  var window: UInt16
  /// The peer's clock and the last that it saw of the subject's; nil where the connection has no timestamps.
  private let clock: UInt32?
  private let start: Int

  /// Takes over from the peer of this party, which is ESTABLISHED.
  ///
  /// - Throws: ``NotMeasurable`` where one of the ends has sent nothing.
  init(of subject: Party, on connection: Connection, window: UInt16? = nil) throws {
    try connection.carryDeparted()
    connection.path.rules.insert({ _, _ in .drop }, at: 0)
    self.connection = connection
    self.subject = subject
    let log = connection.log
    guard let mine = log.segment(at: log.lastSegment(of: subject.other, since: connection.first)),
      let theirs = log.segment(at: log.lastSegment(of: subject, since: connection.first))
    else { throw NotMeasurable(reason: "an end has sent nothing") }
    own = mine.end
    other = theirs.end
    self.window = window ?? mine.window
    clock = mine.clock
    start = log.nextPlace
  }

  /// Acknowledges so many octets of the subject's, and what was received behind them.
  ///
  /// - Parameters:
  ///   - blocks: octets that are told as received, the newest first.
  ///   - flags: beside ACK.
  ///   - offset: its place in the peer's stream.
  ///   - echo: the timestamp that it echoes; the last one, where it is left out.
  func acknowledge(
    _ count: Int, blocks: [Range<Int>] = [], window: UInt16? = nil, flags: Flags = [], at offset: Int = 0,
    echoing echo: UInt32? = nil
  ) throws {
    var segment = segment(at: offset, acknowledging: count, flags: flags.union(.ack), echoing: echo)
    if let window { segment.window = window }
    if !blocks.isEmpty {
      segment.options.append(
        .sack(blocks.map { Option.Block(left: other + $0.lowerBound, right: other + $0.upperBound) }))
    }
    try forge(segment)
  }

  /// Sends octets of its stream.
  ///
  /// - Parameters:
  ///   - range: their places in the stream.
  ///   - count: the number of octets of the subject's that it acknowledges.
  func send(_ range: Range<Int>, acknowledging count: Int = 0, flags: Flags = [.psh], isMarked: Bool = false)
    throws
  {
    let segment = segment(at: range.lowerBound, acknowledging: count, flags: flags.union(.ack))
    try forge(segment, payload: range.map { UInt8(truncatingIfNeeded: $0) }, isMarked: isMarked)
  }

  /// A segment without data.
  func segment(
    at offset: Int, acknowledging count: Int = 0, flags: Flags, echoing echo: UInt32? = nil
  ) -> Segment {
    var options: [Option] = []
    if let clock { options.append(.timestamps(value: clock, echo: echo ?? self.echo)) }
    return Segment(
      flags: flags, sequence: own + offset,
      acknowledgment: flags.contains(.ack) ? other + count : SequenceNumber(0), window: window,
      options: options)
  }

  /// Lets the segment arrive, and carries what leaves because of it.
  func forge(_ segment: Segment, payload: [UInt8] = [], isMarked: Bool = false) throws {
    try connection.path.forge(segment, payload: payload, isMarked: isMarked, from: subject.other)
    try connection.carryDeparted()
  }

  /// The places of the subject's segments since the peer took over, or since a later place.
  func segments(since place: Int? = nil, where isWanted: (Segment) -> Bool = { _ in true }) -> [Int] {
    connection.log.segments(of: subject, since: max(start, place ?? start), where: isWanted)
  }

  /// The subject's last timestamp.
  private var echo: UInt32 {
    let log = connection.log
    return log.segment(at: log.lastSegment(of: subject, since: connection.first) { $0.clock != nil })?.clock
      ?? 0
  }
}

extension Segment {
  /// The timestamp of its sender; nil where it has none.
  var clock: UInt32? {
    for case .timestamps(let value, _) in options { return value }
    return nil
  }
}

extension Connection {
  /// Opens a connection for a peer that is made up, which then takes over.
  ///
  /// - Parameters:
  ///   - subject: the end that is the kernel's; the one that connects, where it is left out.
  ///   - roundTrip: how long the answer to the SYN is under way: no retransmission timer fires for three times as long.
  func openWithMadeUpPeer(
    of subject: Party? = nil, roundTrip: Duration = .zero, window: UInt16? = nil
  ) throws -> MadeUpPeer {
    waiting.isPatient = true
    try listen()
    try shakeHands(delay: roundTrip)
    try call(.accept, by: opener.other)
    try carryDeparted()
    return try MadeUpPeer(of: subject ?? opener, on: self, window: window)
  }

  /// Runs a body that measures these figures on a connection of its own, which is run again where a timer of the kernel's
  /// has sent something meanwhile.
  ///
  /// - Parameters:
  ///   - heedsTimers: true if such a timer disturbs it.
  ///   - onNewHosts: true if nothing of an earlier connection may be kept at its hosts.
  func measureApart(
    _ figures: [Figure], heedsTimers: Bool = true, onNewHosts: Bool = false,
    _ body: (Connection) throws -> Void
  ) throws {
    let isMeasured = try sibling(onNewHosts: onNewHosts, events: .keptUndisturbed) { connection in
      connection.waiting.isPatient = true
      try body(connection)
      if heedsTimers { try connection.giveUpIfAnythingWasResent() }
    }
    guard !isMeasured else { return }
    for figure in figures { cannotMeasure(figure, because: .disturbed("the machine stalled each time")) }
  }

  private func giveUpIfAnythingWasResent() throws {
    if Party.allCases.contains(where: hasTimerSent) { try waiting.disturbed(because: .resent) }
  }
}
