import Documents
import TCP

/// The calls of a written script.
extension ScriptWriter {
  mutating func connect() {
    add("socket(..., SOCK_STREAM, IPPROTO_TCP) = 3")
    add("fcntl(3, F_GETFL) = 0x2 (flags O_RDWR)")
    add("fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0")
    add("connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress)")
    descriptor = 3
    hasBegun = true
  }

  mutating func accept() {
    add("accept(3, ..., ...) = 4")
    descriptor = 4
    hasAccepted = true
  }

  /// Gives a server the descriptor of its connection when the handshake is over.
  mutating func acceptWhereOpen() {
    if role == .server, !hasAccepted, !hasEnded, numbers[kept].acknowledged > 0 { accept() }
  }

  /// Writes the calls by which a program does what the page says.
  mutating func write(_ call: Call, _ rung: Int) {
    switch call {
    case .connect: if role == .client { connect() }
    case .listen, .accept: break
    case .receive(let count): read(count, rung)
    case .send, .shutdown, .close, .abort:
      guard let descriptor else { return leaveOut(.unknownResult(call), rung) }
      switch call {
      case .send, .shutdown: if hasEnded { return leaveOut(.unknownResult(call), rung) }
      default: break
      }
      acknowledgeBeforeCall()
      cause = .call
      switch call {
      case .send(let count, let more):
        let call =
          more ? "send(\(descriptor), ..., \(count), MSG_MORE)" : "write(\(descriptor), ..., \(count))"
        add("\(call) = \(count)")
        written &+= UInt32(truncatingIfNeeded: count)
        // The kernel sets PSH at the end of a write, and with MSG_MORE it is not one.
        if !more { numbers[kept].writes.insert(written) }
      case .shutdown(let direction): add("shutdown(\(descriptor), SHUT_\(direction.rawValue)) = 0")
      default:
        if call == .abort {
          add("setsockopt(\(descriptor), SOL_SOCKET, SO_LINGER, {onoff=1, linger=0}, 8) = 0")
        }
        add("close(\(descriptor)) = 0")
        self.descriptor = nil
      }
    }
  }

  mutating func read(_ count: Int?, _ rung: Int) {
    let there = Int(numbers[kept.other].unread)
    let isAtEnd = numbers[kept.other].fin.map { $0 < numbers[kept.other].arrived } ?? false
    guard let descriptor, !hasEnded, count ?? 0 <= there, there > 0 || isAtEnd else {
      return leaveOut(.unknownResult(.receive(count)), rung)
    }
    add("read(\(descriptor), ..., \(count ?? max(there, 1000))) = \(count ?? there)")
    numbers[kept.other].read &+= UInt32(count ?? there)
  }
}
