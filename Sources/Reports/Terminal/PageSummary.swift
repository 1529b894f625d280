package import Claims
import Documents

extension Assessment {
  package static let noTCP = "no TCP exchange found"

  /// A line for each page, and below it what differs or is open; then a summary.
  ///
  /// - Parameters:
  ///   - names: the pages in the order in which they are shown.
  ///   - others: those that have nothing to do with TCP.
  package func linePerPage(inOrder names: [String], ofNoTCP others: Set<String>, style: Style) -> String {
    let glyphs = Glyphs(unicode: style.unicode)
    let width = min(names.map(\.displayWidth).max() ?? 0, style.width / 2)
    var lines: [Line] = []
    var marks: [Mark?] = []
    for name in names {
      let summary = PageSummary(of: name, in: self)
      let mark = others.contains(name) ? nil : summary.mark
      marks.append(mark)
      let sign = mark.map { Line(glyphs.sign(of: $0), $0.tone) } ?? Line(glyphs.dash, .faint)
      let words = others.contains(name) ? Line(Self.noTCP, .faint) : Line(summary.words)
      lines.append(sign + Line(" ") + Line(name, .strong).padded(to: width) + Line("  ") + words)
      for text in summary.details {
        lines += wrapped(text, to: max(20, style.width - 4)).map { Line("    ") + Line($0, .faint) }
      }
    }
    let order: [Mark?] = [.confirmed] + Mark.allCases.filter { $0 != .confirmed } + [nil]
    let told = order.compactMap { mark in
      let count = marks.count { $0 == mark }
      return count > 0 ? "\(count) \(mark?.words ?? "without a TCP exchange")" : nil
    }.joined(separator: ", ")
    lines +=
      [Line()]
      + wrapped("\(counted(names.count, "page")): \(told)", to: style.width).map { Line($0, .strong) }
    return lines.map { $0.painted(color: style.color) + "\n" }.joined()
  }
}

/// The verdicts on one page.
private struct PageSummary {
  /// The verdict that is worth a look first; undecided where something was not read.
  private(set) var mark: Mark
  /// `2 ladders: 11 confirmed, 1 contradicted`.
  private(set) var words: String
  /// The differences and the open points, each with its line.
  private(set) var details: [String] = []

  init(of name: String, in assessment: Assessment) {
    let claims = assessment.claims.filter { $0.page == name }
    let pages = assessment.pages.filter { $0.name == name }
    let unread = pages.flatMap(\.unread)
    let marks = claims.map(\.verdict.mark) + (unread.isEmpty ? [] : [.undecided])
    mark = marks.ofPage
    let ladders = pages.flatMap(\.ladders).count
    let counts = [
      Mark.confirmed, .contradicted, .simplified, .conditional, .unobservable, .undecided, .leftOut,
    ]
    .compactMap { mark in
      let count = claims.count { $0.verdict.mark == mark }
      return count > 0 ? "\(count) \(mark.words)" : nil
    }
    let all = counts + (unread.isEmpty ? [] : ["\(unread.count) not read"])
    words = (ladders > 0 ? counted(ladders, "ladder") + ": " : "") + all.joined(separator: ", ")
    for claim in claims {
      for part in claim.parts where ![.confirmed, .leftOut].contains(part.verdict.mark) {
        details.append("line \(part.place.line): " + Self.told(part.verdict))
      }
    }
    for part in unread { details.append("line \(part.line): not read: \(part.description)") }
  }

  private static func told(_ verdict: Verdict) -> String {
    switch verdict.mark {
    case .undecided, .unobservable, .leftOut, .confirmed:
      "\(verdict.expected): \(verdict.mark.rawValue)" + (verdict.reason.map { ": \($0)" } ?? "")
    case .contradicted, .simplified, .conditional:
      "page \(verdict.expected), kernel \(verdict.seen)" + (verdict.reason.map { " (\($0))" } ?? "")
    }
  }
}
