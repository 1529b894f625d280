import Glibc

/// Standard input, output and error: descriptors 0, 1 and 2.
package enum StandardStreams {
  /// Sees to it that all three are open. Where one is not, the next file or device that is opened gets its number,
  /// and a report would be written into it.
  ///
  /// What was closed stays useless: reading or writing it fails with EBADF, as before.
  ///
  /// The corresponding C function is `open`.
  package static func keepPlaces() {
    for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(number, F_GETFD) == -1 {
      // The lowest free number is this one: those below are open.
      _ = unsafe open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
