import Documents

/// The two parties that a list's sentences name.
struct ProseParties {
  /// The names in the page's own spelling.
  private(set) var names: [String]
  /// All spellings of each, in small letters.
  private var spellings: [[String]]

  /// nil where the sentences do not name two parties.
  init?(of items: [ListItem]) {
    let texts = items.map { $0.text.lowercased() }
    let all = texts.joined(separator: "\n")
    for language in Language.all {
      let roles = [language.client, language.server]
      let found = roles.map { role in role.first { !Mention.all(of: [$0], in: all).isEmpty } }
      if let client = found[0], let server = found[1] {
        names = [client, server]
        spellings = roles
        return
      }
    }
    var subjects: [String] = []
    for item in items {
      for name in Self.subjects(in: item.text)
      where !subjects.contains(where: { $0.lowercased() == name.lowercased() }) { subjects.append(name) }
    }
    guard subjects.count == 2 else { return nil }
    names = subjects
    spellings = subjects.map { [$0.lowercased()] }
  }

  private static let articles: Set = [
    "the", "a", "an", "el", "la", "le", "der", "die", "das", "o", "then", "finally", "first", "next",
  ]
  private static let pronouns: Set = [
    "it", "he", "she", "they", "which", "that", "who", "this", "both", "and", "also",
  ]

  /// The words before a verb of sending: `The thermostat sends`, `Host A replies`.
  private static func subjects(in text: String) -> [String] {
    let words = text.split { $0 == " " || $0 == "\t" || $0 == "," }
    var found: [String] = []
    for (place, word) in words.enumerated() where place > 0 {
      guard Words.sends.areIn(word.lowercased()) else { continue }
      var name: [Substring] = []
      for word in words[..<place].reversed() {
        let lower = word.lowercased()
        if articles.contains(lower) || name.count == 2 || word.last == "." { break }
        name.insert(word, at: 0)
      }
      let text = name.joined(separator: " ")
      guard !name.isEmpty, !pronouns.contains(text.lowercased()), !Vocabulary(of: text).isAny else {
        continue
      }
      found.append(text)
    }
    return found
  }

  private func places(in text: String) -> [(party: Int, place: String.Index)] {
    spellings.indices.flatMap { party in Mention.subjects(of: spellings[party], in: text).map { (party, $0) }
    }
    .sorted { $0.1 < $1.1 }
  }

  /// The only party that is a subject in this text.
  func onlySubject(in text: String) -> Int? {
    let parties = Set(places(in: text).map(\.party))
    return parties.count == 1 ? parties.first : nil
  }

  func firstSubject(in text: String) -> Int? { places(in: text).first?.party }

  /// The only party that is named at all.
  func object(in text: String) -> Int? {
    let parties = spellings.indices.filter { !Mention.all(of: spellings[$0], in: text).isEmpty }
    return parties.count == 1 ? parties[0] : nil
  }
}
