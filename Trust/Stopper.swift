import ArgumentParser
import Glibc
import Linux
import SystemPackage

/// A process beside this one that stops it (SIGSTOP) at random moments and lets it go on (SIGCONT).
final class Stopper {
  private let process: ChildProcess

  init() throws(Errno) {
    process = try ChildProcess(
      ["/proc/self/exe", StopAtRandom.configuration.commandName ?? "", "\(getpid())"])
  }

  /// Ends it. It has let this process go on by then.
  func end() {
    kill(process.id, SIGTERM)
    _ = process.wait()
  }
}

/// The body of that process.
struct StopAtRandom: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stop-at-random", abstract: "Stops its parent process at random moments.",
    shouldDisplay: false)

  @Argument(help: "The parent's process id.") var parent: Int32

  /// Between two stops, and the length of a stop, in nanoseconds.
  private static let pauses: ClosedRange<Int64> = 500_000_000...3_000_000_000
  private static let stops: ClosedRange<Int64> = 50_000_000...500_000_000

  func run() throws {
    // SIGTERM waits until the parent goes on.
    Signals.deferring {
      while !Signals.isPending, getppid() == parent {
        let next = Clock.monotonic() + Int64.random(in: Self.pauses)
        while Clock.monotonic() < next, !Signals.isPending { Clock.sleep(nanoseconds: 20_000_000) }
        guard !Signals.isPending, getppid() == parent else { return }
        kill(parent, SIGSTOP)
        Clock.sleep(nanoseconds: Int64.random(in: Self.stops))
        kill(parent, SIGCONT)
      }
    }
  }
}
