import Glibc

/// Folders, and what is in them.
extension WholeFile {
  /// Tells whether a folder exists.
  ///
  /// The corresponding C function is `stat`.
  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The number of octets that this process may still write in a folder; Int.max if that is unknown.
  ///
  /// The corresponding C function is `statvfs`.
  package static func room(in path: String) -> Int {
    var status = statvfs()
    guard unsafe statvfs(path, &status) == 0 else { return .max }
    let blocks = Int(clamping: status.f_bavail).multipliedReportingOverflow(
      by: Int(clamping: status.f_frsize))
    return blocks.overflow ? .max : blocks.partialValue
  }

  /// The names in a folder; none where there is no such folder.
  ///
  /// The corresponding C function is `readdir`.
  package static func names(in path: String) -> [String] {
    guard let folder = try? Folder(path) else { return [] }
    var names: [String] = []
    while let name = folder.nextName() { if name != ".", name != ".." { names.append(name) } }
    return names
  }
}
