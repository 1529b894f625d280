package import Documents
import Notations
import TCP

extension Page {
  /// The first difference between this page and what is written of it and read again; nil where there is none.
  package func firstWrittenFault() -> String? {
    for ladder in ladders where ladder.isExchange {
      if let fault = ladder.fault(as: \.markdown, isExact: true) { return "Markdown: " + fault }
      if !ladder.hasTwins, let fault = ladder.fault(as: \.mermaidFence, isExact: false) {
        return "Mermaid: " + fault
      }
      if !ladder.isHalfOpen, let fault = ladder.fault(as: \.inFigure, isExact: false) {
        return "RFC: " + fault
      }
    }
    return nil
  }
}

extension Ladder {
  fileprivate var inFigure: String { "```\n\(standardFigure)```\n" }

  /// Tells whether both parties send segments, and neither column is a case of its own to a reader of tables: a ladder
  /// in which one party never says anything is no table of two parties.
  fileprivate var isExchange: Bool {
    let sending = rungs.filter { rung in Party.allCases.contains { rung.cells[$0].segment != nil } }
    guard let first = sending.first else { return false }
    return Party.allCases.allSatisfy { party in sending.contains { $0.cells[party].segment != nil } }
      && !Party.allCases.allSatisfy { first.cells[$0].segment != nil }
      && rungs.allSatisfy { rung in Party.allCases.allSatisfy { rung.cells[$0].unread == nil } }
  }

  /// Tells whether, before the first segment, one end has a connection and the other has none: its figure is refused.
  fileprivate var isHalfOpen: Bool {
    let unconnected: Set<State> = [.closed, .listen]
    return rungs.prefix { rung in Party.allCases.allSatisfy { rung.cells[$0].segment == nil } }
      .contains { rung in
        guard let left = rung.cells.left.state, let right = rung.cells.right.state else { return false }
        return unconnected.contains(left) != unconnected.contains(right)
      }
  }

  /// Tells whether two SYNs or two FINs stand one after the other, which a reader of a picture may take for two that
  /// cross.
  package var hasTwins: Bool {
    zip(rungs, rungs.dropFirst()).contains { one, other in
      Party.allCases.contains { party in
        guard let first = one.cells[party].segment, let second = other.cells[party.other].segment else {
          return false
        }
        return !first.flags.intersection(second.flags).isDisjoint(with: [.syn, .fin])
      }
    }
  }

  /// - Parameter isExact: whether the cells must be those of this ladder. What a picture has no sign for changes once, and
  ///   no further.
  fileprivate func fault(as notation: (Ladder) -> String, isExact: Bool) -> String? {
    let text = notation(self)
    guard let read = Self.only(in: text) else { return "not read as one ladder:\n\(text)" }
    if isExact { return read.steps == steps ? nil : "other cells are read in\n\(text)" }
    let again = notation(read)
    guard let second = Self.only(in: again) else { return "not read as one ladder again:\n\(again)" }
    return second.steps == read.steps ? nil : "other cells are read again in\n\(text)\n\(again)"
  }

  private static func only(in text: String) -> Ladder? {
    guard let page = try? Page(reading: text, name: "written"), page.ladders.count == 1 else { return nil }
    return page.ladders.first
  }

  /// The cells of each row that says something; an elision is a row of dots.
  package var steps: [[String]] {
    rungs.compactMap { rung in
      let cells = Party.allCases.map { rung.cells[$0].elements.map(\.description).joined(separator: " ") }
      return rung.understood().isElision ? ["..."] : cells == ["", ""] ? nil : cells
    }
  }
}
