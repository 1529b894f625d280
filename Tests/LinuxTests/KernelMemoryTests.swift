import Kinds
import Linux
import Testing

@Suite(.tags(.kernel), .onItsOwnThread) struct KernelMemoryTests {
  // /proc/net/sockstat, /proc/meminfo and /proc/slabinfo of Linux 6.18.
  static let sockets = "sockets: used 96\nTCP: inuse 3 orphan 1 tw 277 alloc 8 mem 5\nUDP: inuse 2 mem 0\n"
  static let memory =
    "MemTotal:       24683524 kB\nMemAvailable:   24095000 kB\nSlab:              35032 kB\n"
  static let slabs = """
    slabinfo - version: 2.1
    # name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables
    tw_sock_TCPv6        224    304    264   16    1 : tunables    0    0    0 : slabdata     19     19      0
    tw_sock_TCP          112    192    256   16    1 : tunables    0    0    0 : slabdata     12     12      0
    """

  @Test func figuresStandWhereTheKernelWritesThem() {
    #expect(SocketCount.inTimeWait(of: Self.sockets) == 277)
    #expect(KernelMemory.field("Slab", of: Self.memory) == 35032 * 1024)
    #expect(KernelMemory.field("MemAvailable", of: Self.memory) == 24_095_000 * 1024)
    #expect(KernelMemory.objectSize(in: "tw_sock_TCP", of: Self.slabs) == 256)
    #expect(KernelMemory.objectSize(in: "tw_sock_TCPv6", of: Self.slabs) == 264)
  }

  @Test(arguments: ["", "TCP:", "TCP: inuse 3 tw", "TCP: tw x", "Slab:", "Slab: x kB", "tw_sock_TCP 1 2"])
  func whatIsNotThereIsNoFigure(text: String) {
    #expect(SocketCount.inTimeWait(of: text) == nil)
    #expect(KernelMemory.field("Slab", of: text) == nil)
    #expect(KernelMemory.objectSize(in: "tw_sock_TCP", of: text) == nil)
  }

  @Test func thisKernelHasThem() throws {
    #expect(try (SocketCount.inTimeWait() ?? -1) >= 0)
    #expect(try (KernelMemory.available() ?? 0) > 0)
    #expect(try (KernelMemory.slabs() ?? 0) > 0)
  }
}
