extension ObserverKind {
  /// The evidence that is missing without this observer.
  package var cost: String {
    switch self {
    case .wire: "nothing stands still, so states that pass are not seen"
    case .capture: "no segment is seen, so nothing of the wire can be judged"
    case .stateTracepoint: "a state that passes between two looks is not seen"
    case .timerTracepoint: "which timer was armed is known only from the tables"
    case .sockDiag: "states are known only from TCP_INFO and /proc"
    case .tcpInfo: "windows and round-trip times are not known"
    case .proc: "nothing confirms what netlink says"
    }
  }

  /// The privileges and features that it needs to run.
  package var needs: String {
    switch self {
    case .wire: "/dev/net/tun, and CAP_NET_ADMIN in namespaces of one's own"
    case .capture: "CAP_NET_RAW in the network namespace"
    case .stateTracepoint: "CAP_PERFMON in the initial user namespace, and tracefs"
    case .timerTracepoint:
      "CAP_PERFMON in the initial user namespace, tracefs, and addresses in /proc/kallsyms"
    case .sockDiag: "a kernel with inet_diag and tcp_diag"
    case .tcpInfo: "nothing but the descriptor"
    case .proc: "/proc"
    }
  }

  /// The options of a kernel's configuration that it needs.
  package var kernelOptions: [String] {
    switch self {
    case .wire: ["CONFIG_TUN", "CONFIG_NET_NS"]
    case .capture: ["CONFIG_PACKET"]
    case .stateTracepoint: ["CONFIG_EVENT_TRACING", "CONFIG_PERF_EVENTS"]
    case .timerTracepoint: ["CONFIG_EVENT_TRACING", "CONFIG_PERF_EVENTS", "CONFIG_KALLSYMS"]
    case .sockDiag: ["CONFIG_INET_DIAG", "CONFIG_INET_TCP_DIAG"]
    case .tcpInfo: []
    case .proc: ["CONFIG_PROC_FS"]
    }
  }

  /// The remedy for a person where it is missing.
  package var remedy: String {
    switch self {
    case .wire:
      "run as root, load the module tun, or give access to /dev/net/tun (a container: --device /dev/net/tun)"
    case .capture: "run as root, or where user namespaces are allowed"
    case .stateTracepoint, .timerTracepoint: "run as root outside of containers"
    case .sockDiag: "load the module tcp_diag"
    case .tcpInfo: "nothing is known to take it away"
    case .proc: "mount /proc"
    }
  }
}
