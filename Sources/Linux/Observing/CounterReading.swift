package import SystemPackage

/// The counters of IP and TCP of a namespace at one moment, as the kernel wrote them: they are read before and after each
/// run, and few of them move. So they stay octets until two readings are compared.
package struct CounterReading: Sendable {
  /// The texts of /proc/net/snmp and /proc/net/netstat: for each group a line of names and a line of values.
  private var groups: [[UInt8]]
  /// The text of /proc/net/snmp6: a line for each counter. Empty on a kernel without IPv6.
  private var lines: [UInt8]

  /// The counters of the calling thread's namespace.
  ///
  /// The corresponding C function is `read`.
  package static func now() throws(Errno) -> CounterReading {
    CounterReading(
      groups: [
        try TextFile.bytes(of: "/proc/thread-self/net/snmp"),
        try TextFile.bytes(of: "/proc/thread-self/net/netstat"),
      ], lines: (try? TextFile.bytes(of: "/proc/thread-self/net/snmp6")) ?? [])
  }

  package init(groups: [[UInt8]], lines: [UInt8]) {
    self.groups = groups
    self.lines = lines
  }

  /// The counters that moved since an earlier reading, and how far, each as `group.name`: `Tcp.ActiveOpens`,
  /// `TcpExt.TCPTimeouts`, `Ip6.InReceives`. ICMP's are among them.
  package func moved(since before: CounterReading) -> [String: Int] {
    var moved: [String: Int] = [:]
    for (old, new) in zip(before.groups, groups) where old != new {
      Self.compareGroups(old, new) { moved[$0] = $1 }
    }
    if before.lines != lines { Self.compareLines(before.lines, lines) { moved[$0] = $1 } }
    return moved
  }

  private static func compareGroups(_ old: [UInt8], _ new: [UInt8], _ tell: (String, Int) -> Void) {
    let (before, after) = (old.split(separator: newline), new.split(separator: newline))
    guard before.count == after.count else { return }
    for index in stride(from: 0, to: after.count - 1, by: 2) where before[index + 1] != after[index + 1] {
      let names = after[index].split(separator: space)
      let was = before[index + 1].split(separator: space)
      let values = after[index + 1].split(separator: space)
      guard before[index] == after[index], was.count == values.count, names.count == values.count,
        names.first == values.first, let group = names.first?.dropLast()
      else { continue }
      for place in 1..<values.count where was[place] != values[place] {
        guard let old = number(was[place]), let new = number(values[place]) else { continue }
        tell("\(text(group)).\(text(names[place]))", new - old)
      }
    }
  }

  private static func compareLines(_ old: [UInt8], _ new: [UInt8], _ tell: (String, Int) -> Void) {
    for (before, after) in zip(old.split(separator: newline), new.split(separator: newline))
    where before != after {
      let (was, words) = (before.split(whereSeparator: isBlank), after.split(whereSeparator: isBlank))
      guard was.count == 2, words.count == 2, was[0] == words[0], let old = number(was[1]),
        let new = number(words[1])
      else { continue }
      let name = text(words[0])
      for group in ["Icmp6", "Ip6"] where name.hasPrefix(group) {
        tell("\(group).\(name.dropFirst(group.count))", new - old)
      }
    }
  }

  private static let newline = UInt8(ascii: "\n")
  private static let space = UInt8(ascii: " ")

  private static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == UInt8(ascii: "\t") }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

  /// A counter is a number of 64 bits; one that passed the half of it is left out.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int? { Int(text(digits)) }
}
