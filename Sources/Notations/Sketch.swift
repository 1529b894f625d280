import Documents
import TCP

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
    /// Words about these participants in the sentence of the message behind it, and before that message.
    case lead(of: [Int], text: String)
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
    private(set) var reading: Label
    /// The arrow itself says that it does not arrive (`-x`).
    var isLost: Bool
    /// It leaves at the same time as the message before.
    var isTogether: Bool

    init(from: Int, to: Int, label: String, isLost: Bool = false, isTogether: Bool = false) {
      self.from = from
      self.to = to
      self.label = label
      reading = Label(reading: label)
      self.isLost = isLost
      self.isTogether = isTogether
    }

    /// Makes it unread where it is flags but for swapped letters.
    mutating func markSwapped() {
      guard let swapped = reading.swapped else { return }
      reading.unread = reading.unread ?? swapped.word
      reading.nearFlags.formUnion(swapped.flags)
    }

    /// A message that is certainly a segment, and of which the flags could not be read.
    init(from: Int, to: Int, unread text: String) {
      self.init(from: from, to: to, label: text)
      reading.unread = text
    }
  }

  /// The same with its labels unread that are flags but for swapped small letters (`sny`, `akc`), where all its flags are
  /// those of an exchange of TCP's.
  var withSwappedFlagsUnread: Sketch {
    var flags: Flags = []
    var hasSwapped = false
    for case .message(let message) in steps.map(\.kind) {
      flags.formUnion(message.reading.namedFlags.union(message.reading.swapped?.flags ?? []))
      hasSwapped = hasSwapped || message.reading.swapped != nil
    }
    guard hasSwapped, flags.isExchange else { return self }
    var changed = self
    for (place, step) in steps.enumerated() {
      guard case .message(var message) = step.kind else { continue }
      message.markSwapped()
      changed.steps[place].kind = .message(message)
    }
    return changed
  }

  /// Names of participants, each with the place that it has. Case does not matter.
  struct Participants {
    private(set) var names: [String] = []
    private var places: [String: Int] = [:]

    init(_ names: [String] = []) {
      for name in names { declare(name) }
    }

    /// The place of the participant of this name, which is added where it is new.
    mutating func place(of name: String) -> Int {
      let place = places[name.lowercased(), default: names.count]
      if place == names.count { declare(name) }
      return place
    }

    func contains(_ name: String) -> Bool { places[name.lowercased()] != nil }

    /// Adds the participant that steps call by this alias, or gives it another name.
    mutating func declare(_ alias: String, as name: String? = nil) {
      let key = alias.lowercased()
      if let known = places[key] {
        names[known] = name ?? alias
      } else {
        places[key] = names.count
        names.append(name ?? alias)
      }
    }
  }
}

/// The reason why a sketch is no ladder, with the line that shows it.
struct SketchRefusal: Error, Equatable, Sendable {
  var line: Int
  var reason: String
  /// Tells whether the sketch is about TCP at all, so that a reader of the report must learn of it.
  var isTCP: Bool
}
