import Claims
import Documents
import Traces

/// The observers and what they saw, missing observers and their effect, and the unread parts of the pages.
struct ObserverTables {
  let assessment: Assessment

  var observers: Markup {
    let rows = Observation.all(of: assessment.run).map { observation -> Markup.Row in
      var notes = observation.limits
      notes += observation.reasons.map { (observation.isMissed ? "Not available: " : "") + $0 }
      if observation.isMissed {
        notes += ["Effect: " + observation.kind.cost, "To enable it: " + observation.kind.remedy]
      }
      return Markup.Row(
        form: observation.isMissed ? "missed" : nil,
        cells: [
          Markup(observation.kind.rawValue),
          Markup(observation.kind.isComplete ? "every event" : "polls"),
          Markup(observation.variants > 0 ? observation.sights : "–"), Markup(observation.kind.needs),
          Markup(notes.map { .element("div", $0) }),
        ])
    }
    return .table(
      caption: "Observers", hidesCaption: true, form: "observers",
      head: ["observer", "sees", "saw", "needs", "notes"], rows: rows)
  }

  var findings: [Markup] {
    Finding.all(of: assessment.run).map { finding in
      .element(
        "li",
        [Markup(finding.text.split(separator: "\n").joined(separator: "; "))]
          + (finding.explanation.map { [.element("p", ["class": "reason"], $0)] } ?? []))
    }
  }

  var unread: [Markup] {
    assessment.pages.flatMap { page in
      page.unread.map {
        .element(
          "li",
          [Markup("\(page.name):\($0.line) "), .code($0.text)]
            + ($0.note.map { [.element("p", ["class": "reason"], $0)] } ?? []))
      }
    }
  }
}
