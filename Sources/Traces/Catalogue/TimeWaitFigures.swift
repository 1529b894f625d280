/// The figures that the last words of `tcpprobe time-wait` tell of.
package struct TimeWaitFigures: Sendable {
  package var length: Figure
  package var timer: Figure
  package var connections: Figure
  package var destinations: Figure
  package var memoryOfOne: Figure
  package var memoryGrowth: Figure
  package var tableReading: Figure
  package var timeToMake: Figure
  package var portsToOneDestination: Figure

  package init(
    length: Figure, timer: Figure, connections: Figure, destinations: Figure, memoryOfOne: Figure,
    memoryGrowth: Figure, tableReading: Figure, timeToMake: Figure, portsToOneDestination: Figure
  ) {
    self.length = length
    self.timer = timer
    self.connections = connections
    self.destinations = destinations
    self.memoryOfOne = memoryOfOne
    self.memoryGrowth = memoryGrowth
    self.tableReading = tableReading
    self.timeToMake = timeToMake
    self.portsToOneDestination = portsToOneDestination
  }
}
