import Documents

/// Reads the commands of a script that act in the private namespace alone. Nothing else is carried out.
struct ShellGrammar {
  /// Reads a file beside the script, by the path as the command has it; nil where there is none.
  let file: (String) -> String?

  private static let expected =
    "sysctl, ip, tc, ethtool or nstat in a form that is known, defaults.sh or set_sysctls.py: "
    + "other commands are not executed"

  /// The commands in a text of one or more lines.
  ///
  /// - Parameter depth: how many files were opened on the way here.
  func commands(
    of text: String, line firstLine: Int, depth: Int = 0
  ) throws(ScriptFault) -> [ShellCommand] {
    var commands: [ShellCommand] = []
    for (line, words) in try ShellWords.commands(of: text, line: firstLine) {
      commands += try command(words, line: line, depth: depth)
    }
    return commands
  }

  private func command(_ words: [String], line: Int, depth: Int) throws(ScriptFault) -> [ShellCommand] {
    let text = words.joined(separator: " ")
    let fault = ScriptFault(line: line, text: text, expected: Self.expected)
    guard let name = words.first else { return [] }
    let arguments = Array(words.dropFirst())
    switch name {
    case "sysctl":
      var values = arguments
      // Quiet, and written: that is so in any case. A setting that is missing leaves a script undecided with -e, too.
      values.removeAll { ["-q", "-e", "-w", "-eq", "-qe", "-qw", "-wq"].contains($0) }
      guard !values.isEmpty else { throw fault }
      return try values.map { value throws(ScriptFault) in
        try setting(value, isKept: false, fault: fault)
      }
    case "ip": return try address(arguments, fault: fault)
    case "tc": return [.queue(try queue(arguments, fault: fault))]
    case "ethtool": return [try offloads(arguments, fault: fault)]
    case "nstat": return try counters(arguments, fault: fault)
    default: break
    }
    let last = String(name.split(separator: "/").last ?? "")
    if last == "set_sysctls.py" {
      return try arguments.map { value throws(ScriptFault) in
        try setting(value, isKept: true, fault: fault)
      }
    }
    if name.hasPrefix("/tmp/sysctl_restore_"), arguments.isEmpty { return [.restore] }
    guard last == "defaults.sh", arguments.isEmpty else { throw fault }
    guard depth == 0, let content = file(name) else {
      throw ScriptFault(line: line, text: name, expected: "this file beside the script")
    }
    do {
      return try commands(of: content, line: 1, depth: depth + 1)
    } catch {
      throw ScriptFault(
        line: line, text: "\(name), line \(error.line): \(error.text)", expected: error.expected)
    }
  }

