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
  /// It says that something is sent.
  package var isSending = false
  /// The number of its words that say nothing of TCP.
  package var others = 0
  /// A part that looks as if it were of a segment and could not be read.
  package var unread: String?

  /// A state, with the words before it, which may name the party.
  package struct NamedState: Equatable, Sendable {
    package var state: State
    /// In small letters.
    package var context: String
    /// The state that it was before; nil where the text names none.
    package var previous: State?
  }

  package init(reading text: String) {
    var reader = LabelReader(text)
    self = reader.read()
  }

  init() {}

  /// Tells whether it names something of TCP's.
  package var isTCP: Bool { segment != nil || !states.isEmpty || !calls.isEmpty || unread != nil }
}
