package import Claims
import Traces

extension Assessment {
  /// The run, and beside it the verdicts, which a reader of the run passes over.
  package func jsonReport() -> String {
    jsonText(
      JSONReport(
        run: run, unread: unread, verdicts: claims.map(JSONVerdict.init),
        counts: Dictionary(uniqueKeysWithValues: counts.map { ($0.mark.rawValue, $0.count) }))) + "\n"
  }

  private var unread: [JSONUnread] {
    pages.flatMap { page in
      page.unread.map { JSONUnread(page: page.name, line: $0.line, text: $0.text, note: $0.note) }
    }
  }
}

private struct JSONReport: Encodable {
  var run: Run
  var unread: [JSONUnread]
  var verdicts: [JSONVerdict]
  /// The number of claims with each verdict.
  var counts: [String: Int]

  private enum Key: String, CodingKey { case kind, unread, verdicts, counts }

  /// The run's own keys and four more stand side by side.
  func encode(to encoder: any Encoder) throws {
    try run.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(JSONKind.run, forKey: .kind)
    try container.encode(unread, forKey: .unread)
    try container.encode(verdicts, forKey: .verdicts)
    try container.encode(counts, forKey: .counts)
  }
}

/// Something of a page that looks like TCP and was not read.
struct JSONUnread: Codable {
  var page: String
  var line: Int
  var text: String
  /// A remark: its name, the reason why it was not read, or the likely meaning.
  var note: String?
}

/// A claim, as a report has it and as it is read again.
struct JSONVerdict: Codable {
  var id: String
  var page: String
  var line: Int
  var claim: String?
  var verdict: String
  var simplified: Bool
  var expected: String
  var seen: String
  var reason: String?
  var added: [String]
  var composition: [String]
  var evidence: [Verdict.Evidence]
  var parts: [JSONVerdictPart]

  init(_ claim: ClaimResult) {
    id = claim.id
    page = claim.page
    line = claim.line
    self.claim = claim.restatement
    verdict = claim.verdict.mark.rawValue
    simplified = claim.verdict.isSimplified
    expected = claim.verdict.expected
    seen = claim.verdict.seen
    reason = claim.verdict.reason
    added = claim.verdict.added
    composition = claim.verdict.composition
    evidence = claim.verdict.evidence
    parts = claim.parts.map(JSONVerdictPart.init)
  }
}

struct JSONVerdictPart: Codable {
  var subject: String
  var place: Place
  var verdict: String
  var simplified: Bool
  var expected: String
  var seen: String
  var reason: String?
  var added: [String]
  var composition: [String]
  var evidence: [Verdict.Evidence]

  init(_ part: Part) {
    subject =
      switch part.subject {
      case .segment: "segment"
      case .state: "state"
      case .fact: "fact"
      case .extra: "extra"
      }
    place = part.place
    verdict = part.verdict.mark.rawValue
    simplified = part.verdict.isSimplified
    expected = part.verdict.expected
    seen = part.verdict.seen
    reason = part.verdict.reason
    added = part.verdict.added
    composition = part.verdict.composition
    evidence = part.verdict.evidence
  }
}
