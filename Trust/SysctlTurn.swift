import Linux
import SystemPackage

/// A sysctl that is given another value in a private namespace.
struct SysctlTurn: CustomStringConvertible {
  /// `net.ipv4.tcp_sack`.
  var name: String
  var value: String
  /// Tells whether a private namespace has the sysctl and takes the value.
  var isPossible: Bool

  var description: String { "\(name)=\(value)" }

  /// Every sysctl that may bear on TCP, with one or two values other than the kernel's default.
  static func all() throws -> [SysctlTurn] {
    try Namespace.make().enter {
      var turns: [SysctlTurn] = []
      for name in try names() {
        guard let standard = try? Sysctl.read(name).replacing("\t", with: " ") else { continue }
        for value in others(than: standard, of: name) {
          let isTaken = (try? Sysctl.write(name, value)) != nil
          turns.append(SysctlTurn(name: name, value: value, isPossible: isTaken))
          try? Sysctl.write(name, standard)
        }
      }
      return turns
    }
  }

  /// All of TCP's own, and those of IP and of sockets that connections may depend on.
  private static func names() throws -> [String] {
    let own = try Sysctl.names(in: "net.ipv4").filter { name in
      name.hasPrefix("net.ipv4.tcp_") || name.hasPrefix("net.ipv4.ip_")
    }
    let core = [
      "somaxconn", "txrehash", "rmem_default", "rmem_max", "wmem_default", "wmem_max", "optmem_max",
    ]
    return (own + core.map { "net.core." + $0 } + ["net.ipv4.fwmark_reflect", "net.ipv6.bindv6only"])
      .filter { !excluded.contains($0) }
  }

  /// A secret, lists of what there is, and sizes of tables, which no connection depends on.
  private static let excluded: Set = [
    "net.ipv4.tcp_available_congestion_control", "net.ipv4.tcp_allowed_congestion_control",
    "net.ipv4.tcp_available_ulp", "net.ipv4.tcp_child_ehash_entries", "net.ipv4.tcp_ehash_entries",
    "net.ipv4.tcp_fastopen_key",
  ]

  /// A switch is turned, and a number halved and doubled, unless other values are known to show more.
  private static func others(than standard: String, of name: String) -> [String] {
    let short = name.split(separator: ".").last.map(String.init) ?? name
    if let values = values[short] { return values.filter { $0 != standard } }
    guard let number = Int(standard) else { return [] }
    return number < 2 ? ["\(1 - number)"] : ["\(number / 2)", "\(number * 2)"]
  }

  private static let values = [
    "tcp_timestamps": ["0", "2"], "tcp_sack": ["0"], "tcp_window_scaling": ["0"],
    "tcp_ecn": ["0", "1", "3"], "tcp_tw_reuse": ["0", "1"], "tcp_tw_reuse_delay": ["1", "3000"],
    "tcp_rmem": ["4096 16384 6291456", "4096 4096 4096"],
    "tcp_wmem": ["4096 87380 4194304", "4096 4096 4096"],
    "tcp_syn_linear_timeouts": ["0", "1"], "tcp_syn_retries": ["1", "3"], "tcp_synack_retries": ["1", "2"],
    "tcp_retries1": ["1", "8"], "tcp_retries2": ["3", "8"], "tcp_orphan_retries": ["1", "3"],
    "tcp_fin_timeout": ["5", "30"], "tcp_rto_min_us": ["100000", "400000"],
    "tcp_rto_max_ms": ["2000", "60000"], "tcp_invalid_ratelimit": ["0", "2000"],
    "tcp_early_retrans": ["0", "4"], "tcp_fastopen": ["0", "3"], "tcp_keepalive_time": ["5", "600"],
    "tcp_keepalive_intvl": ["1", "30"], "tcp_keepalive_probes": ["1", "3"],
    "tcp_max_tw_buckets": ["0", "1"], "tcp_syncookies": ["0", "2"], "tcp_challenge_ack_limit": ["1", "100"],
    "tcp_pingpong_thresh": ["0", "3"], "ip_no_pmtu_disc": ["1", "2", "3"], "somaxconn": ["2", "128"],
    "tcp_recovery": ["0", "4"], "tcp_reordering": ["1", "10"], "tcp_frto": ["0", "1"],
    "tcp_congestion_control": ["cubic", "reno", "bbr"], "tcp_adv_win_scale": ["-2", "2"],
    "tcp_app_win": ["0", "5"], "tcp_base_mss": ["512", "1400"],
    "tcp_comp_sack_delay_ns": ["0", "100000000"], "tcp_comp_sack_nr": ["0", "1"],
    "tcp_comp_sack_slack_ns": ["0"], "tcp_ecn_option": ["0", "1"], "tcp_ecn_option_beacon": ["0", "1"],
    "tcp_fastopen_blackhole_timeout_sec": ["3600"], "tcp_limit_output_bytes": ["4096", "1000000"],
    "tcp_max_syn_backlog": ["16", "128"], "tcp_min_snd_mss": ["536", "1000"],
    "tcp_mtu_probing": ["1", "2"], "tcp_mtu_probe_floor": ["536"], "tcp_notsent_lowat": ["1", "16384"],
    "ip_local_port_range": ["1024 65535", "40000 49999"], "ip_local_reserved_ports": ["40000-49999"],
    "ip_default_ttl": ["63"], "ip_unprivileged_port_start": ["0", "32768"],
  ]
}
