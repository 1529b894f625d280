import Documents
import Records

/// The lines of a report about one thing that was looked for among kernels: the values of those that were run, and where
/// the value changes.
struct SearchLines {
  /// The kernels, oldest first: as a person knows them, and their versions alone.
  var titles: [String]
  var versions: [String]
  /// True if every kernel was run.
  var isEvery: Bool
  var style: Style

  func lines(of name: String, _ search: ChangeSearch) -> [Line] {
    var lines = [Line()] + wrapped(name, to: style.width).map { Line($0, .strong) }
    var table = TextTable()
    for stretch in stretches(of: search) {
      table.rows.append([.init(stretch.kernels, .faint), .init(stretch.value)])
    }
    lines += table.lines(width: style.width)
    for change in search.changes {
      lines += said("last    ", titles[change.last])
      lines += said("first   ", titles[change.first])
      if !change.skipped.isEmpty {
        let names = change.skipped.map { versions[$0] }.joined(separator: ", ")
        lines += said("", "or a kernel between them that gave no result: \(names)")
      }
    }
    if search.isBackAndForth {
      lines += said(
        "note    ",
        "It changes more than once."
          + (isEvery ? "" : " A bisection may miss further changes; --exhaustive finds all."))
    }
    return lines
  }

  func said(_ label: String, _ text: String) -> [Line] {
    Paragraph(text, .plain, label: label).lines(in: style.width - 2).map { .blank(2) + $0 }
  }

  /// `the oldest and the newest do the same`.
  func same(_ ends: (oldest: Int, newest: Int), doing what: String) -> [Line] {
    let text =
      isEvery
      ? "All kernels \(what)."
      : "\(titles[ends.oldest]) and \(titles[ends.newest]) \(what). --exhaustive also runs the kernels between them."
    return [Line()] + wrapped(text, to: style.width).map { Line($0) }
  }

  /// `6 of 7 kernels run`.
  func closing(ran: Int, skipped: [Int]) -> [Line] {
    let names = skipped.map { versions[$0] }
    return [
      Line(),
      Line(
        "\(ran) of \(counted(versions.count, "kernel")) run"
          + (names.isEmpty ? "" : "; no result from \(names.joined(separator: ", "))"), .strong),
    ]
  }

  /// Kernels that follow each other and do the same, of those that were run.
  private func stretches(of search: ChangeSearch) -> [(kernels: String, value: String)] {
    var stretches: [(first: Int, last: Int, value: String)] = []
    for (place, value) in search.known {
      if let last = stretches.last, last.value == value {
        stretches[stretches.count - 1].last = place
      } else {
        stretches.append((place, place, value))
      }
    }
    return stretches.map { stretch in
      let names = [stretch.first, stretch.last].map { versions[$0] }
      return (names[0] == names[1] ? names[0] : names.joined(separator: " to "), stretch.value)
    }
  }
}
