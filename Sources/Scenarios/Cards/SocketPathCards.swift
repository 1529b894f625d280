import TCP
import Traces

/// What a program hears of its peer and of the path to it, and which ports it is given.
extension Declaration {
  static let halfOpen = Declaration(
    [
      Figure("write to a peer that vanished", .programs),
      Figure("recv() after a write to a peer that vanished", .programs),
      Figure("SYN of a peer that begins anew", .packets),
      Figure("answer of a peer that begins anew to an ACK", .packets),
      Figure("recv() where the peer began anew", .programs),
      Figure("connect() of a peer that begins anew", .programs),
    ], isDrawn: false)

  static let icmpErrors = Declaration(
    [
      Figure("connect() at an ICMP error", .programs),
      Figure("send() at an ICMP error", .programs),
      Figure("send() at an ICMP error with IP_RECVERR", .programs),
      Figure(
        "segments that leave at an ICMP error", .packets,
        settings: ["ip_no_pmtu_disc", "tcp_timestamps", "tcp_rmem", "tcp_min_snd_mss", "tcp_mtu_probing"]),
    ], under: ICMP.allCases.map { [.icmp($0)] }, isDrawn: false)

  static let portChoice = Declaration(
    [
      Figure("ports that connect() chooses", .operators, settings: ["ip_local_port_range"]),
      Figure(
        "connect() when all ports to a destination are in use", .programs, settings: ["ip_local_port_range"]),
      Figure(
        "connect() to another destination when one uses all ports", .programs,
        settings: ["ip_local_port_range"]),
      Figure("bind() to port 0 when connections use all ports", .programs, settings: ["ip_local_port_range"]),
      Figure(
        "connect() to another destination after bind() with IP_BIND_ADDRESS_NO_PORT", .programs,
        settings: ["ip_local_port_range"]),
      Figure("port that bind() to port 0 chooses", .operators, settings: ["ip_local_port_range"]),
      Figure(
        "port that connect() chooses with IP_LOCAL_PORT_RANGE", .programs, settings: ["ip_local_port_range"],
        known: Known("IP_LOCAL_PORT_RANGE came with Linux 6.3.", .with("6.3"))),
    ], given: [.init("ip_local_port_range", "61000 61007")], isDrawn: false)
}
