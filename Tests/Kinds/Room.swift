/// A limit for how many tests of a kind run at a time.
package actor Room {
  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  package init(for count: Int) { free = count }

  /// Waits for a place, in the order of those who ask.
  func enter() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  func leave() {
    if waiting.isEmpty {
      free += 1
    } else {
      waiting.removeFirst().resume()
    }
  }
}
