import Documents
import Linux
import SystemPackage
import TCP
import Traces

/// One host with one device. tcpprobe reads what the kernel sends on it, and writes what the script's peer sends.
final class ScriptHost {
  /// The name that scripts have for the device.
  private static let name = "tun0"

  let settings: ScriptSettings
  private let host: Host
  private let device: Box<Tunnel>
  /// Sees what the kernel sends, with the time at which it did.
  private let capture: Box<PacketCapture>
  /// Values of sysctls that come back.
  private var kept: [(name: String, value: String)] = []
  private var counters: CounterReading?
  /// The congestion control that each socket gets; nil for the namespace's own.
  private(set) var congestion: String?

  init(_ settings: ScriptSettings) throws {
    self.settings = settings
    host = try Host(private: ())
    device = try Self.device(in: host, settings)
    capture = try Self.capture(of: device.value.interface, in: host)
    // A kernel that is not told otherwise has cubic, and scripts expect it.
    let own = try host.enter { try Sysctl.read("net.ipv4.tcp_congestion_control") }
    congestion = ["cubic", "reno"].contains(own) ? nil : "cubic"
  }

  private static func device(in host: Host, _ settings: ScriptSettings) throws -> Box<Tunnel> {
    let bits = settings.family == .ipv4 ? 16 : 48
    return try host.enter {
      let device = Box(try Tunnel.open(name: Self.name, isCutting: true))
      let interface = device.value.interface
      try interface.setMTU(settings.mtu)
      try interface.bringUp()
      try interface.add(settings.local, prefix: bits)
      try interface.addRoute(to: settings.network.address, prefix: settings.network.bits)
      return device
    }
  }

  private static func capture(of interface: Interface, in host: Host) throws -> Box<PacketCapture> {
    try host.enter { Box(try PacketCapture.open(interface: CInt(interface.index))) }
  }

  /// A socket that was closed in the middle of a run would keep the namespace for minutes.
  deinit { try? host.enter { try Sysctl.write("net.ipv4.tcp_orphan_retries", "1") } }

  func enter<R: ~Copyable>(_ body: () throws -> R) throws -> R { try host.enter(body) }

  /// The descriptor that can be read once the kernel has sent something.
  var descriptors: [CInt] { [device.value.descriptor.rawValue, capture.value.rawValue] }

  func send(_ bytes: [UInt8]) throws(Errno) {
    // Only TCP is cut.
    let isTCP = bytes.count > 9 && (bytes[0] >> 4 == 4 ? bytes[9] : bytes[6]) == 6
    try device.value.write(bytes, segmentSize: isTCP ? settings.segmentSize : nil)
  }

  /// The next packet that the kernel sent, with its time; nil where there is none.
  func next() throws(Errno) -> (bytes: [UInt8], time: Int64)? {
    // The device gives only copies of the packets that the capture has.
    while try device.value.read() != nil {}
    while let packet = try capture.value.next() {
      if packet.outgoing { return (packet.bytes, packet.time) }
    }
    return nil
  }

  /// The number of packets that the kernel sent and that were not seen.
  func lost() throws(Errno) -> Int { try capture.value.lost() }

  /// Carries out a command.
  ///
  /// - Returns: nil, or the reason why it cannot be carried out here.
  func carryOut(_ command: ShellCommand) throws -> Reason? {
    do {
      return try enter { try carryOutInside(command) }
    } catch let error as Errno {
      return .other("\(command): \(error.explained)")
    }
  }

  private func carryOutInside(_ command: ShellCommand) throws -> Reason? {
    switch command {
    case .set(let name, let value, let isKept): return try set(name, value, isKept: isKept)
    case .restore:
      for (name, value) in kept.reversed() { try Sysctl.write(name, value) }
      kept = []
    case .forgetPeers: try DestinationMetrics.open().forgetAll()
    case .queue(.none): try? device.value.interface.removeQueue()
    case .queue(.discipline(let name, let limit)): return try setQueue(name, limit: limit)
    case .route(let network, let acksAtOnce, let leastTimeout):
      try device.value.interface.addRoute(
        to: network.address, prefix: network.bits, leastTimeout: leastTimeout, acksAtOnce: acksAtOnce,
        replaces: true)
    case .mtu(let size): try device.value.interface.setMTU(size)
    case .offloads(let tcp, let generic):
      if let tcp { try device.value.interface.set(.tcpSegmentation, tcp) }
      if let generic { try device.value.interface.set(.genericSegmentation, generic) }
    case .resetCounters: counters = try CounterReading.now()
    case .counter: break
    }
    return nil
  }

  private func setQueue(_ name: String, limit: Int?) throws(Errno) -> Reason? {
    do throws(Errno) {
      try device.value.interface.setQueue(name, limit: limit)
      return nil
    } catch {
      guard error == .noSuchFileOrDirectory else { throw error }
      return .notOnThisKernel("there is no queue discipline \(name)")
    }
  }

  /// The growth of each counter since they were set back, or since the beginning, by nstat's names.
  func movedCounters() throws -> [String: Int] {
    let now = try enter { try CounterReading.now() }
    let moved = now.moved(since: counters ?? now)
    return Dictionary(moved.map { ($0.key.filter { $0 != "." }, $0.value) }) { first, _ in first }
  }

  func rememberCounters() throws { counters = try enter { try CounterReading.now() } }

  private func set(_ name: String, _ value: String, isKept: Bool) throws -> Reason? {
    if name == "net.ipv4.tcp_congestion_control" { return try setCongestion(value) }
    do throws(Errno) {
      let before = isKept ? try? Sysctl.read(name) : nil
      try Sysctl.write(name, value)
      if let before { kept.append((name, before)) }
      return nil
    } catch {
      if Self.dispensable.contains(name) { return nil }
      switch error {
      case .noSuchFileOrDirectory:
        return .notOnThisKernel("this kernel, or a namespace of it, has no \(name)")
      case .permissionDenied, .notPermitted: return .needs("a kernel that lets a namespace set \(name)")
      default: return .notOnThisKernel("it takes no \(value) for \(name)")
      }
    }
  }

  /// Settings of the common preparation without which scripts are the same: kernels that lack them never did otherwise.
  private static let dispensable: Set = [
    "net.ipv4.tcp_fack", "net.ipv4.tcp_ecn_option", "net.ipv4.tcp_frto", "net.ipv4.tcp_fastopen_key",
  ]

  /// The sockets get it one by one: a namespace may not have a default that the machine restricts.
  private func setCongestion(_ name: String) throws -> Reason? {
    guard try Sysctl.isAcceptable(name, for: "net.ipv4.tcp_congestion_control") else {
      let available = try Sysctl.read("net.ipv4.tcp_available_congestion_control")
      return .notOnThisKernel("the congestion control \(name) is not available: \(available) are")
    }
    congestion = name
    return nil
  }
}
