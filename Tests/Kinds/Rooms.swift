import Foundation

extension Room {
  private static let processors = ProcessInfo.processInfo.activeProcessorCount

  /// Tests that run something on a bench. With more at a time, runs are disturbed and begin again, and some never end
  /// undisturbed: pure tests and a browser take the processors, too.
  package static let benches = Room(for: processors + 1)
  /// Tests that start the program.
  package static let programs = Room(for: processors)
}
