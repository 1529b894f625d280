import Benches
import Foundation
import Linux
import TCP

/// A look-up of one four-tuple in a full table, against ss(8) asked for the same.
enum Lookups {
  static let crowd = 60_000
  private static let lookups = 500
  private static let ss = ["/usr/bin/ss", "/bin/ss", "/usr/sbin/ss", "/sbin/ss"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  static func measure(_ limit: TimeLimit) throws -> [Line] {
    let people = try Crowd(of: crowd, .ipv4)
    let progress = Progress("connections in TIME_WAIT")
    // Whatever it takes on this machine: the first are gone after a minute.
    while people.total < crowd, Clock.monotonic() < limit.preparation {
      progress.show("\(grouped(people.total)) of \(grouped(crowd))")
      try people.make(min(2048, crowd - people.total))
    }
    progress.clear()
    if people.total < crowd {
      say("  only \(grouped(people.total)) connections could be made in \(TimeLimit.seconds / 2) s")
    }
    let held = try people.inTimeWait(expecting: people.total)
    if held < people.total { say("  some are gone already: \(grouped(held)) are in the table") }
    return try people.enter {
      var tuples: [FourTuple] = []
      try SocketDiagnosis.dump(.ipv4, states: [.timeWait], withInfo: false) { tuples.append($0.record.tuple) }
      // Those that were made last are there longest.
      tuples = Array(tuples.filter { $0.remote.address == tuples.last?.remote.address }.prefix(lookups))
      return try measure(tuples, limit)
    }
  }

  private static func measure(_ tuples: [FourTuple], _ limit: TimeLimit) throws -> [Line] {
    let table = try SocketDiagnosis.open()
    var missed = 0
    let lookup: () throws -> Int64 = {
      let time = try Rounds.time {
        for tuple in tuples where try table.look(up: tuple) == nil { missed += 1 }
      }
      return time / Int64(max(1, tuples.count))
    }
    guard let ss, let tuple = tuples.first else {
      say("  there is no ss(8) here: nothing to compare with")
      let found = try Rounds.medians(of: "look-ups", within: limit, [lookup])
      return [Line(name: "by sock_diag", nanoseconds: found[0])]
    }
    let filter = ["-tanH", "state", "time-wait", "src", "\(tuple.local)", "and", "dst", "\(tuple.remote)"]
    let found = try Rounds.medians(
      of: "look-ups", within: limit,
      [
        lookup, { try Rounds.time { if try run(ss, filter).isEmpty { missed += 1 } } },
        { try Rounds.time { _ = try run(ss, ["-V"]) } },
      ])
    if missed > 0 { say("  \(grouped(missed)) look-ups found nothing any more") }
    return [
      Line(name: "by sock_diag, its four-tuple", nanoseconds: found[0]),
      Line(name: "by ss, asked for it", nanoseconds: found[1], ratio: times(found[1], found[0]) + " as long"),
      Line(
        name: "ss, less what its start takes", nanoseconds: max(0, found[1] - found[2]),
        ratio: times(max(0, found[1] - found[2]), found[0]) + " as long"),
    ]
  }

  /// In the calling thread's namespace, which a new process gets.
  private static func run(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: output, as: UTF8.self)
  }
}
