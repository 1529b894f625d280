extension Page {
  /// The restatement of a claim in words, from a line of prose `- A1.1: what it claims (section 1).`,
  /// with the indented lines that go on from it.
  package func restatement(of claim: String) -> String? {
    for case .prose(let lines, _) in blocks {
      if let text = item(claim, in: lines) { return text }
    }
    return nil
  }
}

/// The text of the line `- A1.1: ...` and of the indented lines that go on from it.
func item(_ claim: String, in lines: [String]) -> String? {
  guard let first = lines.firstIndex(where: { $0.hasPrefix("- \(claim): ") }) else { return nil }
  let rest = lines[(first + 1)...].prefix { $0.hasPrefix("  ") && !$0[...].isBlank }
  let text = [lines[first].dropFirst(claim.count + 4)] + rest.map { $0[...] }
  return text.map { String($0.trimmed) }.joined(separator: " ")
}
