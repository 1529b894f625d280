extension Duration {
  /// The one length of time that a text names, as people write it: `60s`, `two minutes`, `2 MSL = 120 seconds`,
  /// `60 秒 (1 minute)`.
  ///
  /// nil where it says anything else: a range, a bound ("at least"), two lengths, a number without a unit.
  package init?(written text: some StringProtocol) {
    var lengths: Set<Int64> = []
    var rest = Substring(text).lowercased()[...]
    while let first = rest.first {
      if Self.signs.contains(first) {
        rest.removeFirst()
        continue
      }
      let written = rest.prefix { $0.isASCIIDigit || $0 == "." }
      let told = rest.prefix(while: \.isLetter)
      guard let number = first.isASCIIDigit ? String(written) : Self.numbers[String(told)] else { return nil }
      let behind = rest[(first.isASCIIDigit ? written : told).endIndex...]
        .drop { $0 == " " || $0 == "\u{A0}" || $0 == "-" }
      let word = behind.prefix { $0.isLetter || $0 == "µ" }
      rest = behind[word.endIndex...]
      if word == "msl" { continue }
      guard let unit = Self.unit(of: word), let length = Duration(figure: "\(number) \(unit)") else {
        return nil
      }
      lengths.insert(length.nanoseconds)
    }
    guard lengths.count == 1, let only = lengths.first else { return nil }
    self = .nanoseconds(only)
  }

  /// Signs that say nothing of the length.
  private static let signs: Set<Character> = [" ", "\u{A0}", "(", ")", "[", "]", "="]

  /// The unit's sign, by the words that people have for it.
  private static func unit(of word: Substring) -> String? {
    if let unit = words[String(word)] { return unit }
    // Chinese, Japanese and Korean have a word for "long" behind it; any other word may make it a bound.
    return endings.first { word.hasSuffix($0) }.flatMap { words[String(word.dropLast($0.count))] }
  }

  private static let endings = ["間", "间", "동안", "간"]

  private static let numbers: [String: String] = [
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "ten": "10", "thirty": "30",
    "sixty": "60", "un": "1", "una": "1", "uno": "1", "une": "1", "eine": "1", "um": "1", "uma": "1",
    "одна": "1", "dos": "2", "deux": "2", "dois": "2", "duas": "2", "zwei": "2", "две": "2", "cuatro": "4",
    "quatro": "4", "quatre": "4", "vier": "4", "четыре": "4",
  ]

  private static let words: [String: String] = [
    "µs": "us", "us": "us", "ms": "ms", "msec": "ms", "millisecond": "ms", "milliseconds": "ms", "毫秒": "ms",
    "ミリ秒": "ms",
    "밀리초": "ms", "s": "s", "sec": "s", "secs": "s", "second": "s", "seconds": "s", "秒": "s", "초": "s",
    "segundo": "s",
    "segundos": "s", "seconde": "s", "secondes": "s", "sekunde": "s", "sekunden": "s", "секунд": "s",
    "секунды": "s", "сек": "s",
    "min": "min", "mins": "min", "minute": "min", "minutes": "min", "分": "min", "分钟": "min", "分鐘": "min",
    "분": "min",
    "minuto": "min", "minutos": "min", "minuten": "min", "минут": "min", "минуты": "min", "мин": "min",
    "минута": "min", "минуту": "min", "секунда": "s", "секунду": "s",
    "h": "h", "hour": "h",
    "hours": "h", "小时": "h", "時間": "h", "시간": "h", "hora": "h", "horas": "h", "stunden": "h", "heures": "h",
    "часа": "h",
  ]
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
