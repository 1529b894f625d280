import Documents
import Linux

/// The calls that a script may make: none that acts outside its namespace, such as signals to other processes and modules
/// that the kernel would load.
enum ScriptLimits {
  static let families = ["AF_INET", "AF_INET6"]
  static let protocols = ["IPPROTO_IP", "IPPROTO_TCP", "IPPROTO_UDP"]
  static let commands = ["F_GETFD", "F_SETFD", "F_GETFL", "F_SETFL"]
  static let requests = ["SIOCINQ", "FIONREAD", "SIOCOUTQ", "SIOCOUTQNSD"]

  /// The types of sockets. Bits beside those of the type are flags.
  static let types = ["SOCK_STREAM", "SOCK_DGRAM", "SOCK_RAW"]
  static let typeBits = 0xF

  /// The options of sockets that are set and asked for, by level: none whose value leads to memory, to other descriptors, to
  /// modules or past the machine's limits.
  static let options: [(level: String, names: [String])] = [
    (
      "SOL_SOCKET",
      [
        "SO_ACCEPTCONN", "SO_BINDTODEVICE", "SO_BROADCAST", "SO_BSDCOMPAT", "SO_DEBUG", "SO_DONTROUTE",
        "SO_ERROR", "SO_INCOMING_CPU", "SO_KEEPALIVE", "SO_LINGER", "SO_MARK", "SO_MAX_PACING_RATE",
        "SO_NO_CHECK", "SO_OOBINLINE", "SO_PEEK_OFF", "SO_PRIORITY", "SO_RCVBUF", "SO_RCVLOWAT",
        "SO_RCVTIMEO", "SO_REUSEADDR", "SO_REUSEPORT", "SO_SNDBUF", "SO_SNDLOWAT", "SO_SNDTIMEO",
        "SO_TIMESTAMP", "SO_TIMESTAMPING", "SO_TXTIME", "SO_TYPE", "SO_ZEROCOPY",
      ]
    ),
    (
      "SOL_TCP",
      [
        "TCP_CC_INFO", "TCP_CONGESTION", "TCP_CORK", "TCP_DEFER_ACCEPT", "TCP_DELACK_MAX_US", "TCP_FASTOPEN",
        "TCP_FASTOPEN_CONNECT", "TCP_FASTOPEN_KEY", "TCP_FASTOPEN_NO_COOKIE", "TCP_INFO", "TCP_INQ",
        "TCP_KEEPCNT", "TCP_KEEPIDLE", "TCP_KEEPINTVL", "TCP_LINGER2", "TCP_MAXSEG", "TCP_NODELAY",
        "TCP_NOTSENT_LOWAT", "TCP_QUICKACK", "TCP_RTO_MAX_MS", "TCP_RTO_MIN_US", "TCP_SAVED_SYN",
        "TCP_SAVE_SYN", "TCP_SYNCNT", "TCP_THIN_DUPACK", "TCP_THIN_LINEAR_TIMEOUTS", "TCP_TIMESTAMP",
        "TCP_TX_DELAY", "TCP_USER_TIMEOUT", "TCP_WINDOW_CLAMP",
      ]
    ),
    (
      "SOL_IP",
      [
        "IP_BIND_ADDRESS_NO_PORT", "IP_FREEBIND", "IP_LOCAL_PORT_RANGE", "IP_MTU", "IP_MTU_DISCOVER",
        "IP_RECVERR", "IP_RECVTOS", "IP_RECVTTL", "IP_TOS", "IP_TTL",
      ]
    ),
    (
      "SOL_IPV6",
      [
        "IPV6_FREEBIND", "IPV6_HOPLIMIT", "IPV6_MTU", "IPV6_MTU_DISCOVER", "IPV6_RECVERR", "IPV6_TCLASS",
        "IPV6_V6ONLY",
      ]
    ),
  ]

  /// More octets than the value of an option has.
  static let longestValue = 65_536
}

extension ScriptArguments {
  /// A number that one of these constants has.
  func allowed(_ place: Int, _ names: [String]) throws(ScriptCalling.Unsupported) -> Int {
    let number = try int(place)
    guard names.contains(where: { ScriptConstants.values[$0] == number }) else {
      throw fail("argument \(place + 1) is none of \(names.joined(separator: ", "))")
    }
    return number
  }

  /// The level and the number of a socket's option that a script may set or ask for.
  func allowedOption() throws(ScriptCalling.Unsupported) -> (level: Int, number: Int) {
    let (level, number) = (try int(1), try int(2))
    let isAllowed = ScriptLimits.options.contains { own in
      ScriptConstants.values[own.level] == level
        && own.names.contains { ScriptConstants.values[$0] == number }
    }
    guard isAllowed else {
      throw fail("option \(call.arguments[2]) of \(call.arguments[1]) is not for scripts")
    }
    return (level, number)
  }

  /// The length of an option's value, as the script names it.
  func valueLength(_ number: Int) throws(ScriptCalling.Unsupported) -> Int {
    let length = try int(number, "the length")
    guard length <= ScriptLimits.longestValue else { throw fail("a value of \(length) octets") }
    return length
  }

  /// Refuses a congestion control that is not there: by its name the kernel would load a module.
  func refuseModule(of option: (level: Int, number: Int), _ value: [UInt8], length: Int) throws(ScriptCalling
    .Unsupported)
  {
    guard isCongestion(option) else { return }
    // The kernel takes at most fifteen octets.
    let wanted = String(decoding: value.prefix(max(0, min(length, 15))).prefix { $0 != 0 }, as: UTF8.self)
    let setting = "net.ipv4.tcp_congestion_control"
    guard (try? Sysctl.isAcceptable(wanted, for: setting)) ?? false else {
      throw fail("the congestion control \(wanted) is not available")
    }
  }

  func isCongestion(_ option: (level: Int, number: Int)) -> Bool {
    option.level == ScriptConstants.values["SOL_TCP"]
      && option.number == ScriptConstants.values["TCP_CONGESTION"]
  }
}
