import Documents

/// An exchange as a notation tells it: its participants, and their steps in the page's order. What a sketch and a ladder
/// have in common is the work of ``LadderBuilder``, so a reader of a notation finds the steps and no more.
struct Sketch: Equatable, Sendable {
  /// The participants' names, from left to right.
  var names: [String] = []
  var steps: [Step] = []
  /// The lines that the sketch takes, from 1.
  var lines: ClosedRange<Int>
  /// Parts that look like TCP and were not read.
  var unread: [Page.Unread] = []
  /// The reason why it is no ladder, where the reader of the notation sees one.
  var refusal: SketchRefusal?

  struct Step: Equatable, Sendable {
    /// From 1.
    var line: Int
    var kind: Kind

    init(line: Int, _ kind: Kind) {
      self.line = line
      self.kind = kind
    }
  }

  enum Kind: Equatable, Sendable {
    case message(Message)
    /// Words about these participants, between the messages before and behind it.
    case note(of: [Int], text: String)
    /// Words about these participants in the item of the message before, as in a list.
    case remark(of: [Int], text: String)
    /// States that hold after everything before, of these participants: below a figure, or in a row of its own.
    case states([Int: String])
    /// A row that is complete: what each of the two participants sends, calls and is. The first is the left one.
    case row(Both<Cell>, notes: [Rung.Note])
    /// Time passes, or steps are left out.
    case elision(text: String)
  }

  /// An arrow.
  struct Message: Equatable, Sendable {
    var from: Int
    var to: Int
    let label: String
    /// The label as it is read.
    let reading: Label
    /// The arrow itself says that it does not arrive (`-x`).
    var isLost: Bool
    /// It leaves at the same time as the message before.
    var isTogether: Bool
    /// The states of the two ends in the arrow's own line, with the arrow's head at `to`; nil where none stand there.
    var states: (from: String?, to: String?)

    init(
      from: Int, to: Int, label: String, isLost: Bool = false, isTogether: Bool = false,
      states: (from: String?, to: String?) = (nil, nil)
    ) {
      self.from = from
      self.to = to
      self.label = label
      reading = Label(reading: label)
      self.isLost = isLost
      self.isTogether = isTogether
      self.states = states
    }

    static func == (one: Message, other: Message) -> Bool {
      one.from == other.from && one.to == other.to && one.label == other.label && one.isLost == other.isLost
        && one.isTogether == other.isTogether && one.states == other.states
    }
  }

  /// The place of the participant of this name, which is added where it is new.
  mutating func participant(_ name: String) -> Int {
    if let place = names.firstIndex(of: name) { return place }
    names.append(name)
    return names.count - 1
  }
}

/// The reason why a sketch is no ladder, with the line that shows it.
struct SketchRefusal: Error, Equatable, Sendable {
  var line: Int
  var reason: String
  /// Tells whether the sketch is about TCP at all, so that a reader of the report must learn of it.
  var isTCP: Bool
}
