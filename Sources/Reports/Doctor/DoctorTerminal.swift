import Traces

extension DoctorReport {
  /// The report for a person.
  package func terminalReport(style: Style) -> String {
    var listing = Listing(style: style)
    let ticks = machine.hertz.map { "HZ \($0)" } ?? "HZ unknown"
    listing.add("Linux \(machine.release) \(machine.architecture), \(ticks), \(processors) processors")
    listing.add(
      "Benches", benches.map { [.init("\($0.kind.rawValue), \($0.family.name)"), .init($0.paragraphs)] })
    if !observers.isEmpty {
      listing.add("Observers", observers.map { [.init($0.kind.rawValue), .init($0.paragraphs)] })
    }
    return listing.text
  }
}

extension DoctorReport.Obstacle {
  fileprivate var remedies: [Paragraph] { remedy.map { [Paragraph($0, .faint, label: "to enable: ")] } ?? [] }
  fileprivate var told: Paragraph { Paragraph(text, .soft, label: "cannot run: ") }
}

extension DoctorReport.Bench {
  fileprivate var paragraphs: [Paragraph] {
    if let obstacle { return [obstacle.told] + obstacle.remedies }
    return [Paragraph("ready")] + limits.map { Paragraph($0, .soft) }
  }
}

extension DoctorReport.Observer {
  fileprivate var paragraphs: [Paragraph] {
    if let obstacle {
      if let replacedBy {
        return [
          Paragraph(obstacle.text, .soft, label: "not used: "),
          Paragraph("\(replacedBy.rawValue) sees the same", .faint),
        ]
      }
      return [
        obstacle.told, Paragraph(kind.needs, .faint, label: "needs: "),
        Paragraph(kind.cost, .faint, label: "effect: "),
      ] + obstacle.remedies
    }
    let ready =
      kind == .reasonTracepoint
      ? "ready: reports reasons for arriving segments and for calls, not for what a kernel timer does"
      : kind.isComplete ? "ready: misses nothing" : "ready: polls, so it may miss a short-lived state"
    return [Paragraph(ready)] + (limit.map { [Paragraph($0, .soft)] } ?? [])
  }
}
