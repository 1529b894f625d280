import Learning
import Linux
import Running
import Synchronization
import TCP

/// Whole machines, learned and tested as `tcpprobe learn` does by default: with several seeds, alone and while each processor
/// has something else to do.
enum LearnedMachines {
  private static let seeds: ClosedRange<UInt64> = 1...5

  static func measure(_ limit: TimeLimit) throws -> [Line] {
    try Side.allCases.flatMap { side in
      var known: LearnedMachine?
      return try [false, true].map { isBusy in
        let runs = try seeds.map { seed in
          try isBusy ? beside { try learn(side, seed) } : try learn(side, seed)
        }
        known = known ?? runs[0].machine
        return line("\(side.rawValue)\(isBusy ? ", processors busy" : "")", runs, beside: known)
      }
    }
  }

  private struct Learned {
    var machine: LearnedMachine
    var time: Int64
    /// The processor time of all inputs, the kernel's with it.
    var used: Int64

    var inputs: Int { machine.counts.steps + machine.counts.testSteps }
  }

  private static func learn(_ side: Side, _ seed: UInt64) throws -> Learned {
    let progress = Progress("\(side.rawValue), seed \(seed)")
    defer { progress.clear() }
    let run = MachineRun(
      side: side, family: .ipv4, depth: MachineRun.usualDepth, words: MachineRun.usualWords, seed: seed)
    let began = Clock.monotonic()
    // It learns on a thread of its own, whose time is asked for there.
    var used: Int64 = 0
    let (machine, end) = try run.run(report: { step in
      guard step.counts.tests % 100 == 0 else { return }
      used = Clock.ofThread()
      progress.show("\(grouped(step.counts.tests)) tests")
    })
    let time = Clock.monotonic() - began
    guard let machine, case .learned = end else {
      throw NotMeasured(description: "a word had two answers, with seed \(seed)")
    }
    return Learned(machine: machine, time: time, used: used)
  }

  private final class Flag: Sendable { let isOver = Atomic(false) }

  /// Runs `body` while each processor has a thread that does nothing but use it.
  private static func beside<R>(_ body: () throws -> R) throws -> R {
    let flag = Flag()
    var result: Result<R, any Error>?
    Thread.sideBySide(System.processorCount + 1) { _ in
      while !flag.isOver.load(ordering: .relaxed) {}
    } meanwhile: {
      result = Result { try body() }
      flag.isOver.store(true, ordering: .relaxed)
    }
    guard let result else { throw NotMeasured(description: "the machine gave no threads") }
    return try result.get()
  }

  private static func line(_ name: String, _ runs: [Learned], beside known: LearnedMachine?) -> Line {
    let same = runs.count { $0.machine.edges == known?.edges && $0.machine.sockets == known?.sockets }
    let inputs = Int64(runs.reduce(0) { $0 + $1.inputs })
    let used = runs.reduce(0) { $0 + $1.used } / inputs
    return Line(
      name: name, nanoseconds: runs.map(\.time).sorted()[runs.count / 2],
      ratio:
        "the same machine from \(same) of \(runs.count) seeds; \(micro(used)) of processor time, the kernel's with it,"
        + " for each of \(grouped(runs[0].inputs)) inputs")
  }
}
