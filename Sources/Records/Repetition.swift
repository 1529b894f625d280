/// Lines that stand several times one after the other, written once: `… 40 times these 3 lines`.
enum Repetition {
  private static let longest = 12
  private static let least = 3

  static func folded(_ all: [String]) -> [String] {
    var folded: [String] = []
    var place = 0
    while place < all.count {
      let (length, count) = longest(at: place, in: all)
      folded += all[place..<place + length]
      if count >= least { folded.append(text(count, length)) }
      place += length * (count >= least ? count : 1)
    }
    return folded
  }

  /// The number of lines that repeat themselves from this place on, and how often they stand there; 1 and 1 where none do.
  private static func longest(at place: Int, in all: [String]) -> (length: Int, count: Int) {
    var best = (length: 1, count: 1)
    for length in 1...longest where place + length * least <= all.count {
      let block = all[place..<place + length]
      var count = 1
      while place + length * (count + 1) <= all.count,
        all[place + length * count..<place + length * (count + 1)].elementsEqual(block)
      {
        count += 1
      }
      if count >= least, length * (count - 1) > best.length * (best.count - 1) { best = (length, count) }
    }
    return best
  }

  static func unfolded(_ folded: [String]) -> [String] {
    var all: [String] = []
    for line in folded {
      if let (count, length) = told(line), length <= all.count {
        let block = all.suffix(length)
        for _ in 1..<max(1, count) { all += block }
      } else {
        all.append(line)
      }
    }
    return all
  }

  private static func told(_ line: String) -> (count: Int, length: Int)? {
    let words = line.split(separator: " ")
    guard words.count == 6, let count = Int(words[1]), let length = Int(words[4]), 1...100_000 ~= count,
      length > 0,
      line == text(count, length)
    else { return nil }
    return (count, length)
  }

  private static func text(_ count: Int, _ length: Int) -> String { "… \(count) times these \(length) lines" }
}
