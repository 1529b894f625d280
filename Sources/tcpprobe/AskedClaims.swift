import ArgumentParser
import Claims
import Documents
import Notations
import Scenarios
import TCP
import Traces

/// The claims that a person asks for by their ids, or by the figure that their row names.
struct AskedClaims {
  /// The pages that make at least one of them.
  let sources: [Run.Source]
  /// As the pages write them.
  let wanted: Set<String>

  /// The command that a claim is given to.
  enum Command {
    case explain, check

    /// The command line for a claim of a page of one's own.
    func line(for id: String) -> String {
      switch self {
      case .explain: "tcpprobe explain \(AskedClaims.quoted(id)) --page FILE"
      case .check: "tcpprobe check FILE --claim \(AskedClaims.quoted(id))"
      }
    }
  }

  /// The argument as a shell takes it for one word.
  fileprivate static func quoted(_ id: String) -> String {
    let isPlain = id.allSatisfy { $0.isLetter || $0.isNumber || "._-".contains($0) }
    return isPlain ? id : "'" + id.replacing("'", with: "'\\''") + "'"
  }

  /// Looks the ids up in these pages.
  ///
  /// - Throws: ``Failure`` with the nearest ids, or with what to do, for one that no page has.
  init(_ ids: [String], in sources: [Run.Source], for command: Command) throws {
    let pages = try sources.map { try Page(of: $0, by: Scenarios.catalogue) }
    // The place of a cell means nothing among several pages.
    let known = pages.flatMap(\.claims).filter { pages.count == 1 || !isCellID($0) }
    var wanted: Set<String> = []
    for id in ids {
      if let claim = known.first(where: { $0.isFolded(id) }) {
        wanted.insert(claim)
        continue
      }
      let named = pages.flatMap { $0.claims(measuring: id) }
      guard named.isEmpty else {
        wanted.formUnion(named)
        continue
      }
      throw Failure(
        "unknown claim \"\(id)\": \(Self.hint(about: id, known, in: pages, for: command))",
        status: ExitCode(64))
    }
    self.wanted = wanted
    self.sources = zip(sources, pages).filter { !wanted.isDisjoint(with: $0.1.claims) }.map(\.0)
  }

  /// Advice on an id that is not known.
  private static func hint(
    about id: String, _ known: [String], in pages: [Page], for command: Command
  ) -> String {
    if let figure = Scenarios.catalogue.figure(id) {
      return
        "it is a figure, but no built-in page has a row for it. To check it, write a table `what | value | set by`"
        + " with the row `| \(figure.name) | value | condition |` and run tcpprobe check FILE;"
        + " tcpprobe list --figures shows its conditions"
    }
    if pages.count > 1, isCellID(id) {
      return
        "part.row.column is a place in a page; also name the page: \(command.line(for: id))"
    }
    if !isCellID(id), let question = Nearest.question(about: id, among: known) { return question }
    return pages.count == 1
      ? "\(pages[0].name) has \(listed(known))"
      : "tcpprobe list shows the claims of the built-in pages, and tcpprobe list --figures the figures; for a page of your"
        + " own, use \(command.line(for: id))"
  }

  private static func listed(_ ids: [String]) -> String {
    let shown = ids.prefix(12).joined(separator: ", ")
    return ids.count > 12 ? "\(shown) and \(ids.count - 12) more" : ids.isEmpty ? "no claim" : shown
  }
}

extension Page {
  /// The claims of the facts that name this figure, by whichever of its names.
  fileprivate func claims(measuring name: String) -> [String] {
    func figure(_ name: String) -> String { Figure.key(of: Scenarios.catalogue.figure(name)?.name ?? name) }
    let wanted = figure(name)
    return facts.flatMap { facts in
      facts.rows.indices.filter { figure(facts.rows[$0].what) == wanted }.flatMap(facts.claims(ofRow:))
    }
  }
}
