package import TCP

/// The words that scripts have for ICMP errors, and their numbers.
package enum ScriptErrors {
  private static let plain: [(type: String, ipv4: UInt8, ipv6: UInt8?)] = [
    ("unreachable", 3, 1), ("packet_too_big", 2, 2), ("source_quench", 4, nil), ("redirect", 5, nil),
    ("time_exceeded", 11, 3), ("parameter_problem", 12, 4),
  ]

  private static let unreachable: [String: UInt8] = [
    "net_unreachable": 0, "host_unreachable": 1, "protocol_unreachable": 2, "port_unreachable": 3,
    "frag_needed": 4, "source_route_failed": 5, "net_unknown": 6, "host_unknown": 7,
    "source_host_isolated": 8, "net_prohibited": 9, "host_prohibited": 10, "net_unreachable_for_tos": 11,
    "host_unreachable_for_tos": 12, "packet_filtered": 13, "precedence_violation": 14,
    "precedence_cutoff": 15,
  ]

  private static let unreachableV6: [String: UInt8] = [
    "net_unreachable": 0, "no_route": 0, "admin_prohibited": 1, "not_neighbour": 2, "address_unreachable": 3,
    "port_unreachable": 4, "exceeded_hop_limit": 0, "exceeded_frag_time": 1, "header_field": 0,
    "unknown_next_header": 1, "unknown_option": 2,
  ]

  package static let types = Set(plain.map(\.type))
  package static let codes = Set(unreachable.keys).union(unreachableV6.keys)

  /// Type and code in a header; nil where this family has no such error.
  package static func numbers(of error: ScriptError, in family: Family) -> (type: UInt8, code: UInt8)? {
    guard let entry = plain.first(where: { $0.type == error.type }) else { return nil }
    let codes = family == .ipv4 ? unreachable : unreachableV6
    guard let type = family == .ipv4 ? entry.ipv4 : entry.ipv6 else { return nil }
    guard let word = error.code else { return (type, 0) }
    return codes[word].map { (type, $0) }
  }
}
