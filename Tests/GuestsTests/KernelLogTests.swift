import Guests
import Kinds
import Testing

/// The console of a guest. The lines are those of Linux 6.12, shortened.
@Suite(.tags(.pure)) struct KernelLogTests {
  private static let warning = """
    [    0.512345] Run /init as init process
    [    4.000001] ------------[ cut here ]------------
    [    4.000002] WARNING: CPU: 0 PID: 43 at net/ipv4/tcp_input.c:3190 tcp_ack+0x1b2/0x1340
    [    4.000003] CPU: 0 UID: 0 PID: 43 Comm: init Not tainted 6.12.118 #1
    [    4.000004] RIP: 0010:tcp_ack+0x1b2/0x1340
    [    4.000005] ---[ end trace 0000000000000000 ]---
    """

  private static let panic = """
    [    5.000001] BUG: kernel NULL pointer dereference, address: 0000000000000018
    [    5.000002] #PF: supervisor read access in kernel mode
    [    5.000003] Oops: Oops: 0000 [#1] PREEMPT
    [    5.000004] CPU: 0 UID: 0 PID: 61 Comm: init Not tainted 6.12.118 #1
    [    5.000005] RIP: 0010:tcp_disconnect+0x21/0x400
    [    5.000006] RAX: 0000000000000000 RBX: ffff888001234567 RCX: 0000000000000000
    [    5.000007] Kernel panic - not syncing: Fatal exception in interrupt
    [    5.000008] Kernel Offset: disabled
    """

  @Test func aWarningIsToldWithoutWhatDiffersFromBootToBoot() {
    let log = KernelLog(of: Self.warning)
    #expect(log.complaints == ["WARNING: at net/ipv4/tcp_input.c:3190 tcp_ack"])
    #expect(!log.hasPanicked && log.causes.isEmpty)
  }

  @Test func aPanicIsToldByItsFirstLinesAndNotByRegisters() {
    let log = KernelLog(of: Self.warning + "\r\n" + Self.panic)
    #expect(log.hasPanicked)
    #expect(
      log.causes == [
        "BUG: kernel NULL pointer dereference, address: 0000000000000018", "Oops: Oops: 0000 [#1] PREEMPT",
        "RIP: 0010:tcp_disconnect+0x21/0x400", "Kernel panic - not syncing: Fatal exception in interrupt",
      ])
  }

  @Test func aPanicWithoutAnOopsIsToldByItself() {
    let log = KernelLog(
      of: "[    1.0] Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000000\n")
    #expect(log.causes == ["Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000000"])
    #expect(log.complaints.isEmpty)
  }

  @Test func aQuietConsoleSaysNothing() {
    #expect(KernelLog(of: "") == KernelLog(of: "[    0.1] Linux version 6.12\n"))
  }
}
