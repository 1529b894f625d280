package import Records
import Traces

/// The figures of records, and which of them have moved.
package struct MovedFigures {
  private struct Figure: Hashable {
    var section: String
    var name: String
  }

  private var order: [Figure] = []
  private var moved: Set<Figure> = []
  private var known: Set<Figure> = []

  package var count: Int { order.count }

  package init() {}

  /// Adds the records of one folder: they differ in what was done, and in nothing else.
  package mutating func add(_ records: [Record]) {
    var values: [Figure: [String: Value]] = [:]
    for section in records.flatMap(\.sections) {
      for row in section.rows {
        guard case .measured(let value) = row.value else { continue }
        let figure = Figure(section: Record.plainName(section.name), name: row.what)
        if known.insert(figure).inserted { order.append(figure) }
        // One value that is another one is enough, from another condition or from another record.
        let others = values[figure, default: [:]]
        if others.values.contains(where: { $0 != value }) { moved.insert(figure) }
        values[figure, default: [:]][row.setBy] = value
      }
    }
  }

  /// Those that have not, by their section, in the order of the records.
  package var unmoved: [(section: String, names: [String])] {
    var sections: [(section: String, names: [String])] = []
    for figure in order where !moved.contains(figure) {
      if sections.last?.section != figure.section { sections.append((figure.section, [])) }
      sections[sections.count - 1].names.append(figure.name)
    }
    return sections
  }
}
