import Kinds
import Linux
import SystemPackage
import Testing

@Suite(.tags(.kernel), .onItsOwnThread) struct SystemTests {
  @Test func theMonotonicClockDoesNotGoBack() {
    let first = Clock.monotonic()
    Clock.sleep(nanoseconds: 1000)
    #expect(Clock.monotonic() >= first + 1000)
  }

  @Test func theTwoClocksDifferByTheTimeOfDay() {
    // 2020, in nanoseconds since 1970.
    #expect(Clock.monotonic() + Clock.realtimeOffset() > 1_577_836_800_000_000_000)
  }

  @Test func theKernelTellsWhatItIs() throws {
    #expect(try System.release == Sysctl.read("kernel.osrelease"))
    #expect(["x86_64", "aarch64"].contains(System.machine))
    #expect(System.pageSize >= 4096)
    #expect(System.processorCount >= 1)
    #expect([100, 250, 300, 1000].contains(System.ticksPerSecond))
    #expect(try !System.executable().isEmpty)
  }
}
