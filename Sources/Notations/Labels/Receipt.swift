import Documents

/// Words that tell of an arrival: "after receiving the ACK", "수신 후", "收到后".
enum Receipt {
  /// Tells whether these words say that something has arrived.
  static func isTold(in text: String) -> Bool {
    let lower = text.lowercased()
    guard Words.received.areIn(lower) else { return false }
    var text = lower
    for name in names { text = text.replacing(name, with: "") }
    return Words.received.areIn(text) && !Words.notReceived.areIn(text)
  }

  /// Names that only hold such words: a state, and those of the party that receives.
  private static let names =
    ["syn_received", "syn-received"]
    + (Array(Words.receiver.whole) + Words.receiver.pieces).filter { Words.received.areIn($0) }

  /// The time of a state that a text names beside an arrival.
  enum Moment {
    /// The text tells of no arrival, or of one that leads to a later state.
    case any
    /// Behind the arrival.
    case after
    /// The text does not say: `CLOSING, ACK received`.
    case unclear
  }
}

extension Label {
  /// The time of the state at this place among those of one party, `places`.
  ///
  /// A state behind the words of the arrival follows it. The last one before them does where a word says so ("when").
  func moment(at place: Int, among places: [Int]) -> Receipt.Moment {
    guard isReceived else { return .any }
    if states[place].followsArrival { return .after }
    if places.contains(where: { $0 > place }) { return .any }
    return isUponArrival ? .after : .unclear
  }

  /// Tells whether it is about the arrival of this segment, or of one that it does not name.
  func tellsArrival(of segment: SegmentPattern?) -> Bool {
    guard isReceived, let segment else { return false }
    let flags = self.segment?.flags ?? []
    // A SYN is not the SYN+ACK that answers it.
    if flags.contains(.syn) || segment.flags.contains(.syn), !flags.isEmpty {
      return flags.intersection([.syn, .ack]) == segment.flags.intersection([.syn, .ack])
    }
    return flags.isSubset(of: segment.flags) || segment.flags.isSubset(of: flags)
  }

  /// The participant in the states of a remark that names none, behind a message: the one whom it reaches where the
  /// remark tells of its arrival, else its sender.
  static func owner(ofRemark text: String, behind label: String, from: Int, to: Int) -> Int {
    guard Receipt.isTold(in: text) else { return from }
    return Label(reading: text).tellsArrival(of: Label(reading: label).segment) ? to : from
  }

  /// Tells whether words behind the segment of this text tell of its arrival: `ACK (FIN_WAIT_2 when it arrives)`.
  static func tellsOwnArrival(_ text: String) -> Bool {
    guard Receipt.isTold(in: text), let end = text.firstIndex(where: { "(（,，;；.。:：".contains($0) }) else {
      return false
    }
    let behind = Label(reading: String(text[end...]))
    return !behind.isSending && behind.tellsArrival(of: Label(reading: String(text[..<end])).segment)
  }
}
