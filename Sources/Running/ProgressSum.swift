import Scenarios
import Synchronization

/// The progress of several lists that are run at the same time, as one.
final class ProgressSum: Sendable {
  private let parts: Mutex<[RunsProgress]>
  private let tell: @Sendable (RunsProgress) -> Void

  init(of counts: [Int], tell: @escaping @Sendable (RunsProgress) -> Void) {
    parts = Mutex(counts.map { RunsProgress(total: $0) })
    self.tell = tell
  }

  func take(_ progress: RunsProgress, of place: Int) {
    let all = parts.withLock { parts in
      parts[place] = progress
      return parts
    }
    tell(
      RunsProgress(
        done: all.reduce(0) { $0 + $1.done }, total: all.reduce(0) { $0 + $1.total },
        waiting: all.flatMap(\.waiting)))
  }
}
