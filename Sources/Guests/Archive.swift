/// An archive in the form that a kernel unpacks as its first file system: cpio, newc.
package struct Archive {
  package private(set) var bytes: [UInt8] = []
  private var count: UInt32 = 0

  package init() {}

  package mutating func addFolder(_ path: String) { add(path, mode: 0o040755) }

  package mutating func addFile(_ path: String, _ contents: [UInt8], isExecutable: Bool = false) {
    add(path, mode: isExecutable ? 0o100755 : 0o100644, contents: contents)
  }

  package mutating func addCharacterDevice(_ path: String, major: UInt32, minor: UInt32) {
    add(path, mode: 0o020600, device: (major, minor))
  }

  /// Nothing can be added behind this.
  package mutating func finish() { add("TRAILER!!!", mode: 0) }

  private mutating func add(
    _ path: String, mode: UInt32, contents: [UInt8] = [], device: (major: UInt32, minor: UInt32) = (0, 0)
  ) {
    count += 1
    let name = Array(path.utf8) + [0]
    // inode, mode, owner, group, links, time, size, its device, the device that it is, length of the name, no sum.
    let fields: [UInt32] = [
      count, mode, 0, 0, 1, 0, UInt32(contents.count), 0, 0, device.major, device.minor, UInt32(name.count),
      0,
    ]
    bytes += Array("070701".utf8)
    for field in fields {
      let digits = String(field, radix: 16, uppercase: true)
      bytes += Array((String(repeating: "0", count: 8 - digits.count) + digits).utf8)
    }
    bytes += name
    align()
    bytes += contents
    align()
  }

  private mutating func align() { while bytes.count % 4 != 0 { bytes.append(0) } }
}
