internal import CLinux
import Glibc
internal import SystemPackage

/// A tracepoint on one CPU or in one thread: the event's descriptor, and the memory that the kernel writes its hits to.
@safe final class PerfRing {
  /// The hits that are wanted.
  enum Place {
    /// All of a CPU.
    case cpu(Int)
    /// Those of the calling thread, on whatever CPU, interrupts that it is stopped for among them.
    case callingThread
  }

  private let descriptor: Descriptor
  private let page: UnsafeMutablePointer<perf_event_mmap_page>
  private let data: UnsafeRawBufferPointer
  /// The kernel tells how many hits it lost: since Linux 6.0.
  private let tellsLost: Bool

  /// A tracepoint in one place, not enabled.
  ///
  /// `size` octets, a power of two, are asked for; where the limit of locked memory does not allow them, half
  /// as many, and so on. Throws `operationNotSupportedByDevice` where the CPU is off, `permissionDenied` or `notPermitted`
  /// without CAP_PERFMON.
  ///
  /// The corresponding C functions are `perf_event_open` and `mmap`.
  init(tracepoint identifier: UInt64, in place: Place, size: Int) throws(Errno) {
    let opened: CInt
    let tellsLost: Bool
    do throws(Errno) {
      opened = try PerfRing.open(identifier, in: place, tellsLost: true)
      tellsLost = true
    } catch .invalidArgument {
      opened = try PerfRing.open(identifier, in: place, tellsLost: false)
      tellsLost = false
    }
    let descriptor = Descriptor(owning: opened)
    let pageSize = clinux_page_size()
    var size = max(size, pageSize)
    while true {
      let memory = unsafe mmap(nil, pageSize + size, PROT_READ | PROT_WRITE, MAP_SHARED, opened, 0)
      if let memory = unsafe memory, unsafe memory != MAP_FAILED {
        unsafe page = memory.assumingMemoryBound(to: perf_event_mmap_page.self)
        unsafe data = UnsafeRawBufferPointer(start: memory + pageSize, count: size)
        break
      }
      let error = Errno(rawValue: errno)
      guard error == .notPermitted || error == .noMemory, size > pageSize else { throw error }
      size /= 2
    }
    self.descriptor = descriptor
    self.tellsLost = tellsLost
  }

  deinit { _ = unsafe munmap(page, data.count + clinux_page_size()) }

  private static func open(_ identifier: UInt64, in place: Place, tellsLost: Bool) throws(Errno) -> CInt {
    var attributes = perf_event_attr()
    attributes.type = PERF_TYPE_TRACEPOINT.rawValue
    attributes.size = UInt32(MemoryLayout<perf_event_attr>.size)
    attributes.config = identifier
    attributes.sample_period = 1
    attributes.sample_type = UInt64(
      PERF_SAMPLE_RAW.rawValue | PERF_SAMPLE_TIME.rawValue | PERF_SAMPLE_TID.rawValue
        | PERF_SAMPLE_CPU.rawValue)
    attributes.read_format = tellsLost ? UInt64(PERF_FORMAT_LOST.rawValue) : 0
    attributes.disabled = 1
    attributes.use_clockid = 1
    attributes.clockid = CLOCK_MONOTONIC
    switch place {
    case .cpu(let cpu): return try result { unsafe clinux_perf_event_open(&attributes, -1, CInt(cpu)) }
    case .callingThread: return try result { unsafe clinux_perf_event_open(&attributes, 0, -1) }
    }
  }

  /// The corresponding C function is `ioctl`.
  func setEnabled(_ isEnabled: Bool) throws(Errno) {
    let number = descriptor.rawValue
    _ = try result { isEnabled ? clinux_perf_enable(number) : clinux_perf_disable(number) }
  }

  /// Throws `invalidArgument` where the kernel cannot read the filter.
  ///
  /// The corresponding C function is `ioctl`.
  func setFilter(_ filter: String) throws(Errno) {
    _ = try result { unsafe clinux_perf_filter(descriptor.rawValue, filter) }
  }

  /// Takes out what the kernel has written since the last time.
  func drain() -> [UInt8] {
    let head = unsafe clinux_perf_head(page)
    let tail = unsafe page.pointee.data_tail
    let size = unsafe data.count
    let count = Int(head &- tail)
    let start = Int(tail % UInt64(size))
    let first = min(count, size - start)
    // The ring's records run on at its beginning.
    var bytes = unsafe [UInt8](data[start..<start + first])
    unsafe bytes += data[..<(count - first)]
    unsafe clinux_perf_set_tail(page, head)
    return bytes
  }

  /// The number of hits without room, or nil if the kernel does not count them.
  ///
  /// The corresponding C function is `read`.
  func lost() throws(Errno) -> UInt64? {
    guard tellsLost else { return nil }
    // The count of hits, then that of lost ones.
    var counts: (UInt64, UInt64) = (0, 0)
    _ = try result(retrying: true) { unsafe read(descriptor.rawValue, &counts, 16) }
    return counts.1
  }
}
