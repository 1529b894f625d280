/// A figure that is known to lie within bounds: `60 s × [1, 1.127]`, a quantity and the factors that it may be
/// stretched by. So a page names the constant, and how far a kernel's timer wheel may take it.
struct Interval: Equatable {
  var lowest: Double
  var highest: Double
  var unit: String

  /// Reads `60 s × [1, 1.127]` or `60 s x [1, 1.127]`; nil for anything else.
  init?(_ text: String) {
    let halves = text.replacing("×", with: "x").split(separator: "x", maxSplits: 1)
    guard halves.count == 2, let base = Quantity(halves[0]) else { return nil }
    let factors = halves[1].trimmingBlanks
    guard factors.first == "[", factors.last == "]" else { return nil }
    let bounds = factors.dropFirst().dropLast().split(separator: ",").map { Double($0.trimmingBlanks) }
    guard bounds.count == 2, let low = bounds[0], let high = bounds[1], low <= high else { return nil }
    lowest = base.number * low
    highest = base.number * high
    unit = base.unit
  }

  /// Whether a measured figure, such as `60.41 s`, lies within.
  func contains(_ text: String) -> Bool {
    guard let quantity = Quantity(text[...]), quantity.unit == unit else { return false }
    return lowest...highest ~= quantity.number
  }
}

/// A number and its unit: `60.41 s`.
private struct Quantity {
  var number: Double
  var unit: String

  init?(_ text: Substring) {
    let words = text.split(whereSeparator: { $0 == " " || $0 == "\t" })
    guard words.count == 2, let number = Double(words[0]), number.isFinite else { return nil }
    self.number = number
    unit = String(words[1])
  }
}

extension Substring {
  fileprivate var trimmingBlanks: Substring {
    var text = self
    while text.first == " " || text.first == "\t" { text.removeFirst() }
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return text
  }
}
