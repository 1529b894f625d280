import Linux
import SystemPackage

/// What this program does as the first process of a guest: it makes the place, lets another process of itself play,
/// sends what that wrote, and ends the machine.
package enum Boot {
  static let argumentsPath = "arguments"

  package static var isFirstProcess: Bool { FirstProcess.isOne }

  package static func run() -> Never {
    FirstProcess.mountFileSystems()
    for module in WholeFile.names(in: "/modules").sorted() {
      do { try FirstProcess.loadModule("/modules/\(module)") } catch { tell("\(module): \(error)") }
    }
    do {
      let line = try FirstProcess.serialLine("/dev/ttyS1")
      try WholeFile.write(Frame.start, to: line.rawValue)
      let frame = try play()
      try WholeFile.write(frame.bytes, to: line.rawValue)
      FirstProcess.drain(line)
    } catch { tell("no result can be given: \(error)") }
    FirstProcess.end(code: 0)
    // Nobody ended the machine: there is nothing left to do.
    while true { Clock.sleep(nanoseconds: 1_000_000_000) }
  }

  private static func play() throws -> Frame {
    let text = String(decoding: try WholeFile.read("/" + argumentsPath, limit: 1 << 20), as: UTF8.self)
    let arguments = text.split(separator: "\0", omittingEmptySubsequences: false).map(String.init)
    let output = try WholeFile.create("/tmp/output")
    let child = try ChildProcess(["/init"] + arguments, output: output.rawValue)
    // In virtual time a machine that sleeps costs nothing, and one that looks fifty times a second for hours does.
    let status = if case .exited(let status) = child.wait() { Int(status) } else { -1 }
    return Frame(
      output: try WholeFile.read("/tmp/output", limit: 1 << 28), status: status, time: Clock.monotonic())
  }

  private static func tell(_ text: String) { try? WholeFile.write(Array("tcpprobe: \(text)\n".utf8), to: 2) }
}
