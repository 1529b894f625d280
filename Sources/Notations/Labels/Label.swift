package import Documents
package import TCP

/// The reading of what a person wrote on an arrow, in a note or in a cell, in whatever way people write it.
package struct Label: Equatable, Sendable {
  package var segment: SegmentPattern?
  /// The states that are named, in their order; of `X → Y` only Y.
  package var states: [NamedState] = []
  package var calls: [Call] = []
  package var isLost = false
  package var isTimeout = false
  /// It says that the segment is one that was sent before.
  package var isAgain = false
  /// It says that something has arrived.
  package var isReceived = false
  /// It says that something is so because, or as soon as, something has arrived.
  var isUponArrival = false
  /// It says that something is sent.
  package var isSending = false
  /// The number of its words that say nothing of TCP.
  package var others = 0
  /// A part that looks as if it were of a segment and could not be read.
  package var unread: String?
  /// The flags of a label that was not read, those that a misspelled word is nearly the name of included.
  var nearFlags: Flags = []

  /// A state, with the words before it, which may name the party.
  package struct NamedState: Equatable, Sendable {
    package var state: State
    /// In small letters.
    package var context: String
    /// The state that it was before; nil where the text names none.
    package var previous: State?
    /// Tells whether the text has told of an arrival before it.
    var followsArrival = false
  }

  package init(reading text: String) {
    var reader = LabelReader(text)
    self = reader.read()
  }

  init() {}

  /// Words that are nearly a state's name.
  var unreadStates: [String] = []
  /// The text and the flags of words that are flags but for swapped small letters, where the label has no other words:
  /// `sny, akc`. It is unread where other labels show that the exchange is TCP's.
  var swapped: (word: String, flags: Flags)? { swappedWord.isEmpty ? nil : (swappedWord, swappedFlags) }
  private var swappedWord = ""
  private var swappedFlags: Flags = []

  mutating func noteSwapped(_ word: String, _ flags: Flags) {
    if swappedWord.isEmpty { swappedWord = word }
    swappedFlags.formUnion(flags)
  }

  /// Forgets them: they stand beside words of something else.
  mutating func forgetSwapped() { swappedWord = "" }

  /// A call with a constant of the sockets API that no ladder can hold: `setsockopt(SO_LINGER, 0)`.
  var unreadCall: String?

  /// The flags that it names, or nearly names.
  var namedFlags: Flags { (segment?.flags ?? []).union(nearFlags) }

  /// Tells whether it names something of TCP's.
  package var isTCP: Bool { segment != nil || !states.isEmpty || !calls.isEmpty || unread != nil }
}
