extension [Condition] {
  /// The conditions that a facts table names in "set by": `tcp_fin_timeout: 30`, `SO_KEEPALIVE: 1, TCP_KEEPIDLE = 600`;
  /// nil for other words, which say where a value comes from.
  package init?(setBy text: String) {
    self = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      if let plain = Condition(plain: part.withoutMarks) ?? Condition(spoken: part.withoutMarks) {
        append(plain)
        continue
      }
      guard let end = part.firstIndex(where: { $0 == ":" || $0 == "=" }) else { return nil }
      let name = part[..<end].withoutMarks
      let value = part[part.index(after: end)...].withoutMarks
      guard !name.isEmpty, !value.isEmpty else { return nil }
      append(Condition(name, value).inPresentWords)
    }
  }
}

extension [String] {
  /// The sysctls that a facts table names in "set by" without a value, by their short names: `tcp_fin_timeout`,
  /// `net.ipv4.tcp_rmem, tcp_wmem`; nil where it says anything else.
  package init?(sysctlsIn setBy: String) {
    self = []
    for part in setBy.split(separator: ",", omittingEmptySubsequences: false) {
      let condition = Condition(part.withoutMarks, "")
      guard condition.isSetting, condition.name.utf8.allSatisfy(\.isNameOctet) else { return nil }
      append(condition.shortName)
    }
  }
}

extension Condition {
  /// `tcp_fin_timeout 30`, `sysctl tcp_fin_timeout=30`, `TCP_LINGER2 is 5`: a parameter and its number.
  fileprivate init?(plain text: String) {
    var words = text.split { " \t=:`".contains($0) }
    if words.first == "sysctl" { words.removeFirst() }
    if words.count == 3, ["is", "at", "to"].contains(words[1]) { words.remove(at: 1) }
    guard words.count == 2, Int(words[1]) != nil else { return nil }
    self.init(String(words[0]), String(words[1]))
    guard isParameter else { return nil }
  }

  /// `sysctl -w net.ipv4.tcp_fin_timeout=30`, `when tcp_fin_timeout is set to 30`, `echo 30 >
  /// /proc/sys/net/ipv4/tcp_fin_timeout`: a sysctl and its number among words that say no more.
  fileprivate init?(spoken text: String) {
    let words = text.spokenWords.filter { !Self.links.contains($0.lowercased()) }
    let numbers = words.filter { Int($0) != nil }
    guard words.count == 2, numbers.count == 1, let name = words.first(where: { Int($0) == nil }) else {
      return nil
    }
    self.init(name, numbers[0])
    guard isSetting else { return nil }
  }

  private static let links: Set<String> = [
    "sysctl", "-w", "echo", "if", "when", "where", "with", "set", "is", "to", "at", "of", "the", "a", "value",
  ]

  /// Tells whether it names something that any value may be given to: a sysctl or a socket option.
  package var isParameter: Bool {
    name.contains("_") && name.utf8.allSatisfy { $0.isNameOctet }
  }

  /// Tells whether it names a sysctl of the network's: `tcp_sack`, `net.ipv4.tcp_sack`, `somaxconn`.
  package var isSetting: Bool {
    shortName == "somaxconn" || (isParameter && ["tcp_", "ip_"].contains { shortName.hasPrefix($0) })
  }

  /// Tells whether the hosts have it for the whole run, by its whole name; others are the scenario's own affair.
  package var isOfHosts: Bool { name.hasPrefix("net.") }

  /// The name without the folder of its sysctl.
  package var shortName: String {
    let folder = ["net.ipv4.", "net.ipv6.", "net.core."].first { name.hasPrefix($0) }
    return folder.map { String(name.dropFirst($0.count)) } ?? name
  }

  /// The sysctl as the hosts are given it.
  package var ofHosts: Condition {
    Condition((shortName == "somaxconn" ? "net.core." : "net.ipv4.") + shortName, value)
  }
}

extension [Condition] {
  /// The sysctls among them, by their whole names.
  package var settings: [(name: String, value: String)] {
    filter(\.isSetting).map { ($0.ofHosts.name, $0.value) }
  }
}

extension String {
  /// Tells whether it names a sysctl and has a number, which may be its value, in words that are no condition:
  /// `tcp_fin_timeout raised by 30`. The number of an RFC or of a version is none.
  package var mayNameCondition: Bool {
    let words = spokenWords
    guard words.contains(where: { Condition($0, "").isSetting }) else { return false }
    return words.indices.contains { index in
      Int(words[index]) != nil
        && !(index > 0 && ["rfc", "linux", "kernel", "section"].contains(words[index - 1].lowercased()))
    }
  }

  /// Its words, without marks; of a path the last part.
  fileprivate var spokenWords: [String] {
    split { " \t=:,;`*()<>\"'".contains($0) }.map { String($0.split(separator: "/").last ?? $0) }
  }
}

extension Substring {
  /// Without blanks, backticks and asterisks at both ends.
  fileprivate var withoutMarks: String {
    var text = self
    while let first = text.first, " \t`*".contains(first) { text.removeFirst() }
    while let last = text.last, " \t`*".contains(last) { text.removeLast() }
    return String(text)
  }
}

extension UInt8 {
  /// Tells whether this octet may stand in the name of a sysctl or an option.
  fileprivate var isNameOctet: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}
