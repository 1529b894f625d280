import Linux
import SystemPackage

/// A program of the build, with a limit. What it writes goes to a file.
struct BuildCommand {
  /// The reason why a kernel cannot be built.
  struct Fault: Error, CustomStringConvertible { var description: String }

  var words: [String]
  /// The file of its output.
  var log: String
  /// Seconds on the wall.
  var limit: Int

  /// Runs it with the lowest priority.
  ///
  /// - Returns: true if it ended with status 0.
  /// - Throws: ``Fault`` where it cannot be started, does not end within the limit, or is interrupted.
  func run() throws -> Bool {
    let output = try WholeFile.create(log)
    let child = try ChildProcess(
      ["nice", "-n", "19"] + words, output: output.rawValue, errors: output.rawValue)
    let deadline = Clock.monotonic() + Int64(limit) * 1_000_000_000
    while true {
      if let end = child.wait(until: Clock.monotonic() + 500_000_000) { return end == .exited(status: 0) }
      guard !Signals.isPending, Clock.monotonic() < deadline else { break }
    }
    child.end()
    throw Fault(
      description: Signals.isPending
        ? "interrupted" : "\(words.joined(separator: " ")) did not finish within \(limit) s; see \(log)")
  }

  /// Runs it; it must succeed.
  func mustRun() throws {
    guard try !run() else { return }
    let text = (try? WholeFile.read(log, limit: 1 << 26)) ?? []
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
    let faults = lines.filter { $0.contains("rror") || $0.contains("not found") }
    throw Fault(
      description: "\(words.joined(separator: " ")) failed; see \(log):\n"
        + (faults.isEmpty ? lines.suffix(5) : faults.prefix(5)).map { "  | \($0)" }.joined(separator: "\n"))
  }

  /// The programs that a build needs, each with its Debian package.
  private static let needed = [
    ("gcc", "gcc"), ("make", "make"), ("ld", "binutils"), ("flex", "flex"), ("bison", "bison"), ("bc", "bc"),
    ("perl", "perl"), ("tar", "tar"), ("xz", "xz-utils"),
  ]

  /// - Throws: ``Fault`` with the packages that are lacking.
  static func checkPrograms(for guest: GuestKind) throws {
    let folders = (Terminal.environment("PATH") ?? "/usr/bin:/bin").split(separator: ":")
    let needed = needed + (guest == .qemu ? [("qemu-system-x86_64", "qemu-system-x86")] : [])
    let lacking = needed.filter { name, _ in !folders.contains { WholeFile.isThere("\($0)/\(name)") } }
    guard lacking.isEmpty else {
      throw Fault(
        description: "this machine lacks \(lacking.map(\.0).joined(separator: ", ")): apt-get install "
          + lacking.map(\.1).joined(separator: " "))
    }
  }
}
