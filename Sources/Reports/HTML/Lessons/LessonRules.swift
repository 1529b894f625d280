import Documents

/// The style of a lesson's figures at each stop: what has not happened yet is faint, or hidden in a quiz, and the
/// states of both ends stand out.
struct LessonRules {
  let figure: Figure
  let stops: [StepStop]
  let quiz: Bool

  var rules: [String] {
    let layout = figure.layout
    return stops.flatMap { stop in
      let here = selector(stop)
      let bottom = layout.bottom(of: stop)
      var rules: [String] = []
      let blocks = Party.allCases.compactMap { party in
        layout.lanes[party].lastIndex { $0.from <= bottom }.map { ".\(party.rawValue) .b\($0)" }
      }
      if stop.kind != .start, !blocks.isEmpty {
        rules.append("\(here) :is(\(blocks.joined(separator: ","))){opacity:1}")
      }
      if stop.kind == .step, let number = stop.step?.number {
        let row = "[href=\"#\(figure.id(ofStep: number))\"]"
        rules.append("\(here) \(row) .hit{fill-opacity:.16}")
        if !quiz { rules.append("\(here) \(row)~.row{opacity:.2}") }
      }
      if quiz {
        if let number = stop.step?.number {
          // A label may stand above the edge of what is cut off.
          let row = ".row[href=\"#\(figure.id(ofStep: number))\"]"
          let later = stop.kind == .question ? ":is(\(row),\(row)~.row)" : "\(row)~.row"
          rules.append("@media screen{\(here) \(later){visibility:hidden}}")
        }
        let hidden = 100 * (1 - bottom / (layout.bottom + 4))
        rules.append("@media screen{\(here) .ladder{clip-path:inset(0 0 \(units(hidden))% 0)}}")
      }
      return rules
    }
  }

  /// The figure while a stop is chosen; at the start, while none is.
  private func selector(_ stop: StepStop) -> String {
    stop.kind == .start
      ? "#\(figure.id):not(:has(.tell:target:not(#\(figure.id(of: stop)))))"
      : "#\(figure.id):has(#\(figure.id(of: stop)):target)"
  }
}
