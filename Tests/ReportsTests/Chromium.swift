import Kinds
import Foundation

/// A browser without a window, where one is installed.
enum Chromium {
  static let path: String? = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
    .first {
      FileManager.default.isExecutableFile(atPath: $0)
    }

  struct Ended {
    var output: String
    /// What the page wrote to the console: errors, and what was refused.
    var console: [Substring]
  }

  /// Loads a page with these options; nil where the browser did not end well within two minutes.
  static func load(_ page: URL, in folder: URL, _ options: [String]) throws -> Ended? {
    guard let path else { return nil }
    let files = (output: folder.appending(path: "output"), errors: folder.appending(path: "errors"))
    for file in [files.output, files.errors] { try Data().write(to: file) }
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments =
      [
        // Its sandbox is not for root, and the pages here are ours.
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
        "--disable-background-networking", "--hide-scrollbars", "--allow-file-access-from-files",
        "--enable-logging=stderr", "--virtual-time-budget=2000",
        "--user-data-dir=\(folder.appending(path: "profile").path)",
      ] + options + [page.absoluteString]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: files.output)
    process.standardError = try FileHandle(forWritingTo: files.errors)
    try process.runAtOnce()
    let deadline = Date(timeIntervalSinceNow: 120)
    while process.isRunning, Date() < deadline { Thread.sleep(forTimeInterval: 0.05) }
    if process.isRunning { process.terminate() }
    process.waitUntilExit()
    guard process.terminationStatus == 0, process.terminationReason == .exit else { return nil }
    let errors = String(decoding: try Data(contentsOf: files.errors), as: UTF8.self)
    return Ended(
      output: String(decoding: try Data(contentsOf: files.output), as: UTF8.self),
      console: errors.split(separator: "\n").filter { $0.contains(":CONSOLE") })
  }

  /// A folder that is gone when the test is.
  final class Folder {
    let url = FileManager.default.temporaryDirectory.appending(path: "tcpprobe-\(UUID().uuidString)")
    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false) }
    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ text: String, to name: String) throws -> URL {
      let file = url.appending(path: name)
      try Data(text.utf8).write(to: file)
      return file
    }
  }
}
