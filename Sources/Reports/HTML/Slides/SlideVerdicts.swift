import Claims
import Documents

/// The slides about verdicts: the parts of the pages that were not read, and the claims that are not simply confirmed.
struct SlideVerdicts {
  let assessment: Assessment
  let names: ClaimNames
  /// The claims that have a slide already.
  let cited: [String]

  /// As many rows as fit a slide.
  static let most = 7

  /// The parts that were not read. They stand first: what follows may be undecided because of them.
  var unread: [Slide] {
    rowsOfSlides(ObserverTables(assessment: assessment).unread, most: Self.most).map {
      Slide(form: "text", heading: [Markup("Could not read")], content: [.element("ul", $0)])
    }
  }

  /// The claims that are not simply confirmed.
  var open: [Slide] {
    let claims = assessment.claims.filter { $0.verdict.mark != .confirmed && !cited.contains($0.id) }
    let heading = [Markup("Verdicts: \(assessment.summary)")]
    return Self.slides(of: claims, in: assessment, names: names, heading: heading)
  }

  /// Claims with their verdicts, as many on a slide as fit it.
  static func slides(
    of claims: [ClaimResult], in assessment: Assessment, names: ClaimNames, heading: [Markup]
  ) -> [Slide] {
    let tables = CitedClaims(assessment: assessment, names: names)
    var pages: [String] = []
    for claim in claims where pages.last != claim.page { pages.append(claim.page) }
    // A table for each document: two of them share a slide only where both are short.
    let groups = claims.count <= most ? [claims] : pages.map { page in claims.filter { $0.page == page } }
    return groups.flatMap { rowsOfSlides($0, most: most) }.map {
      Slide(form: "values dense", heading: heading, content: tables.html($0))
    }
  }
}

/// The rows for as few slides as can be, about the same number on each and at most so many.
func rowsOfSlides<Row>(_ rows: [Row], most: Int) -> [[Row]] {
  let slides = max(1, (rows.count + most - 1) / most)
  return (0..<slides).map { Array(rows[$0 * rows.count / slides..<($0 + 1) * rows.count / slides]) }
    .filter { !$0.isEmpty }
}
