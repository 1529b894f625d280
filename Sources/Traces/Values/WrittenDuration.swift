extension Duration {
  /// The one length of time that a text names, as people write it: `60s`, `4 minutes`, `2 MSL = 120 seconds`, `60 秒`.
  ///
  /// nil where it names none, or two of different length.
  package init?(written text: some StringProtocol) {
    var lengths: Set<Int64> = []
    var rest = Substring(text).lowercased()[...]
    while let start = rest.firstIndex(where: \.isASCIIDigit) {
      let number = rest[start...].prefix { $0.isASCIIDigit || $0 == "." }
      rest = rest[number.endIndex...]
      let behind = rest.drop { $0 == " " || $0 == "\u{A0}" || $0 == "-" }
      let word = behind.prefix { $0.isLetter || $0 == "µ" }
      guard let unit = Self.unit(of: word), let length = Duration(figure: "\(number) \(unit)") else {
        continue
      }
      lengths.insert(length.nanoseconds)
    }
    guard lengths.count == 1, let only = lengths.first else { return nil }
    self = .nanoseconds(only)
  }

  /// The unit's sign, by the words that people have for it.
  private static func unit(of word: Substring) -> String? {
    if let unit = words[String(word)] { return unit }
    // Korean and Japanese have endings behind it.
    return words.first { key, _ in key.unicodeScalars.allSatisfy { $0.value > 0x7F } && word.hasPrefix(key) }?
      .value
  }

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
    "h": "h", "hour": "h",
    "hours": "h", "小时": "h", "時間": "h", "시간": "h", "hora": "h", "horas": "h", "stunden": "h", "heures": "h",
    "часа": "h",
  ]
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
