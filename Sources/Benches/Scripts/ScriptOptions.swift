import Documents
import Linux
import SystemPackage

/// Options of sockets.
extension ScriptArguments {
  func setOption() throws(ScriptCalling.Unsupported) -> ScriptCalling {
    let (descriptor, option) = (try descriptor(0), try allowedOption())
    let length = try valueLength(try number(4))
    let octets: [UInt8]
    let value = call.arguments[3]
    if case .octets(let own) = value {
      octets = own
    } else if let onOff = value[field: "onoff"]?.number, let seconds = value[field: "linger"]?.number {
      octets = self.octets(of: try int(onOff, "onoff")) + self.octets(of: try int(seconds, "linger"))
    } else if let elements = value.elements, elements.count == 1, let number = elements[0].number {
      octets = self.octets(of: try int(number, "the value"))
    } else {
      throw fail("\(value) is no value for an option")
    }
    try refuseModule(of: option, octets, length: length)
    return .init(number: { () throws(Errno) in
      try PlainCalls.setOption(descriptor, option.level, option.number, octets, length: length)
    })
  }

  func option() throws(ScriptCalling.Unsupported) -> ScriptCalling {
    let (descriptor, option) = (try descriptor(0), try allowedOption())
    guard let elements = call.arguments[4].elements, elements.count == 1, let number = elements[0].number
    else { throw fail("\(call.arguments[4]) is no length") }
    let length = try valueLength(number)
    let expected = call.arguments[3]
    let isName = isCongestion(option)
    guard Self.isReadable(expected) else { throw fail("\(expected) is no value of an option") }
    return .init { () throws(Errno) in
      let answer = try PlainCalls.option(descriptor, option.level, option.number, length: length)
      let value = isName ? Array(answer.value.prefix { $0 != 0 }) : answer.value
      return .init(
        result: answer.result,
        changed: [3: ScriptValue(option: value, like: expected), 4: .list([.integer(answer.value.count)])])
    }
  }

  private static func isReadable(_ value: ScriptValue) -> Bool {
    switch value {
    case .ellipsis, .octets: true
    case .list(let elements): elements.count == 1 && (elements[0] == .ellipsis || elements[0].number != nil)
    case .record: value[field: "onoff"] != nil && value[field: "linger"] != nil
    default: false
    }
  }

  /// The number as the kernel has an int.
  func octets(of number: Int) -> [UInt8] { UInt32(truncatingIfNeeded: number).octets }
}

extension ScriptValue {
  /// The value of an option, in the form that the script has it in.
  init(option octets: [UInt8], like expected: ScriptValue) {
    switch expected {
    case .list(let elements) where !octets.isEmpty:
      // The kernel writes one octet of some options where there is no room for four.
      let number = UInt32(octets: octets + [0, 0, 0]) ?? 0
      let isUnsigned = (elements.first?.number ?? 0) > Int(Int32.max)
      self = .list([.integer(isUnsigned ? Int(number) : Int(Int32(bitPattern: number)))])
    case .record where octets.count >= 8:
      // struct linger
      self = .record([
        .init("onoff", .integer(Int(CInt(octets: octets) ?? 0))),
        .init("linger", .integer(Int(CInt(octets: octets.dropFirst(4)) ?? 0))),
      ])
    default: self = .octets(octets)
    }
  }
}
