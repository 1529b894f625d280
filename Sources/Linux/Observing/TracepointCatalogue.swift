package import SystemPackage

/// The tracepoints of the kernel, and their fields.
package enum TracepointCatalogue {
  /// The tracepoints of this group (`tcp`), sorted.
  ///
  /// - Throws: `noSuchFileOrDirectory` where the kernel has no such group; as where tracefs is not to be read.
  ///
  /// The corresponding C functions are `openat` and `readdir`.
  package static func names(ofGroup group: String) throws(Errno) -> [String] {
    try TraceFiles.open().events(ofGroup: group)
  }

  /// The fields of this tracepoint (`tcp:tcp_probe`) in the record's order, without those that all have.
  ///
  /// - Throws: `noSuchFileOrDirectory` where the kernel has no such tracepoint.
  ///
  /// The corresponding C functions are `openat` and `read`.
  package static func fields(of event: String) throws(Errno) -> [String] {
    let format = TracepointFormat(try TraceFiles.open().read("format", ofEvent: event))
    return format.fields.filter { !$0.key.hasPrefix("common_") }
      .sorted { ($0.value.offset, $0.key) < ($1.value.offset, $1.key) }.map(\.key)
  }
}
