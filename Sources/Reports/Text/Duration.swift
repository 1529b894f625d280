/// A span of time as a person reads it, in three figures: `12 µs`, `1.24 ms`, `213 ms`, `60.1 s`.
package func readable(nanoseconds: Int64, unicode: Bool = true) -> String {
  let sign = nanoseconds < 0 ? "-" : ""
  let count = nanoseconds.magnitude
  let micro = unicode ? "µs" : "us"
  let scaled: (unit: UInt64, name: String) =
    switch count {
    // A figure that would be rounded up to 1000 belongs to the next unit.
    case ..<999_500: (1_000, micro)
    case ..<999_500_000: (1_000_000, "ms")
    default: (1_000_000_000, "s")
    }
  let whole = count / scaled.unit
  // Microseconds are as fine as the probe's clock is honest.
  let places = scaled.unit == 1_000 || whole >= 100 ? 0 : whole >= 10 ? 1 : 2
  let step = scaled.unit / [1, 10, 100][places]
  let figures = (count + step / 2) / step
  let text: String
  switch places {
  case 0: text = String(figures)
  case 1: text = "\(figures / 10).\(figures % 10)"
  default: text = "\(figures / 100).\(figures / 10 % 10)\(figures % 10)"
  }
  return "\(sign)\(text) \(scaled.name)"
}

/// A whole number with a comma after each three figures.
package func grouped(_ number: Int) -> String {
  let digits = Array(String(number.magnitude))
  var text = number < 0 ? "-" : ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { text += "," }
    text.append(digit)
  }
  return text
}
