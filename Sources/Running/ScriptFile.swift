package import Documents
import Linux
import Notations

/// Packetdrill scripts in files, with the files that they name.
package enum ScriptFile {
  /// Reads a script.
  ///
  /// - Parameters:
  ///   - text: what stands in the file.
  ///   - path: the path of the file; files that the script names are looked for beside it.
  package static func script(_ text: String, path: String) -> Script {
    Script(reading: text, name: path) { file($0, beside: path) }
  }

  /// A file that a script names, by its path as the script has it: never an absolute one.
  private static func file(_ path: String, beside script: String) -> String? {
    guard !path.hasPrefix("/") else { return nil }
    let folder = script.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/")
    let whole = folder.isEmpty && !script.hasPrefix("/") ? path : "\(folder)/\(path)"
    guard let bytes = try? WholeFile.read(whole, limit: 1 << 20) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }
}
