import Glibc
import Kinds
import Linux
import SystemPackage
import TCP
import Testing

/// A call that waits is known to sleep, and is ended whatever it waits for.
@Suite(
  .tags(.kernel), .onItsOwnThread,
  .enabled(if: namespacesWork, "private network namespaces cannot be made here"))
struct WaitingCallTests {
  private static let nowhere = Endpoint(.loopback(.ipv4), 9)

  @Test(arguments: [WaitingCall.Kind.receive, .poll, .epoll])
  func whatNobodyWakesIsAsleepAndEndsBySignal(kind: WaitingCall.Kind) throws {
    let pair = try loopbackNamespace().enter { try connection() }
    let call = try WaitingCall(kind, on: pair.client, remote: Self.nowhere)
    #expect(call.isAsleep(until: deadline()) == true)
    #expect(call.ending == nil)
    call.end()
    #expect(call.ending == .failed(.interrupted))
  }

  @Test(arguments: [WaitingCall.Kind.receive, .poll, .epoll])
  func aProcessThatIsStoppedAndContinuedStillWaits(kind: WaitingCall.Kind) throws {
    let pair = try loopbackNamespace().enter { try connection() }
    let call = try WaitingCall(kind, on: pair.client, remote: Self.nowhere)
    #expect(call.isAsleep(until: deadline()) == true)
    try stopAndContinue()
    #expect(call.isAsleep(until: deadline()) == true)
    #expect(call.ending == nil)
    call.end()
    #expect(call.ending == .failed(.interrupted))
  }

  @Test func aThreadedCallSleepsUntilItIsBack() throws {
    let (pipe, bell) = (try PlainCalls.pipe(), try PlainCalls.pipe())
    defer {
      for number in [pipe.reading, pipe.writing, bell.reading, bell.writing] {
        _ = try? PlainCalls.close(number)
      }
    }
    let call = try ThreadedCall(ringing: CInt(bell.writing), repeatingIf: { $0 == nil }) {
      try? PlainCalls.read(pipe.reading, 1)
    }
    #expect(call.isAsleep(until: deadline()) == true)
    #expect(try PlainCalls.write(pipe.writing, 1) == 1)
    while call.isAsleep(until: deadline()) == true {}
    #expect(call.outcome?.value == 1)
    #expect(call.isAsleep(until: deadline()) == false)
    call.end()
  }

  @Test func aThreadedCallIsMadeAgainWhereTheProcessWasStopped() throws {
    let (epoll, bell) = (try PlainCalls.makeEpoll(1), try PlainCalls.pipe())
    defer { for number in [epoll, bell.reading, bell.writing] { _ = try? PlainCalls.close(number) } }
    let call = try ThreadedCall(ringing: CInt(bell.writing), repeatingIf: { $0 == Errno.interrupted }) {
      do throws(Errno) {
        _ = try PlainCalls.waitForEpoll(epoll, most: 1, timeout: -1)
        return nil as Errno?
      } catch {
        return error
      }
    }
    #expect(call.isAsleep(until: deadline()) == true)
    try stopAndContinue()
    #expect(call.isAsleep(until: deadline()) == true)
    call.end()
    #expect(call.outcome?.value == .interrupted)
  }

  private func stopAndContinue() throws {
    let own = "\(getpid())"
    let stopper = try ChildProcess(["sh", "-c", "kill -STOP \(own); sleep 0.1; kill -CONT \(own)"])
    #expect(stopper.wait() == .exited(status: 0))
  }

  @Test func whatHasSomethingToReadDoesNotSleep() throws {
    let pair = try loopbackNamespace().enter { try connection() }
    #expect(try pair.server.send([1, 2, 3]) == 3)
    let call = try WaitingCall(.receive, on: pair.client, remote: Self.nowhere)
    while call.ending == nil, call.isAsleep(until: deadline()) == true {}
    #expect(call.ending == .returned(3))
  }

  @Test func dataWakesIt() throws {
    let pair = try loopbackNamespace().enter { try connection() }
    let call = try WaitingCall(.poll, on: pair.client, remote: Self.nowhere)
    #expect(call.isAsleep(until: deadline()) == true)
    #expect(try pair.server.send([1]) == 1)
    #expect(call.isAsleep(until: deadline()) == false)
    #expect(call.ending == .returned(Int(Readiness.input.rawValue)))
  }

  @Test func bitsAreWrittenByTheirNames() throws {
    #expect(Readiness([.input, .readHangUp, .hangUp]).description == "IN HUP RDHUP")
    #expect(Readiness([]).description == "nothing")
    let socket = try loopbackNamespace().enter { try Socket.tcp(.ipv4) }
    #expect(try socket.polled() == [.output, .hangUp])
    #expect(try socket.epolled() == [.output, .hangUp])
  }
}
