import Foundation
package import Testing

/// Runs each test on a thread of its own.
///
/// A test of the kernel mostly waits, in calls that block its thread. The pool that tests run on has a thread for each
/// processor: two such tests would keep everything else from running.
package struct OwnThread: SuiteTrait, TestTrait, TestScoping {
  fileprivate var room: Room?
  fileprivate var running: @Sendable (() -> Void) -> Void = { $0() }

  package var isRecursive: Bool { true }

  package func provideScope(
    for test: Test, testCase: Test.Case?, performing body: @Sendable () async throws -> Void
  ) async throws {
    // Whoever waits a minute needs no processor.
    let room = test.tags.contains(.slow) ? nil : room
    await room?.enter()
    let result: Result<Void, any Error>
    do {
      try await withTaskExecutorPreference(Executor(running)) { try await body() }
      result = .success(())
    } catch {
      result = .failure(error)
    }
    await room?.leave()
    try result.get()
  }

  private final class Executor: TaskExecutor {
    private let running: @Sendable (() -> Void) -> Void

    init(_ running: @escaping @Sendable (() -> Void) -> Void) { self.running = running }

    func enqueue(_ job: consuming ExecutorJob) {
      let job = UnownedJob(job)
      Thread.detachNewThread { [self] in
        running { unsafe job.runSynchronously(on: asUnownedTaskExecutor()) }
      }
    }
  }
}

extension Trait where Self == OwnThread {
  /// Runs each test on a thread of its own.
  ///
  /// - Parameters:
  ///   - room: limits how many of these tests run at a time, but for slow ones.
  ///   - running: runs a test on that thread.
  package static func onItsOwnThread(
    in room: Room? = nil, running: @escaping @Sendable (() -> Void) -> Void = { $0() }
  ) -> Self {
    Self(room: room, running: running)
  }

  /// Runs each test on a thread of its own.
  package static var onItsOwnThread: Self { Self() }
}
