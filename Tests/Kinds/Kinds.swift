package import Testing

/// The kinds of tests. Each suite has one of `pure` and `kernel`; `SuiteKindTests` holds it to that.
extension Tag {
  /// Needs nothing of the machine and asks the kernel for nothing but files: it runs anywhere, and at once.
  @Tag package static var pure: Tag
  /// Needs a kernel's sockets, a namespace, a device, or another program.
  @Tag package static var kernel: Tag
  /// Waits for many seconds, mostly for one timer of the kernel's.
  @Tag package static var slow: Tag
  /// Boots another kernel, or runs what is to boot it.
  @Tag package static var guest: Tag
}
