import Linux

/// A network namespace with what was made in it; without one of its own, the process's.
final class Host {
  private let namespace: Box<Namespace>?

  /// The host that the process itself runs on.
  init() { namespace = nil }

  /// A private host, made under these settings: what a new namespace takes over from the one it is made in.
  ///
  /// Its table of established sockets is small, so that reading /proc/net/tcp takes microseconds instead of
  /// milliseconds. A namespace takes that size from the one that makes it: so there is one in between, which is
  /// gone at once. The limits that shrink with the table are set back.
  ///
  /// - Parameters:
  ///   - table: entries of the table, a power of two.
  ///   - settings: where they are others than the kernel's defaults.
  init(private: Void, table: Int = 1024, settings: HostSettings = HostSettings()) throws {
    namespace = Box(try Host.make(table: table))
    try enter {
      try Interface(named: "lo").bringUp()
      // Where settings cannot be written, none has shrunk either.
      try? Sysctl.write("net.ipv4.tcp_max_tw_buckets", "131072")
      try? Sysctl.write("net.ipv4.tcp_max_syn_backlog", "1024")
      settings.apply()
    }
  }

  private static func make(table: Int) throws -> Namespace {
    let outer = try namespace()
    return try outer.enter {
      // Before Linux 6.1 there is no such setting: the table has the machine's size, and reading it is slower.
      try? Sysctl.write("net.ipv4.tcp_child_ehash_entries", "\(table)")
      return try namespace()
    }
  }

  private static func namespace() throws(BenchError) -> Namespace {
    try benchStep("make a private network namespace", remedy: Remedies.ofNamespace) { try Namespace.make() }
  }

  /// Runs `body` where it makes this host's sockets and devices, and reads and writes its settings.
  func enter<R: ~Copyable>(_ body: () throws -> R) throws -> R {
    guard let namespace else { return try body() }
    return try namespace.value.enter(body)
  }

  var isPrivate: Bool { namespace != nil }
}
