import ArgumentParser
import Benches
import Linux
package import TCP
package import Traces

/// The options of every command that runs something.
struct RunOptions: ParsableArguments {
  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Where to run: wire or loopback.",
      discussion: """
        wire: two private hosts, with tcpprobe carrying each packet between them. loopback: the loopback interface, in \
        real time. Default: wire if /dev/net/tun can be opened, otherwise loopback.
        """, valueName: "bench"))
  var on: BenchKind?

  @ArgumentParser.Option(help: ArgumentHelp("The address family.", valueName: "ipv4|ipv6"))
  var family: Family = .ipv4

  @ArgumentParser.Option(
    help: ArgumentHelp("Also write all packets to this file, as pcapng for Wireshark.", valueName: "file"))
  var pcap: String?

  /// The bench that is asked for, or the best that can run here; then `note` says in one line why it is not the wire.
  func bench() throws -> (bench: any Bench, note: String?) {
    try ProcNeeds.check()
    try OpenFileNeeds.check()
    // Without privileges, a user namespace of our own gives them inside it. Where that fails, less can be seen.
    if !Privileges.ofThisThread().hasSysAdmin { try? Namespace.becomeRootOfOwnUserNamespace() }
    switch on {
    case .wire: return (try Wire(family: family), nil)
    case .loopback: return (try Loopback(family: family), nil)
    case nil:
      do {
        return (try Wire(family: family), nil)
      } catch {
        let note =
          "Runs on loopback, in real time, because the wire needs TUN (\(error.reason)). States that last microseconds"
          + " may be missed; tcpprobe doctor shows what would help."
        return (try Loopback(family: family), note)
      }
    }
  }
}

extension BenchKind: ExpressibleByArgument {}
extension Family: ExpressibleByArgument {}
