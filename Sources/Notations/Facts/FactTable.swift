import Documents

/// A table of figures and their values in people's words: `state | timeout`, `sysctl | default | meaning`.
struct FactTable {
  private let table: Table
  private let figures: SpokenFigures
  private let figure: Int
  private let value: Int
  private let others: [Int]

  /// nil where the headers are others.
  init?(_ table: Table, figures: SpokenFigures) {
    self.table = table
    self.figures = figures
    let headers = table.header.map { $0.lowercased() }
    guard let figure = headers.firstIndex(where: Self.figureHeaders.contains),
      let value = headers.indices.first(where: { $0 != figure && Self.valueHeaders.contains(headers[$0]) })
    else { return nil }
    (self.figure, self.value) = (figure, value)
    others = headers.indices.filter { $0 != figure && $0 != value }
    let known = Self.remarkHeaders.union(Self.figureHeaders)
    guard others.allSatisfy({ known.contains(headers[$0]) || headers[$0] == "set by" }) else { return nil }
  }

  private static let figureHeaders = headers(\.figureHeaders)
  private static let valueHeaders = headers(\.valueHeaders)
  private static let remarkHeaders = headers(\.remarkHeaders)

  private static func headers(_ words: KeyPath<FactLanguage, [String]>) -> Set<String> {
    Set(FactLanguage.all.flatMap { $0[keyPath: words] })
  }

  /// The rows that are understood as a whole.
  var facts: [FactReader.Stated] {
    table.rows.compactMap { row in
      guard row.written <= table.header.count else { return nil }
      let cells = row.cells.map { $0.filter { $0 != "*" && $0 != "`" } }
      let remarks = others.map { cells[$0] }.filter { !$0.isEmpty }
      guard let stated = stated(cells[figure], cells[value], remarks: remarks),
        !remarks.contains(where: { FactWords.doubts.areIn($0) || FactWords.conditions.areIn($0) }),
        !cells.contains(where: { ForeignSystems.areIn($0) })
      else { return nil }
      let fact = Fact(line: row.line, what: stated.what, value: stated.value, setBy: stated.setBy)
      return FactReader.Stated(
        fact: fact,
        isOfLinux: !fact.setBy.isEmpty || (cells + table.header).contains(where: ForeignSystems.isLinux))
    }
  }

  /// The sentence of a row: the figure and its value, or a sysctl and the figure that the remark names.
  private func stated(_ name: String, _ value: String, remarks: [String]) -> StatedFact? {
    let isSysctl = { (text: String) in text.hasPrefix("tcp_") || text.hasPrefix("net.ipv4.tcp_") }
    if isSysctl(name) { return remarks.count == 1 ? whole("\(name): \(remarks[0])") : nil }
    return whole("\(name) is \(value)" + (remarks.first(where: isSysctl).map { ", set by \($0)" } ?? ""))
  }

  private func whole(_ sentence: String) -> StatedFact? {
    StatedFact(in: Array(sentence), figures: figures).flatMap { $0.isWhole ? $0 : nil }
  }
}
