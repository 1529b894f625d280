import Benches
import Linux
import TCP
import Traces

extension Figure {
  static let connectionsInTimeWait = Figure("connections in TIME_WAIT", .operators)
  static let destinations = Figure("destinations", .operators)
  static let memoryOfOne = Figure("memory of one TIME_WAIT", .operators)
  static let memoryGrowth = Figure("growth of the kernel's memory", .operators)
  static let tableReading = Figure("reading the table", .operators)
  static let timeToMake = Figure("time to make them", .operators)
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

/// How many connections can be in TIME_WAIT at once here.
package enum CrowdLimit {
  /// The ports to one destination: what a new namespace begins with, 32768 to 60999.
  package static let ports = 28_232

  /// The most, and what sets the limit, in words.
  ///
  /// - Parameter available: octets of memory; what the kernel says is free, where it is left out.
  package static func largest(available: Int? = nil) -> (count: Int, because: String) {
    let byPorts = ports * Crowd.mostDestinations
    let available = available ?? ((try? KernelMemory.available()) ?? nil) ?? Int.max
    // Measured: 500 octets each with its share of ports and tables. Twice that, of half of what is free.
    let byMemory = available / 2 / 1024
    if byMemory < byPorts {
      return (byMemory, "a kilobyte for each, of half of the \(available >> 20) MB that are free")
    }
    return (
      byPorts, "\(Crowd.mostDestinations) destinations with \(ports) ports each, in the minute that they last"
    )
  }
}
