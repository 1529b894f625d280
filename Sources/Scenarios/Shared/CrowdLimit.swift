import Benches
import Linux

/// The number of connections that can be in TIME_WAIT at once here.
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
