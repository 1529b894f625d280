import ArgumentParser
import Documents

/// Keys that a file gives.
struct LiveScript {
  var keys: [(key: LiveKey, line: Int)]
  var path: String

  /// - Throws: ``Failure`` where the file cannot be read, or has a character that is no key.
  init(_ path: String) throws {
    self.path = path
    guard let text = String(validating: try Input.bytes(path), as: UTF8.self) else {
      throw Failure("\(path): not UTF-8: expected keys", status: ExitCode(64))
    }
    keys = LiveKey.written(text)
    for (key, line) in keys where LiveDeed(key) == nil {
      throw Failure(
        "\(path):\(line): \(key) is no key of live: expected one of \(LiveDeed.characters)",
        status: ExitCode(64))
    }
  }
}
