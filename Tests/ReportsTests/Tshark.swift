import Kinds
import Foundation

/// Another program's reading of a capture file, where that program is installed.
enum Tshark {
  static let path: String? = ["/usr/bin/tshark", "/usr/local/bin/tshark"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// These fields of each packet, one array for each; nil where tshark took longer than ten seconds.
  static func fields(_ names: [String], of capture: [UInt8]) throws -> [[String]]? {
    guard let path else { return nil }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "tcpprobe-\(UUID().uuidString).pcapng")
    let output = file.appendingPathExtension("txt")
    defer {
      try? FileManager.default.removeItem(at: file)
      try? FileManager.default.removeItem(at: output)
    }
    try Data(capture).write(to: file)
    try Data().write(to: output)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    // Numbers as they are in the header, not counted from the connection's first.
    process.arguments =
      [
        "-n", "-r", file.path, "-o", "tcp.relative_sequence_numbers:false", "-T", "fields", "-E",
        "separator=/t",
      ]
      + names.flatMap { ["-e", $0] }
    // A file takes whatever comes; a pipe that nobody reads would fill up.
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = FileHandle.nullDevice
    try process.runAtOnce()
    let deadline = Date(timeIntervalSinceNow: 10)
    while process.isRunning, Date() < deadline { Thread.sleep(forTimeInterval: 0.02) }
    guard !process.isRunning else {
      process.terminate()
      return nil
    }
    return String(decoding: try Data(contentsOf: output), as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }
}
