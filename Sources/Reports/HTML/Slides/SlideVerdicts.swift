import Claims
import Documents

/// The slides about verdicts: the parts of the pages that were not read, and the claims that are not simply confirmed.
struct SlideVerdicts {
  let assessment: Assessment
  let names: ClaimNames
  /// The claims that have a slide already.
  let cited: [String]

  /// As many rows as fit a slide.
  private static let most = 6

  /// The parts that were not read. They stand first: what follows may be undecided because of them.
  var unread: [Slide] {
    Self.cut(ObserverTables(assessment: assessment).unread).map {
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
    return cut(claims).map { Slide(form: "values dense", heading: heading, content: tables.html($0)) }
  }

  private static func cut<Row>(_ rows: [Row]) -> [[Row]] {
    stride(from: 0, to: rows.count, by: most).map { Array(rows[$0..<min($0 + most, rows.count)]) }
  }
}
