/// The privileges of the calling thread beyond those of an ordinary user.
package struct Privileges: Sendable {
  /// The effective capabilities, one bit for each (`include/uapi/linux/capability.h`). They hold in the
  /// thread's user namespace and what belongs to it.
  package let effective: UInt64

  /// True if the thread is in the user namespace that the machine started with; a capability counts for the
  /// machine as a whole (tracepoints, its own network) only there.
  package let isInInitialUserNamespace: Bool

  /// True if the process has only one thread, as ``Namespace/becomeRootOfOwnUserNamespace()`` needs it.
  package let isSingleThreaded: Bool

  /// The calling thread's. Where /proc cannot be read, none.
  ///
  /// The corresponding C function is `read` of /proc/thread-self/status.
  package static func ofThisThread() -> Privileges {
    let status = (try? TextFile.read("/proc/thread-self/status")) ?? ""
    let map = (try? TextFile.read("/proc/self/uid_map")) ?? ""
    let fields = map.split(whereSeparator: \.isWhitespace)
    return Privileges(
      effective: field("CapEff", of: status).flatMap { UInt64($0, radix: 16) } ?? 0,
      isInInitialUserNamespace: fields == ["0", "0", "4294967295"],
      isSingleThreaded: field("Threads", of: status) == "1")
  }

  /// CAP_NET_ADMIN: devices, addresses, settings, TCP_REPAIR.
  package var hasNetAdmin: Bool { has(12) }
  /// CAP_SYS_PTRACE: other users' processes.
  package var hasPtrace: Bool { has(19) }
  /// CAP_SYS_ADMIN: namespaces.
  package var hasSysAdmin: Bool { has(21) }

  /// CAP_PERFMON, which CAP_SYS_ADMIN contains: tracepoints.
  package var hasPerfmon: Bool { has(38) || hasSysAdmin }

  /// The same in a few words, as a record has it.
  package var inWords: String {
    guard hasSysAdmin else { return "none" }
    return isInInitialUserNamespace ? "root" : "root of a user namespace"
  }

  private func has(_ capability: Int) -> Bool { effective >> capability & 1 == 1 }

  private static func field(_ name: String, of status: String) -> String? {
    for line in status.split(separator: "\n") where line.hasPrefix(name + ":") {
      return line.split(whereSeparator: \.isWhitespace).last.map(String.init)
    }
    return nil
  }
}
