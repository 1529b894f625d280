import Documents
import Reports
import TCP

/// The meaning of a key, before it is known whether that is possible now.
enum LiveDeed: Equatable {
  case digit(Int)
  /// The page's next step.
  case next
  case deliver, lose, duplicate, hold
  /// The next segment of this party that is not held back arrives.
  case deliverNext(Party)
  case choose(Int)
  case reset(Party)
  case connect(Party), send(Party), receive(Party), shutdown(Party), close(Party)
  case awaitTimer
  /// The ladder is scrolled.
  case scroll(LiveView.Scrolling)
  case explain, again, takeBack, save, quit, forget

  /// The keys that mean something, as characters.
  private static let meanings: [(Character, LiveDeed)] = [
    (" ", .next), ("d", .deliver), ("x", .lose), ("b", .duplicate), ("h", .hold), (">", .deliverNext(.left)),
    ("<", .deliverNext(.right)), ("k", .choose(-1)), ("j", .choose(1)), ("i", .reset(.left)),
    ("I", .reset(.right)), ("o", .connect(.left)), ("O", .connect(.right)), ("s", .send(.left)),
    ("S", .send(.right)), ("r", .receive(.left)), ("R", .receive(.right)), ("f", .shutdown(.left)),
    ("F", .shutdown(.right)), ("c", .close(.left)), ("C", .close(.right)), ("t", .awaitTimer),
    ("[", .scroll(.back)), ("]", .scroll(.forward)),
    ("?", .explain),
    ("a", .again), ("u", .takeBack), ("w", .save), ("q", .quit),
  ]

  static var characters: String {
    "0-9 _ " + meanings.dropFirst().map { String($0.0) }.joined(separator: " ")
  }

  init?(_ key: LiveKey) {
    switch key {
    case .up: self = .choose(-1)
    case .down: self = .choose(1)
    case .right: self = .deliverNext(.left)
    case .left: self = .deliverNext(.right)
    case .pageUp: self = .scroll(.back)
    case .pageDown: self = .scroll(.forward)
    case .home: self = .scroll(.begin)
    case .end: self = .scroll(.end)
    case .escape: self = .forget
    case .character(let character):
      if character.isASCII, let digit = character.wholeNumberValue {
        self = .digit(digit)
      } else if let meaning = LiveDeed.meanings.first(where: { $0.0 == character }) {
        self = meaning.1
      } else {
        return nil
      }
    }
  }
}
