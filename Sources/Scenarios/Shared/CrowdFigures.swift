import Benches
import Linux
import TCP
import Traces

extension Figure {
  static let connectionsInTimeWait = Figure("connections in TIME_WAIT", .operators)
  static let destinations = Figure("destinations", .operators)
  static let memoryOfOne = Figure("memory of one TIME_WAIT", .operators)
  static let memoryGrowth = Figure("growth of the kernel's memory", .operators)
  static let tableReading = Figure(
    "time to list the connections", formerly: ["reading the table"], .operators)
  static let timeToMake = Figure(
    "time to make the connections", formerly: ["time to make them"], .operators)
}

/// The costs of a crowd in TIME_WAIT.
struct CrowdFigures {
  let began = Clock.monotonic()
  private let slabs = try? KernelMemory.slabs()

  /// Each with where it comes from. What cannot be read here is left out.
  func all(_ held: Int, of crowd: Crowd, family: Family, took nanoseconds: Int64)
    -> [(figure: Figure, value: Value, source: String)]
  {
    let cache = family == .ipv4 ? "tw_sock_TCP" : "tw_sock_TCPv6"
    var figures = [
      (
        figure: Figure.connectionsInTimeWait, value: Value.count(held),
        source: "/proc/net/sockstat of the namespace"
      )
    ]
    figures.append((.destinations, .count(crowd.made.count), "a listener each"))
    if let size = (try? KernelMemory.objectSize(in: cache)) ?? nil {
      figures.append((.memoryOfOne, .bytes(size), "/proc/slabinfo, \(cache)"))
    }
    if let before = slabs ?? nil, let after = (try? KernelMemory.slabs()) ?? nil, after > before {
      figures.append(
        (
          .memoryGrowth, .words("\(tenths(of: after - before, in: 1_000_000)) MB"),
          "/proc/meminfo, Slab: the whole machine"
        )
      )
    }
    if let table = try? crowd.listed() {
      figures.append(
        (.tableReading, .constant(nanoseconds: table.nanoseconds), "sock_diag, which named \(table.count)"))
    }
    figures.append((.timeToMake, .lasted(nanoseconds: nanoseconds), "connect() to last FIN, one by one"))
    return figures
  }

  private func tenths(of value: some BinaryInteger, in unit: Int) -> String {
    let count = Int(value) / (unit / 10)
    return "\(count / 10).\(count % 10)"
  }
}
