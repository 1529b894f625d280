import TCP

/// The details of a capture's line that a ladder does not need.
struct PacketDetails {
  /// Nanoseconds since midnight or since the beginning; nil where the line has no time.
  var time: Int64?
  var window: Int?
  /// The shift of the windows, from a SYN's options.
  var scale: UInt8?
  var maximumSegmentSize: Int?
  /// The octets between the two numbers of `seq 1:11`.
  var range: Int?

  init(_ line: Substring) {
    let words = line.split { " \t|,[]<>".contains($0) }
    time = words.prefix(4).lazy.compactMap(Self.time).first
    for (word, value) in zip(words, words.dropFirst()) {
      switch word {
      case "win": window = Self.number(value)
      case "wscale": scale = UInt8(value)
      case "mss": maximumSegmentSize = Self.number(value)
      case "seq":
        let parts = value.split(separator: ":").compactMap { UInt32($0.prefix { $0.isNumber }) }
        if parts.count == 2 { range = Int(parts[1] &- parts[0]) }
      default: break
      }
    }
    // Wireshark has scaled its windows.
    for word in words where word.hasPrefix("Win=") { window = Self.number(word.dropFirst(4)) }
    for word in words where word.hasPrefix("MSS=") { maximumSegmentSize = Self.number(word.dropFirst(4)) }
  }

  private static func number(_ text: Substring) -> Int? { Int(text.prefix { $0.isNumber }) }

  /// `09:01:13.200145`, `12.000345`.
  private static func time(_ word: Substring) -> Int64? {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 1 || parts.count == 3, let last = parts.last else { return nil }
    let second = last.split(separator: ".", omittingEmptySubsequences: false)
    guard second.count == 2, let whole = Int64(second[0]), 0...1 << 32 ~= whole,
      1...9 ~= second[1].count, let fraction = Int64(second[1]), fraction >= 0
    else { return nil }
    var nanoseconds = fraction
    for _ in second[1].count..<9 { nanoseconds *= 10 }
    var seconds = whole
    if parts.count == 3 {
      guard let hour = UInt8(parts[0]), let minute = UInt8(parts[1]) else { return nil }
      seconds += Int64(hour) * 3600 + Int64(minute) * 60
    }
    return seconds * 1_000_000_000 + nanoseconds
  }
}
