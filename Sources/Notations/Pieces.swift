import Documents

/// Pieces of text that a line may hold, found octet by octet.
///
/// A page has tens of thousands of lines, and `contains` of the standard library compares characters.
struct Pieces: ExpressibleByArrayLiteral, Sendable {
  /// For each octet, the pieces that begin with it.
  private let pieces: [[[UInt8]]]

  init(arrayLiteral pieces: String...) { self.init(pieces) }

  init(_ pieces: [String]) {
    var begun = [[[UInt8]]](repeating: [], count: 256)
    for piece in pieces.map({ Array($0.utf8) }) {
      if let first = piece.first { begun[Int(first)].append(piece) }
    }
    self.pieces = begun
  }

  func isAny(in line: some StringProtocol) -> Bool {
    let octets = Array(line.utf8)
    // Loops, not closures: this is called more often than anything else.
    var place = 0
    while place < octets.count {
      let first = Int(octets[place])
      if !pieces[first].isEmpty {
        for piece in pieces[first] where Self.stands(piece, in: octets, at: place) { return true }
      }
      place += 1
    }
    return false
  }

  private static func stands(_ piece: [UInt8], in octets: [UInt8], at place: Int) -> Bool {
    guard place + piece.count <= octets.count else { return false }
    var index = 1
    while index < piece.count, octets[place + index] == piece[index] { index += 1 }
    return index == piece.count
  }
}
