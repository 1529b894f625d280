import ChangedKernels
import Guests
import Linux
import Synchronization
import SystemPackage

/// Builds and runs changed kernels, and keeps the result of each.
struct ChangeRun: Sendable {
  var tree: KernelTree
  var records: GuestRecords
  var baseline: BaselineRecord
  /// Guests at the same time.
  var jobs = 1
  /// True if what has a result is run again.
  var again = false
  /// True if nothing is run: only what has a result counts.
  var onlyKept = false

  private var folder: String { tree.work + "/results" }

  /// The results of these, in their order; of those that an interruption left out, none.
  ///
  /// - Parameters:
  ///   - isControl: true if they are the unchanged kernel.
  ///   - next: the next one, until there are enough: it is given how many were run.
  func run(isControl: Bool = false, _ next: (_ wasRun: Int) -> ChangedKernel?) -> [ChangeResult] {
    var order: [String] = []
    let results = KeptResults()
    let queue = ChangeQueue(most: jobs)
    let work: @Sendable (ChangeQueue.Item) -> Void = { item in
      let result = runGuest(item)
      if !Signals.isPending { results.keep(result, in: self) }
    }
    Linux.Thread.sideBySide(jobs + 1) { _ in
      queue.work(work)
    } meanwhile: {
      var wasRun = 0
      while !Signals.isPending, let kernel = next(wasRun) {
        order.append(kernel.id)
        if let kept = kept(kernel) {
          results.add(kept)
          if kept.wasRun { wasRun += 1 }
          continue
        }
        if onlyKept { continue }
        switch isControl ? control(kernel) : build(kernel) {
        case .success(let item):
          wasRun += 1
          queue.add(item)
        case .failure(let left):
          if !Signals.isPending { results.keep(left.result, in: self) }
        }
      }
      queue.finish()
      queue.work(work)
    }
    return order.compactMap { results[$0] }
  }

  /// The results so far, by the changes' names.
  private final class KeptResults: Sendable {
    private let results = Mutex<[String: ChangeResult]>([:])

    subscript(id: String) -> ChangeResult? { results.withLock { $0[id] } }

    func add(_ result: ChangeResult) { results.withLock { $0[result.id] = result } }

    /// Adds it, writes it to its file and tells of it.
    func keep(_ result: ChangeResult, in run: ChangeRun) {
      run.write(result)
      add(result)
      tell("\(result.id): \(ChangeRun.told(result))")
    }
  }

  private struct Left: Error { var result: ChangeResult }

  /// The unchanged kernel, in a file of its own.
  private func control(_ kernel: ChangedKernel) -> Result<ChangeQueue.Item, Left> {
    do {
      return .success(
        ChangeQueue.Item(kernel: kernel, image: try tree.copyOfFirst(as: kernel.id), buildSeconds: 0))
    } catch {
      var result = kernel.result(.noRecord)
      result.lines = ["\(error)"]
      return .failure(Left(result: result))
    }
  }

  private func build(_ kernel: ChangedKernel) -> Result<ChangeQueue.Item, Left> {
    guard !kernel.edits.isEmpty else { return .failure(Left(result: kernel.result(.notInThisKernel))) }
    let began = Clock.monotonic()
    do {
      switch try tree.build(kernel.edits, as: kernel.id) {
      case .image(let path):
        return .success(
          ChangeQueue.Item(kernel: kernel, image: path, buildSeconds: Self.seconds(since: began)))
      case .notCompiled: return .failure(Left(result: kernel.result(.notCompiled)))
      case .sameCode: return .failure(Left(result: kernel.result(.sameCode)))
      }
    } catch {
      // That says nothing of the change: it is built again the next time.
      var result = kernel.result(.noRecord)
      result.lines = ["\(error)"]
      return .failure(Left(result: result))
    }
  }

  private func runGuest(_ item: ChangeQueue.Item) -> ChangeResult {
    let began = Clock.monotonic()
    var result = item.kernel.result(.noRecord)
    do {
      let record = try records.record(of: try Image(at: item.image), seed: item.kernel.seed).record
      try baseline.keep(record, as: item.kernel.id, in: tree.work)
      let difference = baseline.difference(from: record)
      result.first = difference.changes.first
      result.changes = difference.changes.count
      result.lines = difference.changes.dropFirst().prefix(9).map {
        "\($0.section): \($0.behaviour): \($0.before) / \($0.after)"
      }
      result.outcome = difference.changes.isEmpty ? (difference.isDecided ? .same : .noRecord) : .found
    } catch let error as GuestError {
      result.lines = error.description.split(separator: "\n").map(String.init)
      switch error.kind {
      case .panic, .panicAtBoot: result.outcome = .panic
      case .hang: result.outcome = .hang
      case .noResult, .noKernel: break
      }
    } catch let error as NoRecord {
      result.lines = error.description.split(separator: "\n").map(String.init)
      if error.hasGivenUp { result.outcome = .failed }
    } catch { result.lines = ["\(error)"] }
    result.baseline = baseline.sum
    result.buildSeconds = item.buildSeconds
    result.runSeconds = Self.seconds(since: began)
    WholeFile.remove(file: item.image)
    return result
  }

  // MARK: Kept results

  private func path(_ id: String) -> String { "\(folder)/\(id).json" }

  /// The result of an earlier run for the same record and program; nil if there is none.
  private func kept(_ kernel: ChangedKernel) -> ChangeResult? {
    guard !again, let bytes = try? WholeFile.read(path(kernel.id), limit: 1 << 20),
      let result = ChangeResult(reading: bytes), result.outcome != .noRecord,
      !result.wasRun || result.baseline == baseline.sum
    else { return nil }
    // The words of a change may be others by now.
    var kept = kernel.result(result.outcome)
    kept.first = result.first
    kept.changes = result.changes
    kept.lines = result.lines
    kept.buildSeconds = result.buildSeconds
    kept.runSeconds = result.runSeconds
    kept.baseline = result.baseline
    return kept
  }

  private func write(_ result: ChangeResult) {
    do {
      let file = try WholeFile.create(path(result.id))
      try WholeFile.write(result.json, to: file.rawValue)
    } catch { tell("\(path(result.id)): \(error)") }
  }

  private static func told(_ result: ChangeResult) -> String {
    let place = "\(result.function)() line \(result.line), \(result.what)"
    let seconds = result.wasRun ? " (\(result.buildSeconds) s to build, \(result.runSeconds) s to run)" : ""
    let first = result.first.map { "\($0.section): \($0.behaviour): \($0.before) / \($0.after)" }
    let rest = result.changes > 1 ? ", \(result.changes) in all" : ""
    let detail = (first ?? result.lines.first).map { ": \($0)\(rest)" } ?? ""
    return "\(result.outcome.rawValue): \(place)\(detail)\(seconds)"
  }

  private static func seconds(since began: Int64) -> Int { Int((Clock.monotonic() - began) / 1_000_000_000) }
}
