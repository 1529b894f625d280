import Documents

/// The slides of a facts table: as many rows as can be read from the last row of a room, and the claims that they prove.
struct ValueSlides {
  private let facts: LessonFacts
  /// Room for the rows and the sentences of one slide, in lines of the table.
  private static let room = 12.0
  /// A line of a sentence is lower than a row of the table.
  private static let sentenceLine = 0.75
  private static let sentenceWidth = 120

  init(_ facts: LessonFacts) { self.facts = facts }

  func slides(heading: [Markup]) -> [Slide] {
    var told: Set<String> = []
    return cut(facts.rows).map { rows in
      var claims: [String] = []
      for claim in rows.flatMap(\.claims) where !claims.contains(claim) { claims.append(claim) }
      // A claim is told on the first slide that has it.
      let sentences = claims.filter { told.insert($0).inserted }.compactMap { claim in
        facts.sentence(of: claim).map {
          Markup.element("li", [.element("b", claim + " ")] + ProseHTML.inline($0))
        }
      }
      let list = sentences.isEmpty ? Markup.nothing : .element("ul", ["class": "claims"], sentences)
      return Slide(form: "values", heading: heading, content: [LessonFacts.table(rows), list])
    }
  }

  /// The rows for each slide, in their order.
  private func cut(_ rows: [LessonFacts.Row]) -> [[LessonFacts.Row]] {
    var slides: [[LessonFacts.Row]] = []
    var (left, told) = (0.0, Set<String>())
    var setBy: String?
    for row in rows {
      // Rows of another condition have a caption and a head of their own.
      var cost = Double(row.lines) + (row.setBy == setBy ? 0 : 2)
      for claim in row.claims where told.insert(claim).inserted {
        let length = facts.sentence(of: claim)?.count ?? 0
        cost += Double((length + Self.sentenceWidth - 1) / Self.sentenceWidth) * Self.sentenceLine
      }
      if cost > left || slides.isEmpty {
        slides.append([])
        left = Self.room
      }
      slides[slides.count - 1].append(row)
      left -= cost
      setBy = row.setBy
    }
    return slides
  }
}
