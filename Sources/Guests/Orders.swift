import Linux
import SystemPackage

/// The file in a guest's first file system that says what to run there.
package struct Orders: Equatable {
  static let path = "arguments"
  /// The name of the mark on the kernel's command line.
  static let markName = "TCPPROBE_GUEST"

  /// The name of the guest's clock on the kernel's command line, from where the program's environment has it.
  static let clockName = "TCPPROBE_CLOCK"
  static let virtualClock = "virtual"

  /// Tells whether this process runs in a guest where each step takes the same time in each run.
  package static var isInVirtualTime: Bool { Terminal.environment(clockName) == virtualClock }

  /// Tells whether this machine is a guest that tcpprobe has booted with the orders that lie here.
  static var areForThisMachine: Bool {
    guard let mark = Terminal.environment(markName), let bytes = try? WholeFile.read("/" + path, limit: limit)
    else { return false }
    return Orders(reading: bytes).mark == mark
  }

  /// The most octets of the file.
  static let limit = 1 << 20

  /// The mark that the kernel was booted with.
  package var mark: String
  /// The command, without the program's name.
  package var arguments: [String]

  package init(mark: String, arguments: [String]) {
    self.mark = mark
    self.arguments = arguments
  }

  package var bytes: [UInt8] { Array(([mark] + arguments).joined(separator: "\0").utf8) }

  package init(reading bytes: [UInt8]) {
    let words = String(decoding: bytes, as: UTF8.self).split(
      separator: "\0", omittingEmptySubsequences: false
    )
    .map(String.init)
    mark = words.first ?? ""
    arguments = Array(words.dropFirst())
  }
}
