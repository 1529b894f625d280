import Foundation

extension Room {
  private static let processors = ProcessInfo.processInfo.activeProcessorCount

  /// Tests that run something on a bench. With more at a time, runs are disturbed and begin again.
  package static let benches = Room(for: 2 * processors)
  /// Tests that start the program.
  package static let programs = Room(for: 2 * processors)
}
