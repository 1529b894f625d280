import Documents

/// A record of schema 1: the Markdown report of `tcpprobe check`, which had the behaviour and no environment.
struct FirstSchema {
  private static let beginning = "# Linux "
  /// The words before the version: those of today, and those of earlier versions.
  private static let endings = [", measured with tcpprobe ", ", as tcpprobe "]

  static func isOne(_ text: String) -> Bool {
    guard let line = text.split(separator: "\n", maxSplits: 1).first else { return false }
    return line.hasPrefix(beginning) && endings.contains(where: line.contains)
  }

  let page: Page

  func read() -> Record {
    var record = Record(command: "tcpprobe check", environment: environment, sections: [])
    record.schema = 1
    for block in page.blocks {
      switch block {
      case .prose(let lines, _):
        for line in lines {
          if let name = name(in: line) { record.sections.append(Record.Section(name: name)) }
        }
      case .ladder(let ladder):
        if !record.sections.isEmpty { record.sections[record.sections.count - 1].ladder = ladder }
      case .facts(let facts):
        guard !record.sections.isEmpty else { continue }
        let rows = facts.rows.filter { !$0.value.isEmpty }.map(Record.Row.init)
        record.sections[record.sections.count - 1].rows += rows
      }
    }
    return record
  }

  private var environment: Environment {
    let release = page.title?.dropFirst("Linux ".count).prefix { $0 != " " }
    return Environment(facts: release.map { [Environment.Fact(Environment.Name.release, String($0))] } ?? [])
  }

  /// `## Scenario opening`, or under a heading of a page `three-steps:13, table 1, two hosts on a wire, IPv4.`
  private func name(in line: String) -> String? {
    let scenario = "## Scenario "
    if line.hasPrefix(scenario) { return String(line.dropFirst(scenario.count)) }
    let parts = line.split(separator: ", ", maxSplits: 2)
    guard parts.count == 3, parts[1].hasPrefix("table "), let colon = parts[0].lastIndex(of: ":"),
      Int(parts[0][colon...].dropFirst()) != nil
    else { return nil }
    return "\(parts[0][..<colon]), \(parts[1])"
  }
}
