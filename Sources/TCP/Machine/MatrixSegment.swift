/// A segment that arrives in a state: its flags and data, and where its numbers lie beside those that the end expects.
package struct MatrixSegment: Hashable, Sendable {
  package let kind: Kind
  /// The place of SEG.SEQ; nil in a state that has no window.
  package let place: Place?
  /// SEG.ACK; nil where the segment has no ACK, or the state nothing that could be acknowledged.
  package let acknowledgment: Acknowledgment?
  /// True if SEG.TSval is older than the one that the end has seen last; else the segment has no timestamp.
  package let hasOldTimestamp: Bool

  package init(
    _ kind: Kind, at place: Place? = nil, _ acknowledgment: Acknowledgment? = nil,
    hasOldTimestamp: Bool = false
  ) {
    self.kind = kind
    self.place = place
    self.acknowledgment = acknowledgment
    self.hasOldTimestamp = hasOldTimestamp
  }

  package enum Kind: String, CaseIterable, Sendable {
    case syn = "SYN"
    case synAck = "SYN+ACK"
    case synFin = "SYN+FIN"
    case ack = "ACK"
    /// One octet, with ACK.
    case data = "data"
    case finAck = "FIN+ACK"
    case fin = "FIN"
    case reset = "RST"
    case resetAck = "RST+ACK"
  }

  /// The place of SEG.SEQ beside the window that the end offers.
  package enum Place: String, CaseIterable, Sendable {
    /// All of the segment lies before RCV.NXT.
    case left = "left of the window"
    /// RCV.NXT.
    case leftEdge = "left edge"
    /// One number after RCV.NXT.
    case inside = "inside"
    /// The last number of the window.
    case rightEdge = "right edge"
    /// Beyond the window by far.
    case right = "right of the window"
  }

  package enum Acknowledgment: String, CaseIterable, Sendable {
    /// Below SND.UNA.
    case old = "old ACK"
    /// One that changes nothing; before the connection is established, the one that acknowledges the SYN.
    case current = "current ACK"
    /// Beyond SND.NXT.
    case beyond = "ACK beyond SND.NXT"
  }
}

extension MatrixSegment.Kind {
  package var flags: Flags {
    switch self {
    case .syn: .syn
    case .synAck: [.syn, .ack]
    case .synFin: [.syn, .fin]
    case .ack, .data: .ack
    case .finAck: [.fin, .ack]
    case .fin: .fin
    case .reset: .rst
    case .resetAck: [.rst, .ack]
    }
  }

  /// Octets of data.
  package var length: Int { self == .data ? 1 : 0 }

  package var hasAck: Bool { flags.contains(.ack) }
}

extension MatrixSegment {
  /// The segments of each state. The number that is acknowledged and the timestamp are tried where the segment's place does
  /// not decide alone: at the left edge.
  package static func all(in state: State) -> [MatrixSegment] {
    Kind.allCases.flatMap { kind -> [MatrixSegment] in
      let numbers: [Acknowledgment?] = kind.hasAck ? [.current, .old, .beyond] : [nil]
      switch state {
      case .closed, .listen: return [MatrixSegment(kind)]
      case .synSent: return numbers.map { MatrixSegment(kind, $0) }
      default:
        return Place.allCases.flatMap { place in
          place == .leftEdge
            ? numbers.map { MatrixSegment(kind, at: place, $0) }
              + [MatrixSegment(kind, at: place, numbers[0], hasOldTimestamp: true)]
            : [MatrixSegment(kind, at: place, numbers[0])]
        }
      }
    }
  }

  /// The place of its numbers in words: `left edge, old ACK`; empty where there is only one.
  package var numbers: String {
    let number = acknowledgment == .current && place != nil ? nil : acknowledgment?.rawValue
    return [place?.rawValue, number, hasOldTimestamp ? "old timestamp" : nil].compactMap { $0 }
      .joined(separator: " with ")
  }

  /// The name of it that no other has.
  package var name: String { numbers.isEmpty ? kind.rawValue : "\(kind.rawValue), \(numbers)" }

  /// The segment of this name; nil where there is none.
  package init?(name: String) {
    guard let found = Self.byName[name] else { return nil }
    self = found
  }

  private static let byName = Dictionary(
    State.allCases.flatMap(all(in:)).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}
