/// Known names that are near to one that is not known: a letter wrong, two swapped, or the same words in another order.
package enum Nearest {
  /// The known names that are nearest to this one, the nearest first; none where nothing is near.
  package static func names(
    to name: String, among known: some Sequence<String>, atMost limit: Int = 3
  ) -> [String] {
    let wanted = Folded(name)
    var found: [(name: String, likeness: Double)] = []
    for candidate in known where !found.contains(where: { $0.name == candidate }) {
      let likeness = wanted.likeness(to: Folded(candidate))
      if likeness >= Folded.least { found.append((candidate, likeness)) }
    }
    // What is equally near stays in the order in which it is known.
    let order = found.indices.sorted { (-found[$0].likeness, $0) < (-found[$1].likeness, $1) }
    guard let best = order.first.map({ found[$0].likeness }) else { return [] }
    // Beside a name that is much nearer, the others are noise.
    return order.prefix(limit).filter { found[$0].likeness >= best * 0.85 }.map { found[$0].name }
  }

  /// `did you mean SYN+ACK?`, with all that is near; nil where nothing is.
  package static func question(about name: String, among known: some Sequence<String>) -> String? {
    let names = names(to: name, among: known)
    guard let last = names.last else { return nil }
    let others = names.dropLast().joined(separator: ", ")
    return "did you mean \(others.isEmpty ? last : "\(others) or \(last)")?"
  }

  /// The nearest names as a question; all known names where nothing is near.
  package static func hint(about name: String, among known: [String]) -> String {
    question(about: name, among: known) ?? "expected one of \(known.joined(separator: ", "))"
  }

  /// The number of letters that must be put in, left out, changed or swapped with their neighbour to make one of the
  /// other (optimal string alignment).
  ///
  /// - Parameter limit: a distance that is greater is told as any number above it.
  package static func distance<Letter: Equatable>(
    _ one: [Letter], _ other: [Letter], atMost limit: Int = .max
  ) -> Int {
    var before: [Int] = []
    var last = Array(0...other.count)
    var wasNear = true
    for (row, letter) in one.enumerated() {
      var next = [row + 1]
      var nearest = row + 1
      for (column, counterpart) in other.enumerated() {
        var least = min(
          next[column] + 1, last[column + 1] + 1, last[column] + (letter == counterpart ? 0 : 1))
        if row > 0, column > 0, letter == other[column - 1], one[row - 1] == counterpart {
          least = min(least, before[column - 1] + 1)
        }
        next.append(least)
        if least < nearest { nearest = least }
      }
      // A number comes from one of the two rows before it, and is no less.
      if nearest > limit, !wasNear { return nearest }
      wasNear = nearest <= limit
      (before, last) = (last, next)
    }
    return last[other.count]
  }
}

/// A name in small letters, whole and as its words.
private struct Folded {
  let letters: [Unicode.Scalar]
  private let words: [[Unicode.Scalar]]

  init(_ name: String) {
    letters = Array(name.lowercased().unicodeScalars)
    words = letters.split { !($0.properties.isAlphabetic || $0.properties.numericType != nil) }.map(
      Array.init
    )
    .filter { !Self.links.contains($0) }
  }

  /// Words that say nothing by themselves.
  private static let links = ["a", "an", "in", "of", "on", "the", "to"].map { Array($0.unicodeScalars) }

  /// The likeness of names that are near.
  static let least = 0.6

  /// From 0 for nothing in common to 1 for the same name; 0 for most names that are not near.
  func likeness(to other: Folded) -> Double {
    max(ratio(letters, other.letters, atLeast: Self.least), sharedWords(with: other))
  }

  /// The part of all letters that lie in words that both have; of single words it says no more than their letters do.
  private func sharedWords(with other: Folded) -> Double {
    guard words.count > 1 || other.words.count > 1 else { return 0 }
    var left = other.words
    var shared = 0
    for word in words {
      guard let place = left.firstIndex(where: { isSame(word, $0) }) else { continue }
      shared += word.count + left.remove(at: place).count
    }
    let all = words.joined().count + other.words.joined().count
    return all == 0 ? 0 : Double(shared) / Double(all)
  }

  /// Tells whether two words differ by no more than a slip: a letter in four.
  private func isSame(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Bool {
    ratio(one, other, atLeast: 0.75) >= 0.75
  }

  /// The part of the letters that are the same; what is less than `least` may be told as any such number.
  private func ratio(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar], atLeast least: Double) -> Double {
    let longest = max(one.count, other.count)
    let limit = Int(((1 - least) * Double(longest)).rounded(.up))
    // Lengths that differ by so much cannot be near; most candidates need no table.
    guard longest > 0, abs(one.count - other.count) <= limit else { return 0 }
    return max(0, 1 - Double(Nearest.distance(one, other, atMost: limit)) / Double(longest))
  }
}
