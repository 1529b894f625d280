import Linux
import Synchronization

/// Kernels that are built and wait for a guest: the next is built while one runs.
final class ChangeQueue: Sendable {
  struct Item: Sendable {
    var kernel: ChangedKernel
    var image: String
    var buildSeconds: Int
  }

  private struct State {
    var items: [Item] = []
    var workers = 0
    var isOver = false
  }

  private let state = Mutex(State())
  private let most: Int

  /// - Parameter most: the number that may wait.
  init(most: Int) { self.most = most }

  /// Waits for room. Where no thread takes anything, the queue holds all.
  func add(_ item: Item) {
    while state.withLock({ $0.workers > 0 && $0.items.count >= most }), !Signals.isPending {
      Clock.sleep(nanoseconds: 100_000_000)
    }
    state.withLock { $0.items.append(item) }
  }

  /// Nothing is added any more.
  func finish() { state.withLock { $0.isOver = true } }

  /// Takes one after the other until there are no more.
  func work(_ body: (Item) -> Void) {
    state.withLock { $0.workers += 1 }
    defer { state.withLock { $0.workers -= 1 } }
    while !Signals.isPending {
      let next = state.withLock { state in
        (item: state.items.isEmpty ? nil : state.items.removeFirst(), isOver: state.isOver)
      }
      if let item = next.item {
        body(item)
      } else if next.isOver {
        return
      } else {
        Clock.sleep(nanoseconds: 100_000_000)
      }
    }
  }
}
