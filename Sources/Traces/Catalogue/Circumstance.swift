/// A circumstance beside the kernel and its settings that a figure may depend on.
package enum Circumstance: CaseIterable, Sendable {
  /// Wire or loopback: another path has another MTU, and takes another time.
  case bench
  case family
  /// The kernel shows more to who has more.
  case privileges
  /// Segments can be seen, or cannot.
  case segments
  /// The states of sockets are seen as closely.
  case states
}

extension Circumstance {
  /// The circumstance as a part of a sentence.
  package var inWords: String {
    switch self {
    case .bench: "the bench"
    case .family: "the address family"
    case .privileges: "privileges"
    case .segments: "whether segments can be seen"
    case .states: "how closely states can be seen"
    }
  }
}
