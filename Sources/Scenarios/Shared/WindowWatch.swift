import TCP

/// A window as one end offers it and the other uses it, and the places where that shows.
struct WindowWatch {
  /// The first segment that announces a window of 0, and the first after it that announces another.
  var closed: Int?
  var opened: Int?
  /// The last segment that announces a window.
  var last: Int?
  /// The first probe of a window of 0.
  var probe: Int?
  /// The first data that left again while the window was 0: the reader has taken room back that it had offered.
  var again: Int?
  /// The number of these that left, all in all, before the window opened.
  var questions = 0
  /// The first new data after the window opened again.
  var resumed: Int?
  /// Octets that left though the window had no room for them.
  var excess = 0

  private var shift: UInt8 = 0
  /// The number that the reader waits for, and the first that its widest offer has no room for.
  private var awaited: SequenceNumber?
  private var edge: SequenceNumber?
  private var sent: SequenceNumber?
  private var isClosed = false

  mutating func offer(_ segment: Segment, _ place: Int) {
    for case .windowScale(let shift) in segment.options where segment.flags.contains(.syn) {
      self.shift = shift
    }
    guard segment.announcesWindow else { return }
    let end = segment.acknowledgment + Int(segment.window) << Int(shift)
    awaited =
      awaited.map { $0 < segment.acknowledgment ? segment.acknowledgment : $0 } ?? segment.acknowledgment
    edge = edge.map { $0 < end ? end : $0 } ?? end
    last = place
    isClosed = segment.window == 0
    if isClosed, closed == nil { closed = place }
    if !isClosed, closed != nil, opened == nil { opened = place }
  }

  mutating func use(_ segment: Segment, _ place: Int) {
    guard !segment.flags.contains(.syn) else {
      // Without an option of its own the other end's means nothing either (RFC 7323 section 2.2).
      if !segment.options.contains(where: { if case .windowScale = $0 { true } else { false } }) { shift = 0 }
      return
    }
    if isClosed, isProbe(segment) {
      if probe == nil { probe = place }
      questions += 1
      return
    }
    if isClosed, isAgain(segment) {
      if again == nil { again = place }
      questions += 1
    }
    guard segment.length > 0, let edge else { return }
    let isNew = sent.map { $0 < segment.end } ?? true
    excess = max(excess, segment.end - edge)
    if isNew, opened != nil, resumed == nil { resumed = place }
    if isNew { sent = segment.end }
  }

  /// Tells whether the segment holds data that the reader had offered room for and did not take.
  func isAgain(_ segment: Segment) -> Bool {
    segment.length > 1 && segment.sequence == awaited && sent.map { segment.end <= $0 } ?? false
  }

  /// Tells whether the segment only asks for an answer: an octet that the reader has, or the next one, or none.
  func isProbe(_ segment: Segment) -> Bool {
    guard let awaited, segment.length <= 1, segment.flags.isDisjoint(with: .control) else { return false }
    return segment.sequence == awaited + -1 || (segment.sequence == awaited && segment.length == 1)
  }
}

extension Segment {
  /// True if its window field is scaled and means something: not in a SYN, nor in a RST.
  var announcesWindow: Bool { flags.contains(.ack) && flags.isDisjoint(with: [.syn, .rst]) }
}
