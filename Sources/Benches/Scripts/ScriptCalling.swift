import Documents
import Linux
import SystemPackage
import TCP
import Traces

/// A call of a script with its arguments in place: what is done, and how what was seen is written.
struct ScriptCalling: Sendable {
  /// Makes the call. It may wait, and belongs on a thread of its own.
  var work: @Sendable () -> Outcome

  struct Outcome: Sendable {
    var result = -1
    var error: Errno?
    /// The arguments that the call has changed, by their places.
    var changed: [Int: ScriptValue] = [:]
    /// The descriptors that the call made.
    var descriptors: [Int] = []
    /// The other end of a connection that the call gave.
    var remote: Endpoint?
    /// The time at which the thread of the call began it.
    var begun: Int64 = 0
  }

  /// Something in a call that this program cannot do, though it was read.
  struct Unsupported: Error {
    var text: String
  }

  init(_ work: @escaping @Sendable () throws(Errno) -> Outcome) {
    self.work = {
      let begun = Clock.monotonic()
      var outcome: Outcome
      do throws(Errno) {
        outcome = try work()
      } catch {
        outcome = Outcome(error: error)
      }
      outcome.begun = begun
      return outcome
    }
  }

  /// A call that returns a number and changes nothing.
  init(number work: @escaping @Sendable () throws(Errno) -> Int) {
    self.init { () throws(Errno) in Outcome(result: try work()) }
  }

  /// A call that returns a new descriptor.
  init(descriptor work: @escaping @Sendable () throws(Errno) -> Int) {
    self.init { () throws(Errno) in
      let descriptor = try work()
      return Outcome(result: descriptor, descriptors: [descriptor])
    }
  }
}

/// The arguments of a call, and what stands for descriptors and addresses in them.
struct ScriptArguments {
  let call: ScriptCall
  let settings: ScriptSettings
  /// The descriptors of the process, by those of the script.
  let descriptors: [Int: Int]
  /// The beginning of the script on the clock of the day, in nanoseconds.
  let beginning: Int64

  func fail(_ text: String) -> ScriptCalling.Unsupported { .init(text: "\(call.name): \(text)") }

  func number(_ place: Int) throws(ScriptCalling.Unsupported) -> Int {
    guard let number = call.arguments[place].number else { throw fail("argument \(place + 1) is no number") }
    return number
  }

  /// A number that an int of C holds, signed or unsigned: a greater one would be cut to another.
  func int(_ place: Int) throws(ScriptCalling.Unsupported) -> Int {
    try int(try number(place), "argument \(place + 1)")
  }

  func int(_ number: Int, _ name: String) throws(ScriptCalling.Unsupported) -> Int {
    guard Self.ints.contains(number) else { throw fail("\(name) is no int: \(number)") }
    return number
  }

  private static let ints = Int(CInt.min)...Int(UInt32.max)

  /// The descriptor of the process that a number of the script stands for.
  func descriptor(_ place: Int) throws(ScriptCalling.Unsupported) -> Int {
    live(try int(place))
  }

  /// A number that the script has given to no descriptor is none of the process either.
  func live(_ script: Int) -> Int { descriptors[script] ?? (script < 0 ? -1 : Int(CInt.max)) }

  /// A number of octets, as far as there is memory for a buffer of them.
  func count(_ place: Int) throws(ScriptCalling.Unsupported) -> Int {
    let count = try number(place)
    guard 0...PlainCalls.largest ~= count else { throw fail("a buffer of \(count) octets") }
    return count
  }

  /// The buffer of a call: zeros, or the null pointer that the script names.
  func memory(_ place: Int) -> PlainCalls.Memory {
    call.arguments[place] == .name("NULL") || call.arguments[place] == .integer(0) ? .null : .zeros
  }

  private func endpoint(_ address: Address, _ port: UInt16) -> Endpoint {
    Endpoint(settings.isMapped ? address.mapped : address, port)
  }

  var bindEndpoint: Endpoint { endpoint(settings.local, settings.bindPort) }
  var connectEndpoint: Endpoint { endpoint(settings.remote, settings.connectPort) }

  /// The address that an argument names: `...` for the usual one, AF_UNSPEC for none.
  func address(_ place: Int) throws(ScriptCalling.Unsupported) -> Endpoint? {
    switch call.arguments[place] {
    case .ellipsis: return connectEndpoint
    case .name("AF_UNSPEC"): return nil
    case let value where value[field: "sa_family"] == .name("AF_UNSPEC"): return nil
    case let value:
      guard let port = value[field: "sin_port"]?.number, let port = UInt16(exactly: port),
        case .call("inet_addr", let arguments)? = value[field: "sin_addr"],
        case .octets(let octets)? = arguments.first,
        let address = Address(String(decoding: octets, as: UTF8.self))
      else { throw fail("argument \(place + 1) is no address") }
      return Endpoint(address, port)
    }
  }

  /// The lengths in a list of parts: `[{..., 100}, {..., 200}]`.
  func lengths(_ value: ScriptValue) throws(ScriptCalling.Unsupported) -> [Int] {
    var lengths: [Int] = []
    for part in value.elements ?? [] {
      guard case .record(let fields) = part, fields.count == 2, let length = fields[1].value.number else {
        throw fail("\(part) is no buffer with a length")
      }
      guard 0...PlainCalls.largest ~= length else { throw fail("a buffer of \(length) octets") }
      lengths.append(length)
    }
    return lengths
  }
}
