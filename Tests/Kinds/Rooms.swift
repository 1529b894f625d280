import Foundation

extension Room {
  private static let processors = ProcessInfo.processInfo.activeProcessorCount

  /// Tests that run something on a bench. Each waits for most of its time, but the processors are busy with others: with
  /// twice as many at a time the whole takes as long, and more runs are disturbed and begin again.
  package static let benches = Room(for: processors + 2)
  /// Tests that start the program.
  package static let programs = Room(for: processors + 1)
}
