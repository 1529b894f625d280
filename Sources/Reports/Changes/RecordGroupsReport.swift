package import Records

extension RecordGroups {
  /// Of more groups only the largest are shown.
  private static let most = 12

  /// The groups, the largest first, and of each other what is not as in the largest.
  package func terminalReport(style: Style) -> String {
    var lines: [Line] = []
    let shown = style.drawsAll ? groups[...] : groups.prefix(Self.most)
    for (place, group) in shown.enumerated() {
      let listedNames = listed(group.names.map(\.inShort), atMost: style.drawsAll ? nil : 3)
      lines +=
        [
          Line(),
          Line("Group \(place + 1)", .strong) + Line("  \(counted(group.count, "record"))  ")
            + Line(group.id, .faint),
        ]
      lines += wrapped(kernels(of: group), to: style.width - 2).map { .blank(2) + Line($0) }
      lines += wrapped(listedNames, to: style.width - 2).map { .blank(2) + Line($0, .faint) }
      guard let comparison = group.comparison else { continue }
      let names = (before: groups[0].names[0].file ?? "", after: group.names[0].file ?? "")
      lines += [Line()] + ComparisonLines(comparison: comparison, names: names, style: style).lines()
    }
    if shown.count < groups.count {
      let more =
        "and \(counted(groups.count - shown.count, "group")) more: --all shows them, --format table shows one line for"
        + " each record"
      lines += [Line()] + wrapped(more, to: style.width).map { Line($0, .faint) }
    }
    lines += [Line()] + wrapped(summary, to: style.width).map { Line($0, .strong) }
    return lines.map { $0.painted(color: style.color) + "\n" }.joined()
  }

  private func kernels(of group: Group) -> String {
    var kernels: [String] = []
    for name in group.names where !kernels.contains(name.kernel) { kernels.append(name.kernel) }
    return "Linux " + kernels.joined(separator: ", ")
  }

  /// The outcome in a sentence.
  var summary: String {
    let all = "\(counted(count, "record")) in \(counted(groups.count, "group"))"
    guard groups.count > 1 else { return all + "; all have the same content" }
    let largest = groups.count { $0.count == groups[0].count }
    guard largest > 1 else {
      let outliers = count - groups[0].count
      return all + "; \(grouped(outliers)) \(outliers == 1 ? "differs" : "differ") from the"
        + " \(grouped(groups[0].count)) in group 1"
    }
    let others =
      switch groups.count {
      case 2: "group 2 differs"
      case 3: "groups 2 and 3 differ"
      default: "groups 2 to \(grouped(groups.count)) differ"
      }
    let sizes =
      largest == groups.count
      ? " of the same size" : ", of which the first \(grouped(largest)) have the same size"
    return all + sizes + "; \(others) from group 1"
  }

  /// A line for each record, in the order of the groups.
  package func tableReport() -> String {
    let header = ["group", "hash", "changes", "kernel", "host", "file", "label"]
    let rows = groups.enumerated().flatMap { place, group in
      group.names.map { name in
        [
          "\(place + 1)", group.id, "\(group.comparison.map(\.openCount) ?? 0)",
          name.kernel, name.host ?? "-", name.file ?? "-", name.label ?? "-",
        ]
      }
    }
    let widths = header.indices.map { column in
      ([header] + rows).reduce(0) { max($0, $1[column].displayWidth) }
    }
    return ([header] + rows).map { row in
      let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.displayWidth) }
      return Line(cells.joined(separator: "  ")).painted(color: false) + "\n"
    }.joined()
  }

  /// The groups for programs.
  package func jsonReport() -> String { jsonText(JSONGroups(self)) + "\n" }
}

private struct JSONGroups: Encodable {
  var schema = 1
  var kind = JSONKind.groups
  var count: Int
  var failOn: [String]
  var groups: [JSONGroup]

  struct JSONGroup: Encodable {
    var id: String
    var count: Int
    var records: [JSONName]
    /// The comparison with the first group; null for that itself.
    var comparison: JSONOutcome?
  }

  struct JSONName: Encodable {
    var file: String?
    var label: String?
    var host: String?
    var kernel: String

    init(_ name: RecordName) {
      file = name.file
      label = name.label
      host = name.host
      kernel = name.kernel
    }
  }

  init(_ groups: RecordGroups) {
    count = groups.count
    failOn = jsonKinds(groups.failsOn)
    self.groups = groups.groups.map { group in
      JSONGroup(
        id: group.id, count: group.count, records: group.names.map(JSONName.init),
        comparison: group.comparison.map(JSONOutcome.init))
    }
  }
}
