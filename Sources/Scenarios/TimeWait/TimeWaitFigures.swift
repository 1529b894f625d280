package import Traces

extension TimeWaitFigures {
  /// The figures that the scenarios of TIME_WAIT leave.
  package static let measured = TimeWaitFigures(
    length: .timeWaitLength, timer: .timeWaitTimer, connections: .connectionsInTimeWait,
    destinations: .destinations, memoryOfOne: .memoryOfOne, memoryGrowth: .memoryGrowth,
    tableReading: .tableReading, timeToMake: .timeToMake, portsToOneDestination: .portsToOneDestination)
}
