import Documents
import TCP

extension Value: CustomStringConvertible {
  /// The text that pages and records have of it: `TIME_WAIT`, `100 bytes`, `200 ms, 400 ms`, `60 s × [1, 1.127]`.
  package var description: String {
    switch self {
    case .state(let state): state.rawValue
    case .errno(let name): name
    case .count(let number): "\(number)"
    case .bytes(let number): number == 1 ? "1 byte" : "\(number) bytes"
    case .duration(let length): length.figureText
    case .bounds(let bounds): bounds.description
    case .segment(let flags): flags.description
    case .list(let values): values.map(\.description).joined(separator: ", ")
    case .steps(let values):
      values.count == 2 && values[0] == values[1]
        ? "\(values[0])\(Self.twice)" : values.map(\.description).joined(separator: Self.next)
    case .words(let text): text
    }
  }

  private static let next = ", then "
  private static let twice = " each time"

  /// Reads the text of a value, as ``description`` writes it or as a person does: names of states and flags in any case,
  /// `x` for `×`. Text that is nothing else is words.
  package init(reading text: some StringProtocol) {
    let text = Substring(text).trimmed
    let steps = text.pieces(between: Self.next)
    if steps.count > 1 {
      self = .steps(steps.map(Value.init(reading:)))
    } else if text.hasSuffix(Self.twice), text.count > Self.twice.count {
      self = .steps(Array(repeating: Value(reading: text.dropLast(Self.twice.count)), count: 2))
    } else if let bounds = Bounds(reading: text) {
      self = .bounds(bounds)
    } else {
      let parts = text.pieces(between: ", ")
      self = parts.count > 1 ? .list(parts.map(Value.init(single:))) : Value(single: text)
    }
  }

  private init(single text: Substring) {
    if let state = State(name: text) {
      self = .state(state)
    } else if text != "none", let flags = Flags(text) {
      self = .segment(flags)
    } else if Self.isErrno(text) {
      self = .errno(String(text))
    } else if text.isNumber, let number = Int(text) {
      self = .count(number)
    } else if let number = Self.octets(text) {
      self = .bytes(number)
    } else if let length = Duration(figure: text) {
      self = .duration(length)
    } else {
      self = .words(String(text))
    }
  }

  private static func isErrno(_ text: Substring) -> Bool {
    text == "EIO"
      || text.first == "E" && text.utf8.count > 3
        && text.utf8.allSatisfy { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 || $0.isDigit }
  }

  private static func octets(_ text: Substring) -> Int? {
    let words = text.split(separator: " ")
    guard words.count == 2, ["byte", "bytes", "octet", "octets"].contains(words[1]),
      words[0].isNumber
    else { return nil }
    return Int(words[0])
  }
}

extension Value: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) { self.init(reading: text) }
}

extension Value.Bounds: CustomStringConvertible {
  private static let roundTrips = " and round trips"

  /// `60 s × [1, 1.127]`.
  package var description: String {
    func factor(_ number: Double) -> String { number == number.rounded() ? "\(Int(number))" : "\(number)" }
    return
      "\(constant.figureText) × [\(factor(least)), \(factor(most))]\(addsRoundTrips ? Self.roundTrips : "")"
  }

  /// Reads `60 s × [1, 1.127]` or `60 s x [1, 1.127]`; nil for anything else.
  fileprivate init?(reading text: Substring) {
    let adds = text.hasSuffix(Self.roundTrips)
    let text = adds ? text.dropLast(Self.roundTrips.count) : text
    guard text.last == "]", let sign = text.firstIndex(where: { $0 == "×" || $0 == "x" }) else { return nil }
    let factors = text[text.index(after: sign)...].trimmed
    guard let constant = Duration(figure: text[..<sign].trimmed), factors.first == "[" else {
      return nil
    }
    let numbers = factors.dropFirst().dropLast().split(separator: ",").map { Double($0.trimmed) }
    guard numbers.count == 2, let least = numbers[0], let most = numbers[1], 0...1000 ~= least,
      least...1000 ~= most
    else { return nil }
    self.init(constant, least: least, most: most, addsRoundTrips: adds)
  }
}

extension Duration {
  /// `200 ms`, `1.5 s`, `7200 s`: below a second in milliseconds, else in seconds, with three decimals at most.
  package var figureText: String {
    let (whole, unit): (Int64, String) =
      nanoseconds < 1_000_000_000 ? (nanoseconds / 1000, "ms") : (nanoseconds / 1_000_000, "s")
    var decimals = String(1000 + whole % 1000).dropFirst()
    while decimals.last == "0" { decimals.removeLast() }
    return "\(whole / 1000)\(decimals.isEmpty ? "" : ".\(decimals)") \(unit)"
  }

  /// Reads a number and its unit, `60.41 s`; nil for anything else. Units are µs, ms, s, min and h.
  package init?(figure text: Substring) {
    let words = text.split(whereSeparator: { $0 == " " || $0 == "\t" })
    guard words.count == 2, let unit = Self.units[words[1]] else { return nil }
    let parts = words[0].split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count < 3,
      parts.allSatisfy({ $0.utf8.count < 10 && $0.isNumber }),
      let whole = Int64(parts[0])
    else { return nil }
    let product = whole.multipliedReportingOverflow(by: unit)
    guard !product.overflow, product.partialValue < .max - unit else { return nil }
    var nanoseconds = product.partialValue
    if parts.count == 2, var fraction = Int64(parts[1]) {
      for _ in parts[1].utf8.count..<9 { fraction *= 10 }
      nanoseconds += Int64((Double(fraction) * Double(unit) / 1e9).rounded())
    }
    self = .nanoseconds(nanoseconds)
  }

  private static let units: [Substring: Int64] = [
    "µs": 1000, "us": 1000, "ms": 1_000_000, "s": 1_000_000_000, "min": 60_000_000_000,
    "h": 3_600_000_000_000,
  ]
}

extension Substring {
  /// Tells whether all of it is digits, and there is one.
  fileprivate var isNumber: Bool { !isEmpty && utf8.allSatisfy(\.isDigit) }

  /// The pieces that this separator divides it into; itself where there is none.
  fileprivate func pieces(between separator: String) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}
