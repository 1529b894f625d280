import Traces
import Documents
import Notations

extension Record {
  /// The record as a page. What it says of the kernel stands below `## Behaviour`: the same kernel and settings give the
  /// same octets there. What it depends on stands above.
  package var markdown: String {
    var blocks = [
      "# Linux \(environment.kernel): what its TCP did", Mark.schema(schema),
      "Made by `\(command)`. Compare another kernel with it: `tcpprobe check FILE`.",
      "## \(Heading.environment)",
      table(environment.facts.map { Fact(what: $0.name, value: $0.value) }),
      "## \(Heading.settings)",
      table(environment.settings.map { Fact(what: $0.name, value: $0.value, setBy: $0.source) }),
      "## \(Heading.behaviour)",
    ]
    for section in mergedSections {
      blocks.append("### \(section.name)")
      if let ladder = section.ladder { blocks.append(trimmed(ladder.markdown)) }
      if !section.rows.isEmpty { blocks.append(table(section.rows.map(\.fact))) }
    }
    if traceCount > 0 { blocks.append(TraceChapter(of: self).text) }
    blocks.append(Mark.end(count))
    return blocks.joined(separator: "\n\n") + "\n"
  }

  package enum Heading {
    static let environment = "Environment"
    static let settings = "Settings"
    package static let behaviour = "Behaviour"
    package static let traces = "Traces"
  }

  /// The marks of a record, and of its end.
  enum Mark {
    static let beginning = "<!-- tcpprobe record, schema "
    static let ending = "<!-- end of record, "

    static func schema(_ number: Int) -> String { "\(beginning)\(number) -->" }
    static func end(_ count: Int) -> String { "\(ending)\(count) behaviours -->" }

    /// The number in such a mark; nil where this is none.
    static func number(in line: String, after beginning: String) -> Int? {
      guard line.hasPrefix(beginning) else { return nil }
      return Int(line.dropFirst(beginning.count).prefix { $0.isNumber })
    }
  }
}

extension Record.Row {
  static let notMeasured = "not measured: "

  fileprivate var fact: Fact {
    switch value {
    case .measured(let value): Fact(what: what, value: value.description, setBy: setBy)
    case .notMeasured(let reason):
      Fact(what: what, value: Self.notMeasured + reason.description, setBy: setBy)
    }
  }

  init(_ fact: Fact) {
    let isMissing = fact.value.hasPrefix(Self.notMeasured)
    self.init(
      fact.what,
      isMissing
        ? .notMeasured(Reason(reading: String(fact.value.dropFirst(Self.notMeasured.count))))
        : .measured(Value(reading: fact.value)),
      setBy: fact.setBy)
  }
}

extension Environment.Setting {
  private static let usual = "default"
  private static let changed = "here; the default is "
  private static let unknown = "the whole machine"

  fileprivate var source: String {
    guard let standard else { return Self.unknown }
    return standard == value ? Self.usual : Self.changed + standard
  }

  init(_ fact: Fact) {
    let standard: String? =
      fact.setBy == Self.usual
      ? fact.value
      : fact.setBy.hasPrefix(Self.changed) ? String(fact.setBy.dropFirst(Self.changed.count)) : nil
    self.init(fact.what, fact.value, standard: standard)
  }
}

private func table(_ rows: [Fact]) -> String {
  rows.isEmpty ? "Nothing." : trimmed(Facts(rows: rows).markdown)
}
