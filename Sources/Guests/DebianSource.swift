import Linux

extension Debian {
  /// The sources of a kernel, as Debian packs them.
  package struct Source: Equatable, Sendable {
    /// The archive of the tree.
    package var archive: String
    /// `linux-source-6.12 6.12.118-1`.
    package var title: String
  }

  /// The newest sources of a series (`6.12`), fetched where they are not here yet.
  package func source(of series: String) throws(GuestError) -> Source {
    try alone { () throws(GuestError) in
      try updateLists()
      let name = "linux-source-\(series)"
      let lines = try run(["apt-cache"] + options + ["madison", name]).split(separator: "\n")
      // The newest comes first, and is what apt-get downloads.
      let version = lines.first?.split(separator: "|").dropFirst().first?.split(separator: " ").joined()
      guard let version else {
        throw GuestError("Debian has no package \(name); expected a series such as 6.12")
      }
      let folder = "\(cache)/kernels/\(name)_\(version)"
      let archive = "\(folder)/usr/src/\(name).tar.xz"
      if !WholeFile.isThere(archive) {
        progress("downloading \(name) \(version)")
        try Signals.deferring { () throws(GuestError) in try unpack([name], into: folder) }
      }
      guard WholeFile.isThere(archive) else { throw GuestError("\(name) contains no usr/src/\(name).tar.xz") }
      return Source(archive: archive, title: "\(name) \(version)")
    }
  }
}
