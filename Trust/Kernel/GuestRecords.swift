import ChangedKernels
import Guests
import Linux
import Records
import Scenarios

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

  func record(of image: Image, seed: Int = 42) throws -> (record: Record, result: Guest.Result) {
    var guest = Guest(image, arguments: words, program: program)
    guest.processorLimit = limit
    guest.limit = limit * 100
    guest.seed = seed
    let result = try guest.run()
    let text = String(decoding: result.output, as: UTF8.self)
    do {
      var record = try Record(reading: text, name: image.path)
      record.add(kernelMessages: result.kernelLog.complaints)
      return (record, result)
    } catch {
      throw GuestError("the guest gave no record (exit status \(result.status)): \(error)\(result.console)")
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

  /// Makes it, or reads it where the same was made before: it must be the same for other random numbers.
  static func make(
    _ records: GuestRecords, of image: Image, in work: String, progress: (String) -> Void
  ) throws -> BaselineRecord {
    let sum = try records.sum(of: image)
    let place = "\(work)/baseline-\(sum).md"
    if WholeFile.isThere(place) {
      let text = String(decoding: try WholeFile.read(place, limit: 1 << 26), as: UTF8.self)
      return BaselineRecord(record: try Record(reading: text, name: place), sum: sum)
    }
    progress("making the record of the unchanged kernel")
    let (first, result) = try records.record(of: image)
    progress("\(first.count) behaviours in \(result.wallTime / 1_000_000_000) s")
    let baseline = BaselineRecord(record: first, sum: sum)
    for seed in [43, 44] {
      let (again, result) = try records.record(of: image, seed: seed)
      let changes = baseline.difference(from: again).changes
      guard changes.isEmpty else {
        let lines = changes.prefix(10).map { "  \($0.section): \($0.behaviour): \($0.before) / \($0.after)" }
        throw BuildCommand.Fault(
          description:
            "the unchanged kernel differs from itself with other random numbers, so that no difference"
            + " would mean anything:\n" + lines.joined(separator: "\n"))
      }
      progress("the record is the same with other random numbers (\(result.wallTime / 1_000_000_000) s)")
    }
    let file = try WholeFile.create(place)
    try WholeFile.write(Array(first.markdown.utf8), to: file.rawValue)
    return baseline
  }

  /// The changes of another record, in the order of who notices them.
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
    return (changes + settings, comparison.isDecided)
  }
}
