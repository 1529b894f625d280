import Documents
import Linux
import SystemPackage
import TCP
import Traces

extension ScriptArguments {
  /// A call that moves data.
  func transfer() throws(ScriptCalling.Unsupported) -> ScriptCalling {
    let descriptor = try descriptor(0)
    switch call.name {
    case "read", "write":
      let (count, memory, reads) = (try count(2), self.memory(1), call.name == "read")
      return .init(number: { () throws(Errno) in
        reads
          ? try PlainCalls.read(descriptor, count, memory) : try PlainCalls.write(descriptor, count, memory)
      })
    case "recv", "recvfrom":
      let (count, memory, flags) = (try count(2), self.memory(1), try int(3))
      return .init(number: { () throws(Errno) in
        try PlainCalls.receive(descriptor, count, memory, flags: flags)
      })
    case "send":
      let (count, memory, flags) = (try count(2), self.memory(1), try int(3))
      return .init(number: { () throws(Errno) in
        try PlainCalls.send(descriptor, count, memory, flags: flags)
      })
    case "sendto":
      let (count, memory, flags, address) = (try count(2), self.memory(1), try int(3), try address(4))
      return .init(number: { () throws(Errno) in
        try PlainCalls.send(descriptor, count, memory, flags: flags, to: .some(address))
      })
    case "readv", "writev":
      let message = PlainCalls.Message(lengths: try lengths(call.arguments[1]))
      let reads = call.name == "readv"
      return .init(number: { () throws(Errno) in
        reads
          ? try PlainCalls.receive(descriptor, message, asVector: true).result
          : try PlainCalls.send(descriptor, message, asVector: true)
      })
    case "sendmsg": return try sendMessage(descriptor)
    case "recvmsg": return try receiveMessage(descriptor)
    default: throw fail("this call is not known")
    }
  }

  private func sendMessage(_ descriptor: Int) throws(ScriptCalling.Unsupported) -> ScriptCalling {
    var message = PlainCalls.Message(lengths: try lengths(call.arguments[1][field: "msg_iov"] ?? .list([])))
    message.flags = try int(2)
    if message.flags & (ScriptConstants.values["MSG_FASTOPEN"] ?? 0) != 0 {
      message.address = connectEndpoint
    }
    var pieces: [ControlData] = []
    for piece in call.arguments[1][field: "msg_control"]?.elements ?? [] {
      guard let level = piece[field: "cmsg_level"]?.number, let type = piece[field: "cmsg_type"]?.number,
        let data = piece[field: "cmsg_data"]?.number
      else { throw fail("\(piece) is no control data with a number") }
      pieces.append(
        ControlData(
          level: try int(level, "cmsg_level"), type: try int(type, "cmsg_type"),
          octets: octets(of: try int(data, "cmsg_data"))))
    }
    message.control = ControlData.octets(of: pieces)
    let final = message
    return .init(number: { () throws(Errno) in try PlainCalls.send(descriptor, final) })
  }

  private func receiveMessage(_ descriptor: Int) throws(ScriptCalling.Unsupported) -> ScriptCalling {
    let header = call.arguments[1]
    var message = PlainCalls.Message(lengths: try lengths(header[field: "msg_iov"] ?? .list([])))
    message.flags = try int(2)
    let (final, beginning) = (message, beginning)
    return .init { () throws(Errno) in
      let answer = try PlainCalls.receive(descriptor, final)
      let control = answer.control.map { ScriptValue(control: $0, beginning: beginning) }
      var fields: [ScriptValue.Field] = [
        .init("msg_name", count: .ellipsis, .ellipsis),
        .init("msg_iov", header[field: "msg_iov"] ?? .ellipsis),
        .init("msg_flags", .named(answer.flags, prefix: "MSG_")),
      ]
      // A script that names no control data does not ask for any.
      if header[field: "msg_control"] != nil { fields.append(.init("msg_control", .list(control))) }
      return .init(result: answer.result, changed: [1: .record(fields)])
    }
  }
}

extension ScriptValue {
  /// Control data as scripts write it.
  init(control: ControlData, beginning: Int64) {
    self = .record([
      .init("cmsg_level", .integer(control.level)), .init("cmsg_type", .integer(control.type)),
      .init("cmsg_data", Self.data(of: control, beginning: beginning)),
    ])
  }

  private static func data(of control: ControlData, beginning: Int64) -> ScriptValue {
    let octets = control.octets
    func number(_ place: Int, _ count: Int) -> Int {
      guard place + count <= octets.count else { return 0 }
      return octets[place..<(place + count)].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
    let values = ScriptConstants.values
    switch (control.level, control.type) {
    case (values["SOL_IP"] ?? 0, values["IP_RECVERR"] ?? 0),
      (values["SOL_IPV6"] ?? 0, values["IPV6_RECVERR"] ?? 0):
      // struct sock_extended_err
      return .record([
        .init("ee_errno", .integer(number(0, 4))), .init("ee_origin", .integer(number(4, 1))),
        .init("ee_type", .integer(number(5, 1))), .init("ee_code", .integer(number(6, 1))),
        .init("ee_info", .integer(number(8, 4))), .init("ee_data", .integer(number(12, 4))),
      ])
    case (values["SOL_SOCKET"] ?? 0, values["SCM_TIMESTAMPING"] ?? 0):
      // The first of three times is the one of software.
      let time = number(0, 8) * 1_000_000_000 + number(8, 8) - Int(beginning)
      return .record([
        .init("scm_sec", .integer(time / 1_000_000_000)), .init("scm_nsec", .integer(time % 1_000_000_000)),
      ])
    case _ where octets.count == 4: return .integer(Int(Int32(truncatingIfNeeded: number(0, 4))))
    default: return .octets(octets)
    }
  }
}
