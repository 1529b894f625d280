/// An option by which a person leaves something out of a run.
package enum Omission: String, Codable, CaseIterable, Sendable {
  /// Everything that waits for the kernel for longer than a few seconds.
  case quick = "--quick"
  /// Everything that waits for the end of TIME_WAIT.
  case noWait = "--no-wait"
  /// All sections of a record but those that are named.
  case only = "--only"
}
