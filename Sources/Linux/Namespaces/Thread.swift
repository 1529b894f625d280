import Glibc
internal import SystemPackage

/// A thread for one errand that nobody else's work may share.
///
/// A namespace is a thread's, and a Swift task does not choose its thread: whatever changes a thread's
/// namespace does so here, on one that is thrown away.
enum Thread {
  /// Runs `body` on a new thread and returns when that thread has ended.
  ///
  /// `body` need not be `Sendable`: the caller stands still meanwhile, so nothing runs beside it.
  ///
  /// - Throws: EAGAIN where no thread could be made; `body` has not run then.
  ///
  /// The corresponding C functions are `pthread_create` and `pthread_join`.
  static func run(_ body: () -> Void) throws(Errno) {
    let number = withoutActuallyEscaping(body) { body in
      let errand = Errand(body)
      // Whatever happens, no one may hold the closure when this scope ends: it would trap.
      defer { errand.body = nil }
      var thread = pthread_t()
      let number = unsafe pthread_create(
        &thread, nil,
        { context in
          guard let context = unsafe context else { return nil }
          let errand = unsafe Unmanaged<Errand>.fromOpaque(context).takeUnretainedValue()
          errand.body?()
          return nil
        }, Unmanaged.passUnretained(errand).toOpaque())
      if number == 0 { _ = pthread_join(thread, nil) }
      // Keeps the errand alive for the thread, which holds it unretained.
      withExtendedLifetime(errand) {}
      return number
    }
    if number != 0 { throw Errno(rawValue: number) }
  }

  private final class Errand {
    var body: (() -> Void)?
    init(_ body: @escaping () -> Void) { self.body = body }
  }
}
