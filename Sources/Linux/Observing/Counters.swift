package import SystemPackage

/// The namespace's counters of TCP, by the names that the kernel gives them (`TcpExt` of /proc/net/netstat).
package enum Counters {
  /// All counters of the calling thread's namespace.
  ///
  /// The corresponding C function is `read`.
  package static func read() throws(Errno) -> [String: UInt64] {
    parse(try TextFile.read("/proc/thread-self/net/netstat"))
  }

  /// The counters of the group `Tcp` of the calling thread's namespace.
  ///
  /// The corresponding C function is `read`.
  package static func ofTCP() throws(Errno) -> [String: UInt64] {
    parse(try TextFile.read("/proc/thread-self/net/snmp"), group: "Tcp")
  }

  /// Pairs of lines with one prefix: names, then values. What does not pair is left out.
  package static func parse(_ text: String, group: String = "TcpExt") -> [String: UInt64] {
    var counters: [String: UInt64] = [:]
    let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
    for (names, values) in zip(lines, lines.dropFirst())
    where names.first == "\(group):" && values.first == names.first {
      for (name, value) in zip(names.dropFirst(), values.dropFirst()) {
        if let number = UInt64(value) { counters[String(name)] = number }
      }
    }
    return counters
  }

  /// The names of the counters of this group of the calling thread's namespace, in the kernel's order: `TcpExt` of
  /// netstat, `Tcp` of snmp.
  ///
  /// The corresponding C function is `read`.
  package static func names(of group: String, in file: String) throws(Errno) -> [String] {
    let lines = try TextFile.read("/proc/thread-self/net/" + file).split(separator: "\n")
    let first = lines.first { $0.hasPrefix(group + ":") }
    return first.map { $0.split(separator: " ").dropFirst().map(String.init) } ?? []
  }
}
