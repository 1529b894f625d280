package import TCP

/// A packetdrill script: calls of one end, which are made on a real kernel, and the segments that this end gets and must send.
package struct Script: Equatable, Sendable {
  /// The file's name as it was given.
  package var name: String
  package var settings: ScriptSettings
  /// Commands before the first event, and all events, in the order of the file.
  package var preparation: [ShellCommand]
  package var events: [Event]
  /// Everything that was not read. A script with such a part is not run.
  package var unread: [Page.Unread]

  package init(
    name: String, settings: ScriptSettings = ScriptSettings(), preparation: [ShellCommand] = [],
    events: [Event] = [], unread: [Page.Unread] = []
  ) {
    self.name = name
    self.settings = settings
    self.preparation = preparation
    self.events = events
    self.unread = unread
  }

  /// One thing that happens, or must happen.
  package struct Event: Equatable, Sendable {
    /// The line of the file that it begins in, counted from 1.
    package var line: Int
    /// The event as it stands in the file, on one line.
    package var text: String
    package var time: ScriptTime
    package var action: Action

    package init(line: Int, text: String, time: ScriptTime, action: Action) {
      self.line = line
      self.text = text
      self.time = time
      self.action = action
    }
  }

  package enum Action: Equatable, Sendable {
    /// A call of the kernel's end, with its result.
    case call(ScriptCall)
    /// A segment that the other end sends: it is forged.
    case inbound(ScriptPacket)
    /// A segment that the kernel must send next.
    case outbound(ScriptPacket)
    /// Statements about TCP_INFO of the connection.
    case code([CodeStatement])
    case shell([ShellCommand])
  }
}

/// The time of an event.
package enum ScriptTime: Equatable, Sendable {
  /// Since the beginning of the script.
  case absolute(Duration)
  /// Since the previous event.
  case relative(Duration)
  case absoluteRange(Duration, Duration)
  case relativeRange(Duration, Duration)
  /// At any time: of outbound segments only.
  case any
}

/// A packet in a script: a segment, or an ICMP error.
package enum ScriptPacket: Equatable, Sendable {
  case segment(ScriptSegment)
  case error(ScriptError)
}

/// An ICMP error about what the kernel has sent.
package struct ScriptError: Equatable, Sendable {
  /// The words of type and code: `unreachable`, `frag_needed`.
  package var type: String
  package var code: String?
  package var mtu: Int?
  /// The sequence number of the segment that it is about, in the script's numbers.
  package var start: UInt32

  package init(type: String, code: String? = nil, mtu: Int? = nil, start: UInt32 = 0) {
    self.type = type
    self.code = code
    self.mtu = mtu
    self.start = start
  }
}

/// The options at the head of a script, and what a script has where it says nothing.
package struct ScriptSettings: Equatable, Sendable {
  package var family = Family.ipv4
  /// True if the sockets are IPv6, and the packets IPv4.
  package var isMapped = false
  package var local = Address(192, 168, 0, 1)
  package var remote = Address(192, 0, 2, 1)
  /// The network that is reached through the device.
  package var network: Network { Network(of: remote, bits: family == .ipv4 ? 24 : 32) }
  /// The router that the remote address is reached by.
  package var gateway = Address(192, 168, 0, 1)
  package var mtu = 1500
  /// The size of the segments that a large inbound segment is made of; nil for one that is not cut.
  package var segmentSize: Int?
  package var bindPort: UInt16 = 8080
  package var connectPort: UInt16 = 8080
  /// The allowed distance from the script's time, and the part of the time that is allowed besides.
  package var tolerance = Duration.milliseconds(4)
  package var tolerancePart = 0.125
  /// The addition for the kernel's clock where a timer ends: its lengths are rounded to ticks, and scripts are written for
  /// a thousand of them in a second.
  package var tickTolerance = Duration.zero
  /// The length of a tick of outbound timestamps; nil where their values are not compared.
  package var timestampTick: Duration?
  /// True if the echo of a timestamp that the script did not show is computed from the first one.
  package var scalesEchoes = false
  /// True if several segments may not stand for one.
  package var isStrict = false

  package init() {}

  /// The same for a script of IPv6.
  package static var ipv6: ScriptSettings {
    var settings = ScriptSettings()
    settings.family = .ipv6
    settings.local = Address(groups: (0xfd3d, 0x0a0b, 0x17d6, 0, 0, 0, 0, 1))
    settings.remote = Address(groups: (0xfd3d, 0xfa7b, 0xd17d, 0, 0, 0, 0, 1))
    settings.gateway = Address(groups: (0xfd3d, 0x0a0b, 0x17d6, 0x8888, 0, 0, 0, 1))
    settings.mtu = 1520
    return settings
  }
}
