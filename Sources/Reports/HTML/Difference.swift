/// Two values beside each other, with what the other one does not have marked.
struct Difference {
  let expected: String
  let seen: String

  var document: Markup { marked(expected, beside: seen) }
  var kernel: Markup { marked(seen, beside: expected) }

  private func marked(_ text: String, beside other: String) -> Markup {
    var known = Difference.words(other)
    if isRewritten { return .element("code", Difference.words(text).map(Markup.breakable)) }
    let pieces = Difference.words(text).map { word -> Markup in
      // Each word of the other side answers one of this side.
      if let index = known.firstIndex(of: word) {
        known.remove(at: index)
        return Markup.breakable(word)
      }
      return word.contains(where: { !Difference.separators.contains($0) }) && !other.isEmpty
        ? .element("mark", word) : .breakable(word)
    }
    return .element("code", pieces)
  }

  /// True if most words of both values differ: marks on all of them would show nothing.
  private var isRewritten: Bool {
    let sides = [expected, seen].map {
      Difference.words($0).filter { !Difference.separators.contains($0.first ?? " ") }
    }
    let common = sides[0].count { sides[1].contains($0) }
    return sides.allSatisfy { $0.count > 0 } && sides.contains { $0.count > 4 }
      && common * 2 < max(sides[0].count, sides[1].count)
  }

  private static let separators: Set<Character> = ["(", ")", ",", ";", " ", "[", "]"]

  /// The words of a value and what stands between them.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    for character in text {
      if separators.contains(character) || words.last.map({ separators.contains($0.first ?? " ") }) ?? true {
        words.append(String(character))
      } else {
        words[words.count - 1].append(character)
      }
    }
    return words
  }
}
