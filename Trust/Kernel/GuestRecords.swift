import ChangedKernels
import Guests
import Linux
import Records
import Scenarios
import SystemPackage

/// The reason why a guest came to its end without a record.
struct NoRecord: Error, CustomStringConvertible {
  /// True if the program said that it could make none.
  var hasGivenUp: Bool
  var description: String
}

/// Records that guests make, as `tcpprobe kernels` lets them.
struct GuestRecords {
  /// The static program.
  var program: [UInt8]
  var isQuick = false
  /// Seconds of processor time for a guest: a machine that is busy otherwise makes no guest hang.
  var limit = 600

  private var words: [String] {
    isQuick
      ? Guest.recordCommand(isVirtual: false) + ["--quick"] : Guest.recordCommand(isVirtual: true)
  }

  func record(of image: Image, seed: Int) throws -> (record: Record, result: Guest.Result) {
    var guest = Guest(image, arguments: words, program: program)
    guest.processorLimit = limit
    guest.limit = limit * 10
    guest.seed = seed
    let result = try guest.run()
    let text = String(decoding: result.output, as: UTF8.self)
    do {
      var record = try Record(reading: text, name: image.path)
      record.add(kernelMessages: result.kernelLog.complaints)
      return (record, result)
    } catch {
      throw NoRecord(
        hasGivenUp: result.status != 0,
        description: "the guest gave no record (exit status \(result.status)): \(error)\(result.console)")
    }
  }

  /// A number made of all that a record depends on.
  func sum(of image: Image) throws -> String {
    let parts = [
      try WholeFile.read(image.path, limit: 1 << 28), program, Array(words.joined(separator: " ").utf8),
    ]
    let sum = parts.joined().reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    return String(sum, radix: 16)
  }
}

/// The record of the unchanged kernel.
struct BaselineRecord: Sendable {
  var record: Record
  /// The number made of all that it depends on.
  var sum: String
  /// Behaviours that change with the guest's random numbers alone: nothing follows from a difference of theirs.
  var unsteady: Set<String> = []

  /// The random numbers of its guest, those of all guests that it is made of, and of the first control.
  static let seed = 42
  private static let seeds = seed...seed + 3
  static let firstControl = seeds.upperBound + 1

  /// Makes it, or reads it where the same was made before.
  static func make(
    _ records: GuestRecords, of image: Image, in work: String, progress: (String) -> Void
  ) throws -> BaselineRecord {
    let sum = try records.sum(of: image)
    let places = (record: "\(work)/baseline-\(sum).md", unsteady: "\(work)/baseline-\(sum).unsteady")
    if let record = try? text(at: places.record), let unsteady = try? text(at: places.unsteady) {
      return BaselineRecord(
        record: try Record(reading: record, name: places.record), sum: sum,
        unsteady: Set(unsteady.split(separator: "\n").map(String.init)))
    }
    progress("making the record of the unchanged kernel, \(seeds.count) times")
    let (first, result) = try records.record(of: image, seed: seeds.lowerBound)
    progress("\(first.count) behaviours in \(result.wallTime / 1_000_000_000) s")
    var baseline = BaselineRecord(record: first, sum: sum)
    for seed in seeds.dropFirst() {
      let changes = baseline.difference(from: try records.record(of: image, seed: seed).record).changes
      for change in changes {
        progress(
          "random numbers \(seed): \(change.section): \(change.behaviour): \(change.before) / \(change.after)"
        )
      }
      baseline.unsteady.formUnion(changes.map(name(of:)))
    }
    guard baseline.unsteady.count * 20 < first.count else {
      throw BuildCommand.Fault(
        description:
          "\(baseline.unsteady.count) of \(first.count) behaviours of the unchanged kernel change with"
          + " the guest's random numbers; expected less than 5 %")
    }
    progress("\(baseline.unsteady.count) behaviours change with the guest's random numbers and do not count")
    try write(first.markdown, to: places.record)
    try write(baseline.unsteady.sorted().joined(separator: "\n"), to: places.unsteady)
    return baseline
  }

  /// Keeps a changed kernel's record without its traces, for `trust unmoved`, and this one beside it.
  func keep(_ record: Record, as name: String, in work: String) throws {
    let folder = try OwnFolder.make(FilePath("records-\(sum)"), below: FilePath(work))
    let baseline = "\(folder)/baseline.md"
    if !WholeFile.isThere(baseline) { try Self.write(self.record.withoutTraces.markdown, to: baseline) }
    try Self.write(record.withoutTraces.markdown, to: "\(folder)/\(name).md")
  }

  private static func text(at place: String) throws -> String {
    String(decoding: try WholeFile.read(place, limit: 1 << 26), as: UTF8.self)
  }

  private static func write(_ text: String, to place: String) throws {
    let file = try WholeFile.create(place)
    try WholeFile.write(Array(text.utf8), to: file.rawValue)
  }

  private static func name(of change: ChangeResult.First) -> String {
    "\(change.section): \(change.behaviour)"
  }

  /// The changes of another record, in the order of who notices them, without those of what is unsteady.
  func difference(from other: Record) -> (changes: [ChangeResult.First], isDecided: Bool) {
    let comparison = Comparison(record, other, by: Scenarios.catalogue)
    let changes = comparison.changes.map { change in
      ChangeResult.First(
        section: change.subject.section, behaviour: change.subject.name,
        noticedBy: ChangeKind(change.notice).rawValue, before: change.values.before,
        after: change.values.after)
    }
    let settings = comparison.settings.map { setting in
      ChangeResult.First(
        section: ChangeKind.settings.rawValue, behaviour: setting.name,
        noticedBy: ChangeKind.settings.rawValue,
        before: setting.values.before, after: setting.values.after)
    }
    return (
      (changes + settings).filter { !unsteady.contains(Self.name(of: $0)) }, comparison.isDecided
    )
  }
}
