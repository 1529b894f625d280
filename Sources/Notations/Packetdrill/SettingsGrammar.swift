import Documents
import TCP

/// Reads the options at the head of a script: `--tolerance_usecs=10000`.
struct SettingsGrammar {
  private var (family, isMapped) = (Family.ipv4, false)
  /// The changes that the options make, in their order. The family may stand behind them, so they are made at the end.
  private var changes: [(inout ScriptSettings) -> Void] = []
  private var (hasAddress, hasMTU) = (false, false)

  /// The settings when all options are read. A script of IPv6 with an address of its own is not one of the suites that are
  /// run on a device whose MTU leaves room for the same segments as IPv4.
  var finished: ScriptSettings {
    var all = family == .ipv6 ? ScriptSettings.ipv6 : ScriptSettings()
    all.isMapped = isMapped
    for change in changes { change(&all) }
    if all.family == .ipv6, hasAddress, !hasMTU { all.mtu = ScriptSettings().mtu }
    return all
  }

  private var definitions: [String: String] = [:]

  /// The constants that the runners of the common suites define, and those of the script itself.
  var allDefinitions: [String: String] {
    let isIPv4 = family == .ipv4
    let isLevelIPv4 = isIPv4 && !isMapped
    let common = [
      "TFO_COOKIE": isIPv4 ? "3021b9d889017eeb" : "c1d1e9742a47a9bc",
      "TFO_COOKIE_ZERO": isIPv4 ? "b7c12350a90dc8f5" : "82af1a8f9a205c34", "CODE": "host_unreachable",
      "CMSG_LEVEL_IP": isLevelIPv4 ? "SOL_IP" : "SOL_IPV6",
      "CMSG_TYPE_RECVERR": isLevelIPv4 ? "IP_RECVERR" : "IPV6_RECVERR",
    ]
    return common.merging(definitions) { _, own in own }
  }

  mutating func read(_ cursor: inout ScriptCursor) throws(ScriptFault) {
    guard case .option(let name)? = cursor.current?.kind else { throw cursor.fault("an option") }
    cursor.advance()
    switch name {
    case "tcp_ts_ecr_scaled": changes.append { $0.scalesEchoes = true }
    case "strict_segments": changes.append { $0.isStrict = true }
    // Buffers live as long as the call here, and a run is checked in any case.
    case "send_omit_free", "debug", "verbose", "dry_run": break
    default:
      try cursor.expect("=", "= and the value of --\(name)")
      try read(name, &cursor)
    }
  }

  private mutating func read(_ name: String, _ cursor: inout ScriptCursor) throws(ScriptFault) {
    switch name {
    case "ip_version":
      guard let text = cursor.current?.text else { throw cursor.fault("ipv4 or ipv6") }
      cursor.advance()
      switch text {
      case "ipv4":
        // The name of the third version is cut at its hyphens.
        (family, isMapped) = (.ipv4, cursor.take(sign: "-"))
        while isMapped, let current = cursor.current, !current.isFirst { cursor.advance() }
      case "ipv6": (family, isMapped) = (.ipv6, false)
      default: throw ScriptFault(line: cursor.previous?.line ?? 1, text: text, expected: "ipv4 or ipv6")
      }
    case "local_ip":
      let local = try address(&cursor)
      changes.append { $0.local = local }
      hasAddress = true
    case "remote_ip":
      let remote = try address(&cursor)
      changes.append { $0.remote = remote }
    case "gateway_ip":
      let gateway = try address(&cursor)
      changes.append { $0.gateway = gateway }
    case "netmask_ip": _ = try address(&cursor)
    case "mtu":
      let mtu = try cursor.integer(68...65_535, "an MTU")
      changes.append { $0.mtu = mtu }
      hasMTU = true
    case "mss":
      let size = try cursor.integer(1...65_535, "a segment size")
      changes.append { $0.segmentSize = size }
    case "bind_port":
      let port = UInt16(try cursor.integer(1...65_535, "a port"))
      changes.append { $0.bindPort = port }
    case "connect_port":
      let port = UInt16(try cursor.integer(1...65_535, "a port"))
      changes.append { $0.connectPort = port }
    case "tolerance_usecs":
      let tolerance = try cursor.integer(0...1_000_000_000, "a time in microseconds")
      changes.append { $0.tolerance = .microseconds(tolerance) }
    case "tolerance_percent":
      let percent = try cursor.integer(0...1000, "percent")
      changes.append { $0.tolerancePart = Double(percent) / 100 }
    case "tcp_ts_tick_usecs":
      let tick = try cursor.integer(0...1_000_000, "a time in microseconds")
      changes.append { $0.timestampTick = tick == 0 ? nil : .microseconds(tick) }
    case "define":
      let word = try cursor.word("a name to define")
      try cursor.expect("=")
      guard let value = cursor.current else { throw cursor.fault("a value") }
      definitions[word] = value.text
      cursor.advance()
    default:
      throw ScriptFault(
        line: cursor.previous?.line ?? 1, text: "--\(name)", expected: "an option that is known")
    }
  }

  private func address(_ cursor: inout ScriptCursor) throws(ScriptFault) -> Address {
    guard let current = cursor.current, current.kind == .address, let address = Address(current.text) else {
      throw cursor.fault("an IP address")
    }
    cursor.advance()
    // A prefix behind it is the peer's network, of which only this address is needed.
    if cursor.take(sign: "/") { _ = try cursor.integer(0...128, "a prefix") }
    return address
  }
}
