import Kinds
import Foundation
import Testing

/// A program that is run as a person runs it.
struct Program {
  /// The end of a run, and its output.
  struct Finished {
    /// The exit status; nil where a signal ended it.
    var status: Int32?
    var output: String
    var errors: String
    var errorLines: [Substring] { errors.split(separator: "\n") }
  }

  var arguments: [String]
  /// The longest wait of a test, in seconds: a busy machine may need long, and only a hang is longer.
  var limit: TimeInterval = 400
  var environment: [String: String] = [:]

  init(_ arguments: [String]) { self.arguments = arguments }

  /// Tells whether there is a program of this name.
  static func exists(_ name: String) -> Bool { path(of: name) != nil }

  private static func path(of name: String) -> String? {
    let places =
      name.contains("/") ? [""] : ["/usr/local/bin/", "/usr/bin/", "/bin/", "/usr/sbin/", "/sbin/"]
    return places.map { $0 + name }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Begins; what it writes goes to files, which take whatever comes.
  func start(in folder: Folder) throws -> Running {
    let process = Process()
    guard let path = Self.path(of: arguments[0]) else { throw CocoaError(.fileNoSuchFile) }
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = Array(arguments.dropFirst())
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    let name = UUID().uuidString
    let files = (output: folder.path + "/.out-" + name, errors: folder.path + "/.err-" + name)
    for file in [files.output, files.errors] {
      guard FileManager.default.createFile(atPath: file, contents: nil) else {
        throw CocoaError(.fileWriteUnknown)
      }
    }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: files.output)
    process.standardError = FileHandle(forWritingAtPath: files.errors)
    try process.runAtOnce()
    return Running(process: process, files: files, limit: limit)
  }

  func run(in folder: Folder) throws -> Finished { try start(in: folder).finish() }
}

/// A program that was begun.
struct Running {
  let process: Process
  fileprivate let files: (output: String, errors: String)
  fileprivate let limit: TimeInterval

  var id: Int32 { process.processIdentifier }

  /// Waits until this text has been written to standard output, or the limit is over.
  func awaitOutput(_ text: String) {
    let deadline = Date(timeIntervalSinceNow: limit)
    while process.isRunning, Date() < deadline {
      let written = FileManager.default.contents(atPath: files.output) ?? Data()
      if String(decoding: written, as: UTF8.self).contains(text) { return }
      usleep(20_000)
    }
  }

  /// Waits for the end; after the limit it makes one.
  func finish() -> Program.Finished {
    let deadline = Date(timeIntervalSinceNow: limit)
    while process.isRunning, Date() < deadline { usleep(5000) }
    if process.isRunning { kill(id, SIGKILL) }
    process.waitUntilExit()
    func text(_ path: String) -> String {
      defer { try? FileManager.default.removeItem(atPath: path) }
      return String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }
    return Program.Finished(
      status: process.terminationReason == .exit ? process.terminationStatus : nil,
      output: text(files.output), errors: text(files.errors))
  }
}

/// A folder for one test, gone with it; everybody may read it.
final class Folder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/tcpprobe-test-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and gives its path.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String { try write(Data(text.utf8), to: name) }

  @discardableResult
  func write(_ data: Data, to name: String) throws -> String {
    let file = path + "/" + name
    try data.write(to: URL(fileURLWithPath: file))
    return file
  }

  /// Writes a shell script that can be run at once.
  func writeScript(_ text: String, to name: String) throws {
    try install(try write(text, to: name + ".text"), at: path + "/" + name)
  }

  /// Copies the program that is tested.
  func copyProbe(to path: String) throws { try install(try #require(Probe.path), at: path) }

  /// Another process copies it: a test beside this one may start a program at any moment, which has the file open for
  /// writing until its execve(), and a file that is open so cannot be run.
  private func install(_ file: String, at path: String) throws {
    let copy = try Program(["install", "-m", "755", file, path]).run(in: self)
    try #require(copy.status == 0, "\(copy.errors)")
  }

  /// Makes a folder in it, and those above.
  func make(_ name: String, mode: Int = 0o755) throws {
    try FileManager.default.createDirectory(atPath: path + "/" + name, withIntermediateDirectories: true)
    try setMode(of: name, to: mode)
  }

  func setMode(of name: String, to mode: Int) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path + "/" + name)
  }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: target)
  }

  /// The attributes of whatever has this name; of a link its own.
  func attributes(of name: String) throws -> [FileAttributeKey: Any] {
    try FileManager.default.attributesOfItem(atPath: path + "/" + name)
  }

  func read(_ name: String) throws -> String {
    try String(contentsOfFile: path + "/" + name, encoding: .utf8)
  }

  /// Removes the file, if there is one.
  func remove(_ name: String) throws {
    let file = path + "/" + name
    if FileManager.default.fileExists(atPath: file) { try FileManager.default.removeItem(atPath: file) }
  }

  /// The names of what lies in it, but for what a run that is under way says.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") }.sorted()
  }
}
