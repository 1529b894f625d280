import Claims
import Documents

extension Assessment {
  /// What a claim is about, in words: as its document restates it, else what the row of a facts table names.
  func wording(of claim: ClaimResult) -> String? {
    if let restatement = claim.restatement { return restatement }
    guard let part = claim.parts.first, case .fact(let row) = part.subject else { return nil }
    let facts = pages.first { $0.name == part.place.page }?.facts.first { $0.table == part.place.table }
    return facts.flatMap { $0.rows.indices.contains(row) ? $0.rows[row].what : nil }
  }
}
