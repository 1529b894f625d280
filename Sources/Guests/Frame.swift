/// The text that a guest sends over its second serial line: when it begins to run, and at the end all that was written.
package struct Frame: Equatable {
  package var output: [UInt8]
  package var status: Int
  /// The guest's time since it was booted, in nanoseconds.
  package var time: Int64

  private static let beginning = "tcpprobe: running\n"
  private static let ending = "tcpprobe: done "

  package static let start = Array(beginning.utf8)

  package init(output: [UInt8], status: Int, time: Int64) {
    self.output = output
    self.status = status
    self.time = time
  }

  static func hasBegun(_ bytes: [UInt8]) -> Bool { bytes.starts(with: start) }

  /// All of it, behind the beginning.
  package var bytes: [UInt8] { Array("\(Self.ending)\(status) \(time) \(output.count)\n".utf8) + output }

  /// Nil where any of it is missing.
  package init?(reading bytes: [UInt8]) {
    guard Self.hasBegun(bytes) else { return nil }
    let rest = bytes.dropFirst(Self.start.count)
    guard let line = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let head = String(decoding: rest[..<line], as: UTF8.self)
    guard head.hasPrefix(Self.ending) else { return nil }
    let numbers = head.dropFirst(Self.ending.count).split(separator: " ").compactMap { Int64($0) }
    let output = Array(rest[(line + 1)...])
    guard numbers.count == 3, output.count == Int(numbers[2]) else { return nil }
    self.init(output: output, status: Int(numbers[0]), time: numbers[1])
  }
}
