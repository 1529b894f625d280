internal import CLinux
import Glibc
package import SystemPackage

/// A file that will be written whole, and that is shown to be writable before there is anything to write.
package final class OutputPlace: Sendable {
  package let path: String
  /// The ordinary file that was there, or was made as a trial; nil for anything else.
  package let identity: FileIdentity?
  private let kind: Kind
  /// The path that links lead to.
  private let target: String
  /// Of an ordinary file. It stays open so that no other file gets its number, and so that it can be written whatever
  /// becomes of its folder.
  private let descriptor: CInt

  private enum Kind {
    /// Nothing was there.
    case new
    /// An ordinary file.
    case existing
    /// A pipe, a terminal, a device.
    case special
  }

  deinit { if kind != .special { _ = close(descriptor) } }

  /// Claims the place: an ordinary file that is there is opened and not changed, a new one is made as a trial. Where
  /// links lead, there is the place.
  ///
  /// - Throws: EACCES, ENOENT for a folder that is not there, EISDIR, EROFS, ENAMETOOLONG, ETXTBSY for a program that
  ///   runs.
  ///
  /// The corresponding C function is `open`.
  package init(_ path: String) throws(Errno) {
    self.path = path
    if path.isEmpty { throw .noSuchFileOrDirectory }
    var status = stat()
    let isThere = unsafe stat(path, &status) == 0
    switch isThere ? status.st_mode & S_IFMT : S_IFREG {
    case S_IFREG: break
    case S_IFDIR: throw .isDirectory
    default:
      _ = try result { unsafe access(path, W_OK) }
      identity = nil
      kind = .special
      target = path
      descriptor = -1
      return
    }
    // Where a file is there, O_CREAT would be refused in a folder like /tmp if it is somebody else's.
    let flags = O_WRONLY | O_CLOEXEC | (isThere ? 0 : O_CREAT)
    descriptor = try result(retrying: true) { unsafe open(path, flags, 0o666) }
    kind = isThere ? .existing : .new
    identity = FileIdentity(ofOrdinary: descriptor)
    target = WholeFile.resolved(path) ?? path
  }

  /// Removes the file that was made as a trial, so that a run that is ended leaves none. To be called once.
  ///
  /// The corresponding C function is `unlink`.
  package func removeTrial() {
    if kind == .new { _ = unsafe unlink(target) }
  }

  /// Tells whether an ordinary file with something in it was there.
  package var holdsSomething: Bool {
    guard kind == .existing else { return false }
    var status = stat()
    return unsafe fstat(descriptor, &status) == 0 && status.st_size > 0
  }

  /// Writes the file: whole or not at all where another one can take its place that has the same owner and mode, else
  /// into the file that is there, as where it has other names (hard links), attributes, or is a mount point.
  ///
  /// - Throws: ENOSPC, and what else `open` and `write` throw.
  ///
  /// The corresponding C functions are `write` and `rename`.
  package func write(_ bytes: [UInt8]) throws(Errno) {
    switch kind {
    case .special:
      let descriptor = Descriptor(
        owning: try result(retrying: true) { unsafe open(path, O_WRONLY | O_CLOEXEC) })
      try WholeFile.write(bytes, to: descriptor.rawValue)
    case .new:
      // The trial is still there where the folder lets nothing be removed.
      if identity == FileIdentity(of: target) {
        try OutputPlace.overwrite(descriptor, with: bytes)
      } else {
        try OutputPlace.replace(target, with: bytes, like: nil)
      }
    case .existing:
      var now = stat()
      _ = try result { unsafe fstat(descriptor, &now) }
      // Somebody has removed it, or put another in its place.
      if now.st_nlink == 0 { return try OutputPlace.replace(target, with: bytes, like: now) }
      if OutputPlace.canBeReplaced(descriptor, now, at: target) {
        do throws(Errno) {
          return try OutputPlace.replace(target, with: bytes, like: now)
        } catch {
          if OutputPlace.isFull(error) { throw error }
        }
      }
      try OutputPlace.overwrite(descriptor, with: bytes)
    }
  }

  private static func isFull(_ error: Errno) -> Bool { error == .noSpace || error == .diskQuotaExceeded }

  /// Tells whether nothing is lost with the file but what is in it: it has one name, which still means it, and no
  /// attributes beside owner and mode.
  private static func canBeReplaced(_ descriptor: CInt, _ status: stat, at target: String) -> Bool {
    var there = stat()
    guard unsafe lstat(target, &there) == 0 else { return false }
    return status.st_nlink == 1 && FileIdentity(there) == FileIdentity(status)
      && clinux_has_attributes(descriptor) == 0
  }

  /// Writes a file beside this one, which then takes its place.
  private static func replace(_ target: String, with bytes: [UInt8], like status: stat?) throws(Errno) {
    // A name of its own length: that of the target may be the longest that there is.
    let folder = target.lastIndex(of: "/").map { String(target[...$0]) } ?? ""
    let beside = "\(folder).tcpprobe-\(getpid())-\(UInt32.random(in: 0...(.max))).part"
    let descriptor = Descriptor(
      owning: try result(retrying: true) {
        unsafe open(
          beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, status == nil ? 0o666 : 0o600)
      })
    do throws(Errno) {
      if let status {
        _ = try result { fchown(descriptor.rawValue, status.st_uid, status.st_gid) }
        _ = try result { fchmod(descriptor.rawValue, status.st_mode & 0o7777) }
      }
      try WholeFile.write(bytes, to: descriptor.rawValue)
      _ = try result { unsafe rename(beside, target) }
    } catch {
      _ = unsafe unlink(beside)
      throw error
    }
  }

  /// Writes into a file that is there. Room is asked for before anything of it is changed.
  private static func overwrite(_ descriptor: CInt, with bytes: [UInt8]) throws(Errno) {
    do throws(Errno) {
      if !bytes.isEmpty {
        _ = try result(retrying: true) { clinux_reserve(descriptor, bytes.count) }
      }
    } catch {
      // Not every file system can say so beforehand.
      if isFull(error) { throw error }
    }
    _ = try result { lseek(descriptor, 0, SEEK_SET) }
    try WholeFile.write(bytes, to: descriptor)
    _ = try result(retrying: true) { ftruncate(descriptor, off_t(bytes.count)) }
  }
}
