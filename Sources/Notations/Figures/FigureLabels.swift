import TCP

/// The texts above and below arrows, of which each belongs to one of the two.
///
/// An arrow without a flag takes the text above it, or below it where the figure writes its labels there. Numbers
/// without a flag belong to the arrow above them.
struct FigureLabels {
  private(set) var items: [FigureItems.Item]
  private var arrows: [Int] = []

  init(_ items: [FigureItems.Item]) {
    self.items = items
    for (place, item) in items.enumerated() { if case .arrow = item.kind { arrows.append(place) } }
  }

  private enum Style { case above, below }

  mutating func assign() {
    guard !arrows.isEmpty else { return }
    let style = self.style
    let numbersAbove = self.numbersAbove
    for gap in 0...arrows.count {
      let before = gap > 0 ? arrows[gap - 1] : nil
      let behind = gap < arrows.count ? arrows[gap] : nil
      let runs = runs(between: before, and: behind)
      for (place, run) in runs.enumerated() {
        let touches = Touch(
          before: before.map { isNear($0, run.first ?? 0) } ?? false,
          behind: behind.map { isNear(run.last ?? 0, $0) } ?? false,
          isFirst: place == 0, isLast: place == runs.count - 1)
        assign(run, before, behind, touches, style, numbersAbove)
      }
    }
  }

  private struct Touch {
    var before: Bool
    var behind: Bool
    var isFirst: Bool
    var isLast: Bool
  }

  /// Tells whether nothing but notes at the sides stands between two places.
  private func isNear(_ low: Int, _ high: Int) -> Bool {
    items[min(low + 1, high)..<high].allSatisfy { if case .side = $0.kind { true } else { false } }
  }

  /// Texts between two arrows, parted by empty lines.
  private func runs(between before: Int?, and behind: Int?) -> [[Int]] {
    var runs: [[Int]] = []
    var run: [Int] = []
    for place in ((before ?? -1) + 1)..<(behind ?? items.count) {
      switch items[place].kind {
      case .between: run.append(place)
      // A note at a side parts no label from its arrow.
      case .side: if run.isEmpty { continue }
      case .gap, .elision, .below, .arrow:
        if !run.isEmpty { runs.append(run) }
        run = []
      }
    }
    if !run.isEmpty { runs.append(run) }
    return runs
  }

  private func text(_ place: Int) -> String {
    if case .between(let text) = items[place].kind { text } else { "" }
  }
  private func arrow(_ place: Int?) -> FigureItems.Arrow? {
    guard let place, case .arrow(let arrow) = items[place].kind else { return nil }
    return arrow
  }
  private func lacksFlags(_ place: Int?) -> Bool {
    arrow(place).map { !FigureItems.hasFlags($0.whole) } ?? false
  }

  /// Tells whether the first arrow without a flag has its label above.
  private var style: Style {
    for (number, place) in arrows.enumerated() where lacksFlags(place) {
      let before = number > 0 ? arrows[number - 1] : nil
      if runs(between: before, and: place).joined().contains(where: { FigureItems.hasFlags(text($0)) }) {
        return .above
      }
      let behind = number + 1 < arrows.count ? arrows[number + 1] : nil
      if runs(between: place, and: behind).joined().contains(where: { FigureItems.hasFlags(text($0)) }) {
        return .below
      }
    }
    return .above
  }

  private var numbersAbove: Bool {
    guard let first = arrows.first, !lacksFlags(first) else { return false }
    return runs(between: nil, and: first).last.map { isNumeric($0) } ?? false
  }

  private func isNumeric(_ run: [Int]) -> Bool {
    let label = Label(reading: run.map(text).joined(separator: ", "))
    guard let segment = label.segment else { return false }
    return segment.flags.isEmpty && label.others <= 2 && label.states.isEmpty
      && (segment.sequence != nil || segment.acknowledgment != nil || segment.length != nil)
  }

  private mutating func assign(
    _ run: [Int], _ before: Int?, _ behind: Int?, _ touches: Touch, _ style: Style, _ numbersAbove: Bool
  ) {
    let isFlagged = FigureItems.hasFlags(run.map(text).joined(separator: ", "))
    let first =
      run.firstIndex { FigureItems.hasFlags(text($0)) && isLabel(text($0)) }
      ?? (isFlagged ? run.firstIndex { Label(reading: text($0)).segment != nil && isLabel(text($0)) } : nil)
    if let first {
      let whole = Label(reading: run[first...].map(text).joined(separator: ", "))
      if lacksFlags(behind), touches.isLast, style == .above {
        let rest = Array(run[..<first])
        if !rest.isEmpty { assign(rest, before, nil, touches, style, numbersAbove) }
        give(Array(run[first...]), to: behind)
      } else if lacksFlags(before), touches.isFirst {
        give(run, to: before)
      } else if let before, touches.before, let own = Label(reading: arrow(before)?.whole ?? "").segment,
        let flags = whole.segment?.flags, flags.isSubset(of: own.flags)
      {
        give(run, to: before)
      } else if let behind, touches.behind, let own = Label(reading: arrow(behind)?.whole ?? "").segment,
        let flags = whole.segment?.flags, flags.isSubset(of: own.flags), whole.segment?.sequence != nil
      {
        give(run, to: behind)
      }
    } else if isNumeric(run) {
      let isLabelOfNext = style == .above && touches.behind && arrow(behind)?.whole.isEmpty == true
      if isLabelOfNext || (numbersAbove && touches.isLast) {
        give(run, to: behind)
      } else if touches.isFirst, before != nil {
        give(run, to: before)
      } else if touches.behind {
        give(run, to: behind)
      }
    } else if lacksFlags(behind), arrow(behind)?.whole.isEmpty == true, touches.behind, style == .above {
      give(run, to: behind)
    } else if lacksFlags(before), arrow(before)?.whole.isEmpty == true, touches.before, style == .below {
      give(run, to: before)
    }
  }

  /// A label has hardly a word that says nothing of a segment.
  private func isLabel(_ text: String) -> Bool {
    let label = Label(reading: text)
    return label.others <= 4 && !(label.isReceived && !label.isSending)
  }

  private mutating func give(_ run: [Int], to place: Int?) {
    guard let place, case .arrow(var arrow) = items[place].kind else { return }
    // Words beside numbers and flags are a note.
    let labels = run.filter { Label(reading: text($0)).segment != nil }
    for part in labels.isEmpty ? run : labels {
      arrow.more.append(text(part))
      items[part].kind = .gap
    }
    items[place].kind = .arrow(arrow)
  }
}
