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
  ///   - place: the place where the file of a path lies.
  package static func script(
    _ text: String, path: String, place: (String) -> String = { $0 }
  ) -> Script {
    Script(reading: text, name: path) { file($0, beside: path, place)?.text }
  }

  /// The paths of the files that a script reads.
  package static func files(namedBy text: String, path: String) -> [String] {
    var paths: [String] = []
    _ = Script(reading: text, name: path) { named in
      guard let file = file(named, beside: path, { $0 }) else { return nil }
      if !paths.contains(file.path) { paths.append(file.path) }
      return file.text
    }
    return paths
  }

  /// A file that a script names, by its path as the script has it: never an absolute one.
  private static func file(
    _ named: String, beside script: String, _ place: (String) -> String
  ) -> (path: String, text: String)? {
    guard !named.hasPrefix("/") else { return nil }
    let folder = script.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/")
    let path = folder.isEmpty && !script.hasPrefix("/") ? named : "\(folder)/\(named)"
    guard let bytes = try? WholeFile.read(place(path), limit: 1 << 20),
      let text = String(validating: bytes, as: UTF8.self)
    else { return nil }
    return (path, text)
  }
}
