/// The reason why a kernel cannot be booted or gave no result.
package struct GuestError: Error, CustomStringConvertible {
  /// The end of the guest.
  package enum Kind: Equatable, Sendable {
    /// It did not begin, was interrupted, or gave no whole result.
    case noResult
    /// The file or the name that was given is no kernel.
    case noKernel
    /// Its kernel panicked before tcpprobe ran.
    case panicAtBoot
    /// Its kernel panicked while tcpprobe ran.
    case panic
    /// It did not finish in its time.
    case hang
  }

  package var description: String
  package var kind: Kind

  package init(_ description: String, kind: Kind = .noResult) {
    self.description = description
    self.kind = kind
  }
}
