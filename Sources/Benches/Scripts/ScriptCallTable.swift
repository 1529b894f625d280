import Documents
import Linux
import SystemPackage
import TCP
import Traces

extension ScriptArguments {
  /// The call, ready to be made.
  func calling() throws(ScriptCalling.Unsupported) -> ScriptCalling {
    switch call.name {
    case "socket": return try socket()
    case "bind":
      let (descriptor, endpoint) = (try descriptor(0), try self.bound(1))
      return .init(number: { () throws(Errno) in try PlainCalls.bind(descriptor, endpoint) })
    case "listen":
      let (descriptor, backlog) = (try descriptor(0), try int(1))
      return .init(number: { () throws(Errno) in try PlainCalls.listen(descriptor, backlog) })
    case "accept":
      let descriptor = try descriptor(0)
      return .init { () throws(Errno) in
        let (result, remote) = try PlainCalls.accept(descriptor)
        return .init(result: result, descriptors: [result], remote: remote)
      }
    case "connect":
      let (descriptor, endpoint) = (try descriptor(0), try address(1))
      return .init(number: { () throws(Errno) in try PlainCalls.connect(descriptor, endpoint) })
    case "close":
      let descriptor = try descriptor(0)
      return .init(number: { () throws(Errno) in try PlainCalls.close(descriptor) })
    case "shutdown":
      let (descriptor, direction) = (try descriptor(0), try int(1))
      return .init(number: { () throws(Errno) in try PlainCalls.shutdown(descriptor, direction) })
    case "fcntl":
      let (descriptor, command) = (try descriptor(0), try allowed(1, ScriptLimits.commands))
      let argument = call.arguments.count > 2 ? try int(2) : 0
      return .init(number: { () throws(Errno) in try PlainCalls.fcntl(descriptor, command, argument) })
    case "ioctl":
      let (descriptor, request) = (try descriptor(0), try allowed(1, ScriptLimits.requests))
      return .init { () throws(Errno) in
        let answer = try PlainCalls.ioctl(descriptor, request)
        return .init(result: answer.result, changed: [2: .list([.integer(answer.value)])])
      }
    case "setsockopt": return try setOption()
    case "getsockopt": return try option()
    case "poll": return try poll()
    case "epoll_create":
      let size = try int(0)
      return .init(descriptor: { () throws(Errno) in try PlainCalls.makeEpoll(size) })
    case "epoll_ctl": return try controlEpoll()
    case "epoll_wait": return try waitForEpoll()
    case "pipe":
      return .init { () throws(Errno) in
        let pipe = try PlainCalls.pipe()
        return .init(result: pipe.result, descriptors: [pipe.reading, pipe.writing])
      }
    case "splice":
      let (from, to, count, flags) = (try descriptor(0), try descriptor(2), try number(4), try int(5))
      return .init(number: { () throws(Errno) in try PlainCalls.splice(from, to, count, flags) })
    default: return try transfer()
    }
  }

  private func socket() throws(ScriptCalling.Unsupported) -> ScriptCalling {
    let isIPv6 = settings.family == .ipv6 || settings.isMapped
    let usual = ScriptConstants.values[isIPv6 ? "AF_INET6" : "AF_INET"] ?? 0
    let domain = call.arguments[0] == .ellipsis ? usual : try int(0)
    let (type, number) = (try int(1), try allowed(2, ScriptLimits.protocols))
    guard ScriptLimits.families.contains(where: { ScriptConstants.values[$0] == domain }) else {
      throw fail("sockets of family \(domain) are not made")
    }
    guard ScriptLimits.types.contains(where: { ScriptConstants.values[$0] == type & ScriptLimits.typeBits })
    else { throw fail("sockets of type \(type) are not made") }
    return .init(descriptor: { () throws(Errno) in try PlainCalls.socket(domain, type, number) })
  }

  private func bound(_ place: Int) throws(ScriptCalling.Unsupported) -> Endpoint {
    if call.arguments[place] == .ellipsis { return bindEndpoint }
    guard let endpoint = try address(place) else { throw fail("an address without a family") }
    return endpoint
  }

  private func poll() throws(ScriptCalling.Unsupported) -> ScriptCalling {
    var entries: [(descriptor: Int, events: Int)] = []
    for element in call.arguments[0].elements ?? [] {
      guard let descriptor = element[field: "fd"]?.number, let events = element[field: "events"]?.number
      else {
        throw fail("\(element) has no fd and events")
      }
      entries.append((live(try int(descriptor, "fd")), events))
    }
    let (timeout, expected, all) = (try int(2), call.arguments[0], entries)
    return .init { () throws(Errno) in
      let answer = try PlainCalls.poll(all, timeout: timeout)
      let seen = zip(expected.elements ?? [], answer.events).map { element, events in
        ScriptValue.record([
          .init("fd", element[field: "fd"] ?? .ellipsis),
          .init("events", element[field: "events"] ?? .ellipsis),
          .init("revents", .named(events, prefix: "POLL")),
        ])
      }
      return .init(result: answer.result, changed: [0: .list(seen)])
    }
  }

  private func controlEpoll() throws(ScriptCalling.Unsupported) -> ScriptCalling {
    let (epoll, order, other) = (try descriptor(0), try int(1), try descriptor(2))
    let events = call.arguments[3][field: "events"]?.number ?? 0
    // The kernel gives back what it got: the numbers of the script serve as well.
    let data = Self.dataFields.lazy.compactMap { call.arguments[3][field: $0]?.number }.first ?? 0
    return .init(number: { () throws(Errno) in
      try PlainCalls.controlEpoll(epoll, order, other, events: events, data: UInt64(bitPattern: Int64(data)))
    })
  }

  private static let dataFields = ["fd", "ptr", "u32", "u64"]

  private func waitForEpoll() throws(ScriptCalling.Unsupported) -> ScriptCalling {
    let (epoll, most, timeout) = (try descriptor(0), try int(2), try int(3))
    let field = Self.dataFields.first { call.arguments[1][field: $0] != nil } ?? "u64"
    return .init { () throws(Errno) in
      let answer = try PlainCalls.waitForEpoll(epoll, most: most, timeout: timeout)
      let seen = ScriptValue.record([
        .init("events", .named(answer.events, prefix: "EPOLL")),
        .init(field, .integer(Int(truncatingIfNeeded: answer.data))),
      ])
      return .init(result: answer.result, changed: [1: seen])
    }
  }
}

extension ScriptValue {
  /// Bits by the names of the constants with this beginning.
  static func named(_ bits: Int, prefix: String) -> ScriptValue {
    if bits == 0 { return .integer(0) }
    let known = ScriptConstants.values.filter {
      $0.key.hasPrefix(prefix) && !$0.key.hasPrefix("EPOLL_CTL") && $0.value.nonzeroBitCount == 1
    }.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    var rest = bits
    var parts: [ScriptValue] = []
    for (name, bit) in known where rest & bit != 0 {
      parts.append(.name(name))
      rest &= ~bit
    }
    if rest != 0 { parts.append(.integer(rest)) }
    return parts.count == 1 ? parts[0] : .union(parts)
  }
}
