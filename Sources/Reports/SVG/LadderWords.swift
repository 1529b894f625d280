import Documents

/// A drawing in words, for those who do not see it.
struct LadderWords {
  let picture: Picture

  var title: String { "A connection between \(picture.names.left) and \(picture.names.right), step by step" }

  var description: String {
    var sentences: [String] = []
    let initial = states(picture.initial)
    if !initial.isEmpty { sentences.append("At first: \(initial).") }
    for row in picture.rows {
      let time = row.time.map { readable(nanoseconds: $0) + ": " } ?? ""
      let after = states(row.states)
      let change = after.isEmpty ? "" : "; then \(after)"
      sentences.append(time + what(row) + change + judged(row) + ".")
    }
    return sentences.joined(separator: " ")
  }

  /// Describes this row: `client sends FIN seq=1 to server`.
  func what(_ row: Picture.Row) -> String { ([moved(row)] + row.reasons).joined(separator: "; ") }

  private func moved(_ row: Picture.Row) -> String {
    switch row.what {
    case .segment(let label, let party, .arrives):
      "\(label) from \(picture.names[party]) arrives at \(picture.names[party.other])"
    case .segment(let label, let party, let part):
      "\(picture.names[party]) sends \(label) to \(picture.names[party.other])"
        + (part.remark.map { ", and it is \($0)" } ?? "")
    case .call(let label, let party, let outcome, _):
      "\(picture.names[party]) calls \(label)" + (outcome.map { ": \($0)" } ?? "")
    case .pause(let nanoseconds, let timer):
      "nothing happens for \(readable(nanoseconds: nanoseconds))"
        + (timer.map { ", until the \($0.rawValue) expires" } ?? "")
    case .note(let text): text
    case .states: row.change(names: picture.names)
    }
  }

  /// `client ESTABLISHED, server CLOSE_WAIT`, of those that are named.
  func states<Value: RawRepresentable<String>>(_ states: Both<Value?>) -> String {
    Party.allCases.compactMap { party in states[party].map { "\(picture.names[party]) \($0.rawValue)" } }
      .joined(separator: ", ")
  }

  private func judged(_ row: Picture.Row) -> String {
    row.mark.map { " (\($0.words))" } ?? ""
  }
}
