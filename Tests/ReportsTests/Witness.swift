import Kinds
import Foundation

/// Programs of other people that read what tcpprobe writes: `.ci/witnesses` lays them out.
enum Witness {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: ".build/witnesses").path

  /// A Python that has junitparser, tap.py and prometheus-client.
  static let python = first([folder + "/venv/bin/python"], or: "no .build/witnesses/venv")

  /// Prometheus' own checker of metrics.
  static let promtool = first(["/usr/bin/promtool", "/usr/local/bin/promtool"], or: "no promtool")

  /// The parser of the kernel's own tests.
  static let kunit: String? = {
    let sources = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/src")) ?? []
    let trees = [folder + "/linux"] + sources.map { "/usr/src/\($0)" }
    return first(trees.map { $0 + "/tools/testing/kunit/kunit.py" }, or: "no kunit.py")
  }()

  private static func first(_ places: [String], or word: String) -> String? {
    let found = places.first { FileManager.default.isReadableFile(atPath: $0) }
    if found == nil { print("skipped: \(word) here, see .ci/witnesses") }
    return found
  }

  /// Runs a program with this text as its input; both its streams as one text.
  static func run(_ arguments: [String], input: String) throws -> (status: Int32, output: String) {
    let folder = try Chromium.Folder()
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = arguments
    process.standardInput = try FileHandle(forReadingFrom: folder.write(input, to: "input"))
    let output = try FileHandle(forUpdating: folder.write("", to: "output"))
    process.standardOutput = output
    process.standardError = output
    try process.runAtOnce()
    process.waitUntilExit()
    try output.seek(toOffset: 0)
    return (process.terminationStatus, String(decoding: try output.readToEnd() ?? Data(), as: UTF8.self))
  }
}
