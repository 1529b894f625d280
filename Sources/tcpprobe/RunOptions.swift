import ArgumentParser
import Benches
import Documents
import Linux
import TCP
package import Traces

/// The options of every command that runs something on one address family.
struct RunOptions: ParsableArguments {
  @OptionGroup var place: BenchOptions

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "The address family. Default: ipv4, or that of a checked capture or record.", valueName: "family"))
  var family: Family?

  var pcap: String? { place.pcap }

  /// The same options, on this family where none is asked for and this machine has it.
  func preferring(_ family: Family?) -> RunOptions {
    guard self.family == nil, family == .ipv6, (try? Socket.tcp(.ipv6)) != nil else { return self }
    var options = self
    options.family = .ipv6
    return options
  }

  /// Runs `body` on the bench that is asked for, as ``BenchOptions/onBench(of:_:)`` does.
  func onBench<R>(_ body: (_ bench: any Bench, _ note: String?, Progress) throws -> R) throws -> R {
    try place.onBench(of: family ?? .ipv4, body)
  }
}

/// The choice of a bench.
struct BenchOptions: ParsableArguments {
  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Where to run.",
      discussion: """
        wire: two private network namespaces, with tcpprobe carrying each packet between them. loopback: the loopback \
        interface, in real time. Default: wire if /dev/net/tun can be opened, otherwise loopback.
        """, valueName: "where"))
  var on: BenchKind?

  @ArgumentParser.Option(
    help: ArgumentHelp("Also write all packets to this file, as pcapng for Wireshark.", valueName: "file"))
  var pcap: String?

  /// Checks what every bench needs of the process, and gives it the privileges that it can have.
  static func prepareProcess() throws {
    try ProcNeeds.check()
    try OpenFileNeeds.check()
    // Without privileges, a user namespace of our own gives them inside it. Where that fails, less can be seen.
    if !Privileges.ofThisThread().hasSysAdmin { try? Namespace.becomeRootOfOwnUserNamespace() }
  }

  /// Runs `body` on the bench that is asked for, with progress on the terminal; a signal is deferred until it is over.
  func onBench<R>(
    of family: Family, _ body: (_ bench: any Bench, _ note: String?, Progress) throws -> R
  ) throws -> R {
    do {
      return try Signals.deferring {
        let (bench, note) = try bench(of: family)
        let progress = Progress()
        defer { progress.clear() }
        return try body(bench, note, progress)
      }
    } catch let error as PageError {
      throw Failure("\(error)", status: ExitCode(64))
    } catch let error as BenchError {
      throw Failure("\(error)", isOfBench: true)
    }
  }

  /// The bench that is asked for, or the best that can run here; then `note` says in one line why it is not the wire.
  func bench(of family: Family) throws -> (bench: any Bench, note: String?) {
    try Self.prepareProcess()
    switch on {
    case .wire: return (try Wire(family: family), nil)
    case .loopback: return (try Loopback(family: family), nil)
    case nil:
      do {
        return (try Wire(family: family), nil)
      } catch {
        let note =
          "Runs on loopback, in real time, because the wire cannot be set up (\(error.step): \(error.reason)). States"
          + " that last microseconds may be missed; tcpprobe doctor shows what would help."
        return (try Loopback(family: family), note)
      }
    }
  }
}

extension BenchKind: ExpressibleByArgument {}

/// An address family, or both.
enum FamilyChoice: String, ExpressibleByArgument, CaseIterable {
  case ipv4, ipv6, both

  /// Nil for both.
  var family: Family? { Family(rawValue: rawValue) }
}
extension Family: ExpressibleByArgument {}
