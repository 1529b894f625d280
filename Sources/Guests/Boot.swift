import Linux
import SystemPackage

/// The work of this program as the first process of a guest: it makes the place, lets another process of itself run,
/// sends what that wrote, and ends the machine.
package struct Boot {
  private let process: FirstProcess
  private let arguments: [String]

  /// Nil unless this is the first process of a guest that tcpprobe has booted: process 1 of a container, or of any other
  /// machine, lacks the mark. Nothing is touched.
  package init?() {
    guard FirstProcess.isOne, Terminal.environment(Orders.markName) != nil,
      let bytes = try? WholeFile.read("/" + Orders.path, limit: Orders.limit)
    else { return nil }
    let orders = Orders(reading: bytes)
    guard let process = FirstProcess(bootedWith: orders.mark, named: Orders.markName) else { return nil }
    self.process = process
    arguments = orders.arguments
  }

  package func run() -> Never {
    process.mountFileSystems()
    for module in WholeFile.names(in: "/modules").sorted() {
      do { try process.loadModule("/modules/\(module)") } catch { tell("\(module): \(error)") }
    }
    do {
      let line = try process.serialLine("/dev/ttyS1")
      try WholeFile.write(Frame.start, to: line.rawValue)
      let frame = try runCommand()
      try WholeFile.write(frame.bytes, to: line.rawValue)
      process.drain(line)
    } catch { tell("the result cannot be written: \(error)") }
    process.end(code: 0)
    // Nobody ended the machine: there is nothing left to do.
    while true { Clock.sleep(nanoseconds: 1_000_000_000) }
  }

  private func runCommand() throws -> Frame {
    let output = try WholeFile.create("/tmp/output")
    let child = try ChildProcess(["/init"] + arguments, output: output.rawValue)
    // In virtual time a machine that sleeps costs nothing, and one that looks fifty times a second for hours does.
    let status = if case .exited(let status) = child.wait() { Int(status) } else { -1 }
    return Frame(
      output: try WholeFile.read("/tmp/output", limit: 1 << 28), status: status, time: Clock.monotonic())
  }

  private func tell(_ text: String) { try? WholeFile.write(Array("tcpprobe: \(text)\n".utf8), to: 2) }
}
