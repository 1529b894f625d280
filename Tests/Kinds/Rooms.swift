import Foundation

extension Room {
  private static let processors = ProcessInfo.processInfo.activeProcessorCount

  /// Tests that run something on a bench. Each waits for most of its time: all together take less than half of one
  /// processor. With many more at a time, runs are disturbed and begin again.
  package static let benches = Room(for: processors * 3)
  /// Tests that start the program.
  package static let programs = Room(for: processors)
}
