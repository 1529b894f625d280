import Documents
import TCP

/// Reads the options at the head of a script: `--tolerance_usecs=10000`.
struct SettingsGrammar {
  private var settings = ScriptSettings()
  private var (hasAddress, hasMTU) = (false, false)

  /// The settings when all options are read. A script of IPv6 with an address of its own is not one of the suites that are
  /// run on a device whose MTU leaves room for the same segments as IPv4.
  var finished: ScriptSettings {
    var all = settings
    if all.family == .ipv6, hasAddress, !hasMTU { all.mtu = ScriptSettings().mtu }
    return all
  }

  private var definitions: [String: String] = [:]

  /// The constants that the runners of the common suites define, and those of the script itself.
  var allDefinitions: [String: String] {
    let isIPv4 = settings.family == .ipv4
    let isLevelIPv4 = isIPv4 && !settings.isMapped
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
    case "tcp_ts_ecr_scaled": settings.scalesEchoes = true
    case "strict_segments": settings.isStrict = true
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
        if cursor.take(sign: "-") {
          while let current = cursor.current, !current.isFirst { cursor.advance() }
          settings.isMapped = true
        }
      case "ipv6": settings = inIPv6
      default: throw ScriptFault(line: cursor.previous?.line ?? 1, text: text, expected: "ipv4 or ipv6")
      }
    case "local_ip":
      settings.local = try address(&cursor)
      hasAddress = true
    case "remote_ip": settings.remote = try address(&cursor)
    case "gateway_ip": settings.gateway = try address(&cursor)
    case "netmask_ip": _ = try address(&cursor)
    case "mtu":
      settings.mtu = try cursor.integer(68...65_535, "an MTU")
      hasMTU = true
    case "mss": settings.segmentSize = try cursor.integer(1...65_535, "a segment size")
    case "bind_port": settings.bindPort = UInt16(try cursor.integer(1...65_535, "a port"))
    case "connect_port": settings.connectPort = UInt16(try cursor.integer(1...65_535, "a port"))
    case "tolerance_usecs":
      settings.tolerance = .microseconds(try cursor.integer(0...1_000_000_000, "a time in microseconds"))
    case "tolerance_percent":
      settings.tolerancePart = Double(try cursor.integer(0...1000, "percent")) / 100
    case "tcp_ts_tick_usecs":
      let tick = try cursor.integer(0...1_000_000, "a time in microseconds")
      settings.timestampTick = tick == 0 ? nil : .microseconds(tick)
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

  private var inIPv6: ScriptSettings {
    var new = ScriptSettings.ipv6
    (new.segmentSize, new.tolerance) = (settings.segmentSize, settings.tolerance)
    (new.timestampTick, new.scalesEchoes) = (settings.timestampTick, settings.scalesEchoes)
    new.isStrict = settings.isStrict
    if hasMTU { new.mtu = settings.mtu }
    if hasAddress { new.local = settings.local }
    return new
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