  /// `net.ipv4.tcp_sack=1`, also with slashes, and below /proc/sys.
  private func setting(_ text: String, isKept: Bool, fault: ScriptFault) throws(ScriptFault) -> ShellCommand {
    guard let equals = text.firstIndex(of: "=") else { throw fault }
    var name = String(text[..<equals])
    let root = "/proc/sys/"
    if name.hasPrefix(root) { name.removeFirst(root.count) }
    name = name.replacing("/", with: ".")
    let isPlain = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "_") }
    // Only what belongs to a network namespace, and none of it leads out of the folder.
    guard isPlain, name.hasPrefix("net."), !name.contains("..") else { throw fault }
    return .set(name, decimal(String(text[text.index(after: equals)...])), isKept: isKept)
  }

  /// The kernel takes hexadecimal numbers; the writer of settings takes them in decimal.
  private func decimal(_ value: String) -> String {
    guard value.hasPrefix("0x"), let number = Int(value.dropFirst(2), radix: 16) else { return value }
    return "\(number)"
  }

  private func address(_ arguments: [String], fault: ScriptFault) throws(ScriptFault) -> [ShellCommand] {
    if arguments == ["tcp_metrics", "flush", "all"] { return [.forgetPeers] }
    if arguments.first == "route" { return [try route(arguments.dropFirst(), fault: fault)] }
    guard arguments.count == 6, arguments[0...1] == ["link", "set"], arguments[4] == "mtu",
      arguments[2...3] == ["dev", "tun0"], let size = Int(arguments[5]), 68...65_535 ~= size
    else { throw fault }
    return [.mtu(size)]
  }

  /// `ip route replace 192.0.2.0/24 dev tun0 quickack 1 rto_min 100s`
  private func route(
    _ arguments: ArraySlice<String>, fault: ScriptFault
  ) throws(ScriptFault) -> ShellCommand {
    let words = Array(arguments)
    guard words.count > 4, words.count % 2 == 0, ["replace", "change"].contains(words[0]),
      let network = Network(words[1]), words[2...3] == ["dev", "tun0"]
    else { throw fault }
    var (acksAtOnce, leastTimeout) = (false, nil as Duration?)
    for place in stride(from: 4, to: words.count, by: 2) {
      let value = words[place + 1]
      switch words[place] {
      case "quickack":
        guard ["0", "1"].contains(value) else { throw fault }
        acksAtOnce = value == "1"
      case "rto_min":
        guard value.hasSuffix("s"), let seconds = Int(value.dropLast()), 1...120 ~= seconds else {
          throw fault
        }
        leastTimeout = .seconds(seconds)
      default: throw fault
      }
    }
    return .route(network, acksAtOnce: acksAtOnce, leastTimeout: leastTimeout)
  }

  private func queue(_ arguments: [String], fault: ScriptFault) throws(ScriptFault) -> ShellCommand.Queue {
    guard arguments.count >= 5, arguments[0] == "qdisc", arguments[2...4] == ["dev", "tun0", "root"] else {
      throw fault
    }
    let rest = Array(arguments[5...])
    switch arguments[1] {
    case "del", "delete":
      guard rest.isEmpty else { throw fault }
      return .none
    case "add", "replace":
      guard let name = rest.first,
        ["pfifo", "bfifo", "fq", "pfifo_fast", "fq_codel", "noqueue"].contains(name)
      else { throw fault }
      if rest.count == 1 { return .discipline(name, limit: nil) }
      guard rest.count == 3, rest[1] == "limit", let limit = Int(rest[2]), 0...1_000_000 ~= limit else {
        throw fault
      }
      return .discipline(name, limit: limit)
    default: throw fault
    }
  }

  private func offloads(_ arguments: [String], fault: ScriptFault) throws(ScriptFault) -> ShellCommand {
    guard arguments.count >= 4, arguments.count % 2 == 0, arguments[0...1] == ["-K", "tun0"] else {
      throw fault
    }
    var (tcp, generic): (Bool?, Bool?) = (nil, nil)
    for place in stride(from: 2, to: arguments.count, by: 2) {
      guard ["on", "off"].contains(arguments[place + 1]) else { throw fault }
      let isOn = arguments[place + 1] == "on"
      switch arguments[place] {
      case "tso": tcp = isOn
      case "gso": generic = isOn
      default: throw fault
      }
    }
    return .offloads(tcp: tcp, generic: generic)
  }

  /// `nstat -n`; `nstat -s | grep Counter | grep -q " 3 "`.
  private func counters(_ arguments: [String], fault: ScriptFault) throws(ScriptFault) -> [ShellCommand] {
    let parts = arguments.split(separator: "|", omittingEmptySubsequences: false).map(Array.init)
    guard parts[0].allSatisfy({ ["-n", "-s", "-z", "-sz"].contains($0) }) else { throw fault }
    // With -s the counters are not set back by being read.
    let reset: [ShellCommand] = parts[0].contains { $0.contains("s") } ? [] : [.resetCounters]
    if parts.count == 1 { return reset }
    guard 2...3 ~= parts.count, parts[1].count == 2, parts[1][0] == "grep" else { throw fault }
    let name = parts[1][1]
    guard name.hasPrefix("Tcp"), name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
      throw fault
    }
    var count: Int?
    if parts.count == 3 {
      guard parts[2].count == 3, parts[2][0...1] == ["grep", "-q"],
        let number = Int(parts[2][2].filter { $0 != " " })
      else { throw fault }
      count = number
    }
    return [.counter(name, count)] + reset
  }
}
