import Linux

/// The descriptors that runs need, beside the limit of this process.
package enum OpenFileNeeds {
  /// The descriptors that one run has open at a time: two hosts and their devices, observers, the sockets of its
  /// connections; the three tracepoints of reasons; and of each of two others a buffer for each processor.
  package static var ofOneRun: Int { 35 + 2 * System.configuredProcessorCount }
  /// The descriptors that the program has open besides.
  private static let ofProgram = 8

  /// The number of runs that there is room for side by side, at most as many as are wanted.
  package static func runs(atMost wanted: Int) -> Int {
    max(1, min(wanted, (OpenFiles.limit - ofProgram) / ofOneRun))
  }

  /// Raises the limit as far as it goes, and fails where there is no room for a single run.
  ///
  /// - Throws: ``BenchError``, with the limit and what is needed.
  package static func check() throws(BenchError) {
    OpenFiles.raiseLimit()
    let (limit, needed) = (OpenFiles.limit, ofProgram + ofOneRun)
    guard limit < needed else { return }
    throw BenchError(
      step: "open what a run needs",
      reason:
        "this process may have \(limit) files open at a time (EMFILE beyond), and a run needs up to \(needed)",
      remedy: "ulimit -n \(needed)")
  }
}
