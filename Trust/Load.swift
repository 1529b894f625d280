import Foundation
import Linux
import Synchronization
import SystemPackage
import TCP

/// A machine that is kept busy: its cores, its memory, its TCP.
final class Load: Sendable {
  private let isOver = Atomic(false)
  private let running = Atomic(0)

  init() {
    for _ in 0..<ProcessInfo.processInfo.activeProcessorCount { begin { $0.spin() } }
    begin { $0.fillMemory() }
    begin { $0.connect() }
  }

  /// Ends it, and waits until all of it has ended.
  func end() {
    isOver.store(true, ordering: .relaxed)
    while running.load(ordering: .acquiring) > 0 { usleep(10_000) }
  }

  private func begin(_ body: @escaping @Sendable (Load) -> Void) {
    running.add(1, ordering: .relaxed)
    Foundation.Thread.detachNewThread { [self] in
      body(self)
      running.subtract(1, ordering: .releasing)
    }
  }

  private var goesOn: Bool { !isOver.load(ordering: .relaxed) }

  private func spin() {
    var value: UInt64 = 1
    while goesOn { for _ in 0..<100_000 { value = value &* 6_364_136_223_846_793_005 &+ 1 } }
    if value == 0 { print(value) }
  }

  /// A quarter of what is free, a gigabyte at most, a page at a time.
  private func fillMemory() {
    let size = min(1 << 30, Int(ProcessInfo.processInfo.physicalMemory / 4))
    var memory = [UInt8](repeating: 0, count: size)
    var place = 0
    while goesOn {
      memory[place] &+= 1
      place = (place + 4096) % size
      if place % (1 << 24) == 0 { usleep(1000) }
    }
  }

  /// 500 connections a second, each opened and reset, on the machine's own loopback.
  private func connect() {
    do {
      let listener = try Socket.tcp(.ipv4)
      try listener.bind(to: Endpoint(Address.loopback(.ipv4), 0))
      try listener.listen(backlog: 128)
      let address = try listener.localEndpoint()
      while goesOn {
        let socket = try Socket.tcp(.ipv4)
        try socket.set(.linger, to: .seconds(0))
        _ = try socket.connect(to: address)
        usleep(1500)
        _ = try? listener.accept()
      }
    } catch {
      print("no connections can be made beside it: \(error)")
    }
  }
}
