import Linux

/// The part of /proc that every run needs: namespaces, settings and threads are reached through it.
package enum ProcNeeds {
  /// - Throws: ``BenchError`` where /proc is not mounted.
  package static func check() throws(BenchError) {
    if (try? OwnDescriptors.processName()) != nil { return }
    throw BenchError(
      step: "read /proc/self",
      reason: "/proc is not mounted here, and a run reaches namespaces and settings through it",
      remedy: "mount -t proc proc /proc")
  }
}
