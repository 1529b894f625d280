import Kinds
import Foundation

/// Another program, as an independent witness.
struct Program {
  private let path: String

  /// nil where there is none of this name.
  init?(_ name: String) {
    let places =
      name.contains("/") ? [""] : ["/usr/local/bin/", "/usr/bin/", "/bin/", "/usr/sbin/", "/sbin/"]
    guard let place = places.first(where: { FileManager.default.isExecutableFile(atPath: $0 + name) }) else {
      return nil
    }
    path = place + name
  }

  /// What it writes; it is ended after a minute.
  func run(_ arguments: String...) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    try process.runAtOnce()
    let watchdog = DispatchWorkItem { process.terminate() }
    DispatchQueue.global().asyncAfter(deadline: .now() + 60, execute: watchdog)
    defer { watchdog.cancel() }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}
