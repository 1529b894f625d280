import Glibc
package import SystemPackage

/// Folders that nobody but this user and root can have put anything into.
package enum OwnFolder {
  /// The reason why a folder is not this user's own.
  package struct Fault: Error {
    package var path: String
    package var reason: String
  }

  /// Makes a folder of this user's own, and those above it, where they are not there.
  ///
  /// The parts of `base` may belong to root, too, and may be links, if one of the two has made them. Below it there are
  /// only folders of this user, and no links.
  ///
  /// - Returns: the folder's path, without links.
  /// - Throws: ``Fault`` where somebody else has made a part of it, or can change one.
  ///
  /// The corresponding C functions are `mkdir` and `lstat`.
  package static func make(_ inner: FilePath, below base: FilePath) throws(Fault) -> String {
    var part = FilePath("/")
    for component in base.components {
      part.append(component)
      var status = try status(of: part, making: true)
      guard status.isOurs || status.st_uid == 0 else { throw status.ofSomebodyElse(part) }
      if status.st_mode & S_IFMT == S_IFLNK {
        guard unsafe stat(part.string, &status) == 0 else { throw fault(part, "\(Errno(rawValue: errno))") }
      }
      guard status.st_mode & S_IFMT == S_IFDIR else { throw fault(part, "is not a folder") }
    }
    guard let real = WholeFile.resolved(base.string) else { throw fault(base, "\(Errno(rawValue: errno))") }
    part = FilePath("/")
    for component in FilePath(real).components {
      part.append(component)
      let status = try status(of: part, making: false)
      guard status.isOurs || status.st_uid == 0 else { throw status.ofSomebodyElse(part) }
      // In a folder like /tmp nobody can move what is another's.
      let isSticky = status.st_mode & S_ISVTX != 0
      let isOurGroup = status.st_gid == getegid()
      if !isSticky, status.st_mode & (isOurGroup ? 0o002 : 0o022) != 0 {
        throw fault(part, "is writable for other users")
      }
    }
    for component in inner.components {
      part.append(component)
      try check(part, status(of: part, making: true), isFolder: true)
    }
    return part.string
  }

  /// Fails unless everything on the way from a folder to what lies in it is this user's, and no link.
  ///
  /// The corresponding C function is `lstat`.
  package static func check(_ inner: FilePath, in folder: String) throws(Fault) {
    var part = FilePath(folder)
    for component in inner.components {
      part.append(component)
      try check(part, status(of: part, making: false), isFolder: nil)
    }
  }

  private static func check(_ path: FilePath, _ status: stat, isFolder: Bool?) throws(Fault) {
    let kind = status.st_mode & S_IFMT
    if kind == S_IFLNK { throw fault(path, "is a symbolic link") }
    if isFolder == true, kind != S_IFDIR { throw fault(path, "is not a folder") }
    guard status.isOurs else { throw status.ofSomebodyElse(path) }
    if status.st_mode & 0o022 != 0 { throw fault(path, "is writable for other users (chmod go-w)") }
  }

  private static func status(of path: FilePath, making: Bool) throws(Fault) -> stat {
    var status = stat()
    if unsafe lstat(path.string, &status) == 0 { return status }
    if making, errno == ENOENT {
      // Somebody may be quicker: then it is looked at like any other.
      guard unsafe mkdir(path.string, 0o700) == 0 || errno == EEXIST else {
        throw fault(path, "cannot be created: \(Errno(rawValue: errno))")
      }
      if unsafe lstat(path.string, &status) == 0 { return status }
    }
    throw fault(path, "\(Errno(rawValue: errno))")
  }

  fileprivate static func fault(_ path: FilePath, _ reason: String) -> Fault {
    Fault(path: path.string, reason: reason)
  }
}

extension stat {
  fileprivate var isOurs: Bool { st_uid == geteuid() }

  fileprivate func ofSomebodyElse(_ path: FilePath) -> OwnFolder.Fault {
    OwnFolder.fault(path, "belongs to user \(st_uid), not to user \(geteuid())")
  }
}
