extension ObserverKind {
  /// The evidence that is missing without this observer.
  package var cost: String {
    switch self {
    case .wire: "packets cannot be held, so short-lived states may be missed"
    case .capture: "no segment is seen, so no segment can be judged"
    case .stateTracepoint: "a state that begins and ends between two samples is missed"
    case .timerTracepoint: "armed timers are known only from sock_diag and /proc/net/tcp"
    case .reasonTracepoint: "why the kernel discards a segment or sends an RST is not told"
    case .sockDiag: "states are known only from TCP_INFO and /proc"
    case .tcpInfo: "windows and round-trip times are not known"
    case .proc: "nothing confirms what netlink says"
    }
  }

  /// The privileges and features that it needs to run.
  package var needs: String {
    switch self {
    case .wire: "/dev/net/tun, and CAP_NET_ADMIN in private namespaces"
    case .capture: "CAP_NET_RAW in the network namespace"
    case .stateTracepoint: "CAP_PERFMON in the initial user namespace, and tracefs"
    case .timerTracepoint:
      "CAP_PERFMON in the initial user namespace, tracefs, and addresses in /proc/kallsyms"
    case .reasonTracepoint:
      "CAP_PERFMON in the initial user namespace, tracefs, and a kernel that has reasons (Linux 5.17; of an RST 6.10)"
    case .sockDiag: "a kernel with inet_diag and tcp_diag"
    case .tcpInfo: "only the descriptor"
    case .proc: "/proc"
    }
  }

  /// The options of a kernel's configuration that it needs.
  package var kernelOptions: [String] {
    switch self {
    case .wire: ["CONFIG_TUN", "CONFIG_NET_NS"]
    case .capture: ["CONFIG_PACKET"]
    case .stateTracepoint, .reasonTracepoint: ["CONFIG_EVENT_TRACING", "CONFIG_PERF_EVENTS"]
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
      "run as root, load the module tun if /dev/net/tun is missing, or give access to it (a container: --device /dev/net/tun)"
    case .capture: "run as root, or allow user namespaces"
    case .stateTracepoint, .timerTracepoint: "run as root, outside of containers"
    case .reasonTracepoint: "run as root, outside of containers, on Linux 5.17 or later"
    case .sockDiag: "load the module tcp_diag"
    case .tcpInfo: "works on every Linux"
    case .proc: "mount /proc"
    }
  }
}
