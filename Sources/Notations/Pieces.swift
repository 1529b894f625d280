import Documents

/// Pieces of text that a line may hold, found octet by octet.
///
/// A page has tens of thousands of lines, and `contains` of the standard library compares characters.
struct Pieces: ExpressibleByArrayLiteral, Sendable {
  private let pieces: [[UInt8]]
  /// For each octet, whether a piece begins with it.
  private let begin: [Bool]

  init(arrayLiteral pieces: String...) { self.init(pieces) }

  init(_ pieces: [String]) {
    self.pieces = pieces.map { Array($0.utf8) }
    var begin = [Bool](repeating: false, count: 256)
    for case let first? in self.pieces.map(\.first) { begin[Int(first)] = true }
    self.begin = begin
  }

  func isAny(in line: some StringProtocol) -> Bool {
    let octets = Array(line.utf8)
    return octets.indices.contains { place in
      begin[Int(octets[place])] && pieces.contains { octets[place...].starts(with: $0) }
    }
  }
}
