import Glibc
internal import SystemPackage

/// A folder that is open for reading, as those of /proc.
@safe struct Folder: ~Copyable {
  private let stream: OpaquePointer

  /// The corresponding C functions are `openat` and `fdopendir`.
  ///
  /// - Parameter directory: a descriptor of the folder that the path begins at.
  init(_ path: String, in directory: CInt = AT_FDCWD) throws(Errno) {
    let number = try result(retrying: true) {
      unsafe openat(directory, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
    guard let stream = unsafe fdopendir(number) else {
      let error = Errno(rawValue: errno)
      _ = close(number)
      throw error
    }
    unsafe self.stream = stream
  }

  deinit { _ = unsafe closedir(stream) }

  /// The next name that is a number, as the names of processes and descriptors are; nil at the folder's end.
  ///
  /// The corresponding C function is `readdir`.
  borrowing func nextNumber() -> Int? {
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Folder.number($0) }
      if let name { return name }
    }
    return nil
  }

  /// The next name; nil at the folder's end.
  ///
  /// The corresponding C function is `readdir`.
  borrowing func nextName() -> String? {
    guard let entry = unsafe readdir(stream) else { return nil }
    return unsafe withUnsafeBytes(of: &entry.pointee.d_name) {
      unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  /// The kinds of thing that a descriptor's link in /proc may lead to.
  enum Link: String {
    /// `socket:[4711]`.
    case socket = "socket:["
    /// `net:[4026531840]`.
    case networkNamespace = "net:["
  }

  /// Goes on, in a folder of descriptors, with the descriptor of this number or the next one behind it.
  ///
  /// The corresponding C function is `seekdir`: the kernel counts `.` and `..` before the numbers.
  borrowing func seek(to number: Int) { unsafe seekdir(stream, number + 2) }

  /// The inode that the link of this name leads to; nil where it leads to anything else than this, or is gone.
  borrowing func inode(of kind: Link, behind number: Int) -> UInt64? {
    if case .inode(let inode) = destination(of: number, kind: kind) { inode } else { nil }
  }

  /// The destination of a link.
  enum Destination {
    case inode(UInt64)
    /// Of another kind.
    case other
    /// There is no such link.
    case none
  }

  /// The destination of the link of this name.
  ///
  /// The corresponding C function is `readlinkat`.
  borrowing func destination(of number: Int, kind: Link) -> Destination {
    let descriptor = unsafe dirfd(stream)
    return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer -> Destination in
      guard let start = buffer.baseAddress else { return .none }
      let count = unsafe readlinkat(descriptor, String(number), start, buffer.count)
      guard count > 0 else { return .none }
      let inode = unsafe Folder.inode(of: kind, UnsafeRawBufferPointer(start: start, count: count))
      return inode.map { .inode($0) } ?? .other
    }
  }

  private static func inode(of kind: Link, _ link: UnsafeRawBufferPointer) -> UInt64? {
    let beginning = kind.rawValue.utf8
    let length = beginning.count
    guard link.count > length, unsafe link[link.count - 1] == UInt8(ascii: "]"),
      unsafe link.prefix(length).elementsEqual(beginning)
    else { return nil }
    var value: UInt64 = 0
    for index in length..<(link.count - 1) {
      let octet = unsafe link[index]
      guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= octet, value < 1 << 59 else { return nil }
      value = value * 10 + UInt64(octet - UInt8(ascii: "0"))
    }
    return value
  }

  private static func number(_ name: UnsafeRawBufferPointer) -> Int? {
    var value = 0
    for index in name.indices {
      let octet = unsafe name[index]
      if octet == 0 { return index == 0 ? nil : value }
      guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= octet, value < 1 << 40 else { return nil }
      value = value * 10 + Int(octet - UInt8(ascii: "0"))
    }
    return nil
  }
}
