import Documents
import Linux

/// The calls that a script may make: none that acts outside its namespace, such as signals to other processes and modules
/// that the kernel would load.
enum ScriptLimits {
  static let families = ["AF_INET", "AF_INET6"]
  static let protocols = ["IPPROTO_IP", "IPPROTO_TCP", "IPPROTO_UDP"]
  static let commands = ["F_GETFD", "F_SETFD", "F_GETFL", "F_SETFL"]
  static let requests = ["SIOCINQ", "FIONREAD", "SIOCOUTQ", "SIOCOUTQNSD"]

  /// Options of sockets whose values lead to memory, to other descriptors or to modules.
  static let refusedOptions: [(level: String, options: [Int])] = [
    // SO_ATTACH_FILTER, SO_ATTACH_BPF and their kin.
    ("SOL_SOCKET", [26, 50, 51, 52]),
    // TCP_ULP.
    ("SOL_TCP", [31]),
  ]
}

extension ScriptArguments {
  /// A number that one of these constants has.
  func allowed(_ place: Int, _ names: [String]) throws(ScriptCalling.Unsupported) -> Int {
    let number = try number(place)
    guard names.contains(where: { ScriptConstants.values[$0] == number }) else {
      throw fail("argument \(place + 1) is none of \(names.joined(separator: ", "))")
    }
    return number
  }

  /// Refuses an option that would act outside the namespace.
  func refuse(level: Int, option: Int, value: ScriptValue) throws(ScriptCalling.Unsupported) {
    for (name, options) in ScriptLimits.refusedOptions
    where ScriptConstants.values[name] == level && options.contains(option) {
      throw fail("option \(option) of \(name) is not set")
    }
    let isCongestion =
      level == ScriptConstants.values["SOL_TCP"] && option == ScriptConstants.values["TCP_CONGESTION"]
    guard isCongestion, case .octets(let octets) = value else { return }
    // By a name that is not there the kernel would load a module.
    let wanted = String(decoding: octets.prefix { $0 != 0 }, as: UTF8.self)
    let available = (try? Sysctl.read("net.ipv4.tcp_available_congestion_control")) ?? ""
    guard available.split(separator: " ").contains(Substring(wanted)) else {
      throw fail("the congestion control \(wanted) is not available: \(available) are")
    }
  }
}
