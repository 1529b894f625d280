package import Documents
package import TCP

/// The fate of a segment that has left, where a bench holds its packets.
package enum Fate: Equatable, Sendable {
  case deliver
  case drop
  /// It is kept until ``Path/release()``.
  case hold
  /// It is under way for so long.
  case late(Duration)
  /// It arrives twice, one right after the other.
  case double
  /// It arrives changed. Checksums are made right.
  case rewrite(Segment)
}

/// Decides what becomes of a segment of this party; nil leaves it to the next rule. The first answer wins, and what
/// no rule answers for is delivered.
package typealias Rule = (_ segment: Segment, _ party: Party) -> Fate?
