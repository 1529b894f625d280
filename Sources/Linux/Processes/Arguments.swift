internal import CLinux

/// The arguments that the program was started with.
package enum Arguments {
  /// The arguments behind the program's name, also where /proc is not mounted: there `CommandLine` has none.
  ///
  /// The corresponding C function is `main`.
  package static var given: [String] {
    (1..<max(1, Int(clinux_argument_count()))).compactMap { index in
      unsafe clinux_argument(CInt(index)).map { unsafe String(cString: $0) }
    }
  }
}
