import Claims
import Documents
import Traces

/// The verdicts on suites of packetdrill scripts, as a page.
struct ScriptTable {
  let release: String
  var suites: [(name: String, rows: [Row])] = []

  struct Row {
    var path: String
    var judgement: ScriptJudgement
    /// True if packetdrill passes it; nil if it was not asked.
    var passes: Bool?

    /// Tells whether both say the same; nil where one of them says nothing.
    var agrees: Bool? {
      guard let passes else { return nil }
      return switch judgement.decision {
      case .confirmed: passes
      case .contradicted: !passes
      case .undecided: nil
      }
    }
  }

  init(release: String) { self.release = release }

  var markdown: String {
    var blocks = [
      "# packetdrill scripts on Linux \(release)",
      "Made by `trust scripts`. A script is read whole if nothing in it is passed over; one that is not is not run.",
      summary,
    ]
    for (name, rows) in suites {
      blocks += list(
        "Not read whole: \(name)", rows.filter { !$0.judgement.script.unread.isEmpty }
      ) { row in
        let unread = row.judgement.script.unread[0]
        return "`\(row.path):\(unread.line)`: \(code(unread.text))"
      }
      blocks += list("Contradicted: \(name)", rows.filter { $0.judgement.difference != nil }) { row in
        guard let difference = row.judgement.difference else { return row.path }
        let place = "\(row.path):\(row.judgement.line)"
        return
          "`\(place)`: expected \(code(difference.expected)), kernel \(code(difference.seen))\(note(row))"
      }
      blocks += list("Read whole and undecided: \(name)", rows.filter(isUndecided)) { row in
        guard case .undecided(let reason) = row.judgement.decision else { return row.path }
        return "`\(row.path)`: \(reason)"
      }
      blocks += list(
        "Confirmed, but not by packetdrill: \(name)",
        rows.filter { $0.judgement.decision == .confirmed && $0.agrees == false }
      ) { "`\($0.path)`" }
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private var summary: String {
    var lines = [
      "| suite | scripts | read whole | confirmed | contradicted | undecided | packetdrill passes | both decide, and agree |",
      "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for (name, rows) in suites {
      let read = rows.count { $0.judgement.script.unread.isEmpty }
      let kinds = rows.map(\.judgement.verdict.kind)
      let passed = rows.contains { $0.passes != nil } ? "\(rows.count { $0.passes == true })" : ""
      let decided = rows.filter { $0.agrees != nil }
      let agreed = decided.isEmpty ? "" : "\(decided.count { $0.agrees == true }) of \(decided.count)"
      lines.append(
        "| \(name) | \(rows.count) | \(read) | \(kinds.count { $0 == .confirmed })"
          + " | \(kinds.count { $0 == .contradicted }) | \(kinds.count { $0 == .undecided }) | \(passed) | \(agreed) |"
      )
    }
    return lines.joined(separator: "\n")
  }

  private func isUndecided(_ row: Row) -> Bool {
    row.judgement.verdict.kind == .undecided && row.judgement.script.unread.isEmpty
  }

  private func note(_ row: Row) -> String { row.agrees == false ? " (packetdrill passes it)" : "" }

  private func code(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    let fence = line.contains("`") ? "``" : "`"
    return fence + line + fence
  }

  private func list(_ title: String, _ rows: [Row], _ text: (Row) -> String) -> [String] {
    rows.isEmpty ? [] : ["## \(title)", rows.map { "- " + text($0) }.joined(separator: "\n")]
  }
}
