import Foundation
import Kinds
import Linux
import Synchronization
import SystemPackage
import Testing

@Suite(.tags(.kernel), .onItsOwnThread) struct ChildProcessTests {
  @Test func aProgramThatIsNotThereIsToldByErrno() {
    #expect(throws: Errno.noSuchFileOrDirectory) { _ = try ChildProcess(["no-such-program-anywhere"]) }
    #expect(throws: Errno.permissionDenied) { _ = try ChildProcess(["/"]) }
  }

  @Test func whatItWritesAndHowItEndsIsTold() throws {
    let output = try MemoryFile(named: "output")
    let errors = try MemoryFile(named: "errors")
    let child = try ChildProcess(
      ["sh", "-c", "echo out; echo err >&2; exit 7"], output: output.descriptor.rawValue,
      errors: errors.descriptor.rawValue)
    #expect(child.wait() == .exited(status: 7))
    #expect(try output.contents() == Array("out\n".utf8) && errors.contents() == Array("err\n".utf8))
  }

  /// A service manager that asks for the end reaches it, though this process puts the signal off.
  /// However long it takes to come to it: the test waits for the time to pass, not for the clock.
  /// That of what it has started, too.
  @Test(arguments: ["while :; do :; done", "(while :; do :; done) & wait"])
  func itsTimeOnProcessorsGrowsWhileItWorksAndIsGoneWithIt(script: String) throws {
    let child = try ChildProcess(["sh", "-c", script])
    var times: [Int64] = [0]
    while times.count < 3 {
      Clock.sleep(nanoseconds: 10_000_000)
      let time = child.processorTime
      #expect(time >= times[times.count - 1])
      if time > times[times.count - 1] { times.append(time) }
    }
    child.end()
    // Its own children are killed with it, and may need a moment.
    var tries = 0
    while child.processorTime > 0, tries < 1000 {
      Clock.sleep(nanoseconds: 10_000_000)
      tries += 1
    }
    let last = child.processorTime
    #expect(last == 0)
  }

  @Test func noSignalIsBlockedInIt() throws {
    let output = try MemoryFile(named: "output")
    let end = try Signals.deferring {
      let child = try ChildProcess(
        ["grep", "SigBlk", "/proc/self/status"], output: output.descriptor.rawValue)
      return child.wait()
    }
    #expect(end == .exited(status: 0))
    let text = String(decoding: try output.contents(), as: UTF8.self)
    #expect(text.split(whereSeparator: \.isWhitespace).last == "0000000000000000", "\(text)")
  }

  @Test func aDescriptorThatIsGivenHasItsNumberAndNoOther() throws {
    let given = try MemoryFile(named: "given", Array("text".utf8))
    let kept = try MemoryFile(named: "kept")
    let output = try MemoryFile(named: "output")
    let script = "cat \(given.path); test -e \(kept.path) && echo leaked"
    let child = try ChildProcess(
      ["sh", "-c", script], output: output.descriptor.rawValue, inherited: [given.descriptor.rawValue])
    _ = child.wait()
    #expect(String(decoding: try output.contents(), as: UTF8.self) == "text")
  }

  /// PR_SET_PDEATHSIG is bound to the thread that made the child, not to the process.
  @Test func itOutlivesTheThreadThatStartedIt() throws {
    let id = Mutex<CInt>(0)
    let thread = Foundation.Thread {
      if let child = try? ChildProcess(["sleep", "1000"]) { id.withLock { $0 = child.id } }
    }
    thread.start()
    while !thread.isFinished { usleep(1000) }
    let child = id.withLock { $0 }
    try #require(child > 0)
    // The kernel sends the signal while the thread ends, soon after it is said to have finished.
    usleep(300_000)
    let state = try String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)
    #expect(state.contains(") S"), "\(state)")
    kill(child, SIGKILL)
    waitpid(child, nil, 0)
  }
}
