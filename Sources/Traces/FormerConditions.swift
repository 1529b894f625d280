/// Conditions whose words were others in earlier versions.
extension Condition {
  /// By what they were called.
  private static let present: [Condition: Condition] = [
    Condition("passive close", "late"): .passiveClose(.late),
    Condition("passive close", "now"): .passiveClose(.now),
  ]

  /// The condition in present words.
  package var inPresentWords: Condition { Self.present[self] ?? self }

  /// The text of "set by" (``Swift/Array/setBy``) in present words.
  package static func presentText(setBy text: String) -> String {
    present.reduce(text) { $0.replacing($1.key.description, with: $1.value.description) }
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self =
      Condition(
        try container.decode(String.self, forKey: .name), try container.decode(String.self, forKey: .value)
      ).inPresentWords
  }
}
