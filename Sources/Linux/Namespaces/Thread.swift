import Glibc
internal import SystemPackage

/// A thread for one errand that nobody else's work may share.
///
/// A namespace is a thread's, and a Swift task does not choose its thread: whatever changes a thread's
/// namespace does so here, on one that is thrown away.
package enum Thread {
  /// Runs `body` on the caller's thread and `others` on as many new ones beside it, each with its number from 1;
  /// returns when all have ended. Where the machine gives fewer threads, fewer run.
  ///
  /// The corresponding C functions are `pthread_create` and `pthread_join`.
  package static func sideBySide(
    _ count: Int, others: @escaping @Sendable (Int) -> Void, meanwhile body: () -> Void
  ) {
    var threads: [pthread_t] = []
    var errands: [Errand] = []
    for number in 0..<max(0, count - 1) {
      let errand = Errand { others(number + 1) }
      guard let thread = try? start(errand) else { break }
      errands.append(errand)
      threads.append(thread)
    }
    body()
    for thread in threads { pthread_join(thread, nil) }
    withExtendedLifetime(errands) {}
  }

  /// Runs `body` on a new thread and returns when that thread has ended.
  ///
  /// `body` need not be `Sendable`: the caller stands still meanwhile, so nothing runs beside it.
  ///
  /// - Throws: EAGAIN where no thread could be made; `body` has not run then.
  ///
  /// The corresponding C functions are `pthread_create` and `pthread_join`.
  static func run(_ body: () -> Void) throws(Errno) {
    let error: Errno? = withoutActuallyEscaping(body) { body in
      let errand = Errand(body)
      // Whatever happens, no one may hold the closure when this scope ends: it would trap.
      defer { errand.body = nil }
      do throws(Errno) {
        pthread_join(try start(errand), nil)
      } catch {
        return error
      }
      // Keeps the errand alive for the thread, which holds it unretained.
      withExtendedLifetime(errand) {}
      return nil
    }
    if let error { throw error }
  }

  /// A thread that runs the errand, which the caller keeps alive until it has joined the thread.
  static func start(_ errand: Errand) throws(Errno) -> pthread_t {
    var thread = pthread_t()
    let number = unsafe pthread_create(
      &thread, nil,
      { context in
        guard let context = unsafe context else { return nil }
        let errand = unsafe Unmanaged<Errand>.fromOpaque(context).takeUnretainedValue()
        errand.body?()
        return nil
      }, Unmanaged.passUnretained(errand).toOpaque())
    if number != 0 { throw Errno(rawValue: number) }
    return thread
  }

  final class Errand {
    fileprivate var body: (() -> Void)?
    init(_ body: @escaping () -> Void) { self.body = body }
  }
}
