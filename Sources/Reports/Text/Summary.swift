package import Claims

extension Assessment {
  /// `16 confirmed, 4 contradicted (1 simplified), 2 conditional`.
  package var summary: String {
    let verdicts = claims.map(\.verdict)
    var parts: [String] = []
    for kind in Verdict.Kind.allCases {
      let found = verdicts.filter { $0.kind == kind }
      guard !found.isEmpty else { continue }
      let simplified = found.count { $0.mark == .simplified }
      parts.append("\(found.count) \(kind.rawValue)" + (simplified > 0 ? " (\(simplified) simplified)" : ""))
    }
    return parts.isEmpty ? "no claims were judged" : parts.joined(separator: ", ")
  }
}
