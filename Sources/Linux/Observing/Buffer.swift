import Glibc
internal import SystemPackage

/// Memory that one observer reads the kernel's answers into, again and again.
///
/// It spares the array of 64 KiB that each answer would otherwise need; what was read is copied out.
@safe struct Buffer: ~Copyable {
  private let memory: UnsafeMutableRawBufferPointer

  init(capacity: Int) {
    unsafe memory = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 16)
  }

  deinit { unsafe memory.deallocate() }

  var capacity: Int { unsafe memory.count }

  /// Lets `call` fill the memory; its result is how many octets there would have been, which are copied out
  /// as far as there was room.
  borrowing func fill(
    _ call: (UnsafeMutableRawBufferPointer) throws(Errno) -> Int
  ) throws(Errno) -> (bytes: [UInt8], wasCut: Bool) {
    let count = unsafe try call(memory)
    let bytes = unsafe [UInt8](memory[..<min(count, memory.count)])
    return (bytes, count > capacity)
  }

  /// Reads from `offset` of the file, as much as there is room for; empty at its end.
  ///
  /// The corresponding C function is `pread`.
  borrowing func read(_ descriptor: CInt, at offset: Int) throws(Errno) -> [UInt8] {
    unsafe try fill { memory throws(Errno) in
      try result(retrying: true) { unsafe pread(descriptor, memory.baseAddress, memory.count, offset) }
    }.bytes
  }
}
