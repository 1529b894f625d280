import Documents

/// The names of systems that are not Linux: a statement about them is no claim about this kernel.
enum ForeignSystems {
  private static let names = Pieces([
    "bsd", "macos", "mac os", "os x", "darwin", "solaris", "hp-ux", "hpux", "lwip", "freertos", "vxworks",
    "winsock", "qnx", "microsoft", "cisco", "f5 big", "zephyr", "ultrix",
  ])

  private static let middleboxes = Pieces([
    "conntrack", "netfilter", "firewall", "load balanc", "haproxy", "nginx", "envoy", "ipvs", "nat gateway",
    "防火墙", "防火牆", "负载均衡", "負載平衡", "ファイアウォール", "방화벽",
  ])

  /// Tells whether a text is about what stands between two hosts, and has timeouts of its own.
  static func areMiddleboxes(_ text: some StringProtocol) -> Bool {
    middleboxes.isAny(in: text.lowercased())
      || text.split { !($0.isLetter || $0.isNumber) }.contains {
        ["NAT", "AWS", "Azure", "GCP", "NLB"].contains($0)
      }
  }

  static func areIn(_ text: some StringProtocol) -> Bool {
    if names.isAny(in: text.lowercased()) { return true }
    // "windows" are also TCP's own.
    return text.split { !($0.isLetter || $0.isNumber) }.contains {
      ["Windows", "WINDOWS", "AIX", "iOS"].contains($0)
    }
  }

  static func isLinux(_ text: some StringProtocol) -> Bool { text.lowercased().contains("linux") }
}
