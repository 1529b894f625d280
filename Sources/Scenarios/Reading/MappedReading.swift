import Benches
import Documents
import Linux
import SystemPackage
import TCP
import Traces

extension Scenario {
  /// A program has pages of received data mapped instead of copied (TCP_ZEROCOPY_RECEIVE).
  package static let mappedReading = Scenario(
    "mapped data",
    Declaration(
      Arrival.allCases.map(\.figure) + [.refusals], settings: ["tcp_rmem", "tcp_wmem"], isDrawn: false)
  ) { connection, _ in try connection.runMappedReading() }
}

extension Figure {
  fileprivate static let refusals = Figure("refusals of TCP_ZEROCOPY_RECEIVE", .programs)
}

/// The data that has come when the program asks for two pages of it.
private enum Arrival: String, CaseIterable {
  case pages = "two pages"
  case pagesAndMore = "two pages and 100 bytes"
  case pagesAndCopy = "two pages and 100 bytes, with a buffer"
  case onePage = "one page"
  case part = "100 bytes"
  case partAndCopy = "100 bytes, with a buffer"
  case middle = "two pages, once 100 bytes are read"
  case secondPage = "three pages, once one page is read"
  case written = "two pages of one send()"
  case end = "the end of the stream"

  var figure: Figure {
    // Segments that search the path's MTU are shorter than a page.
    let isLonger = ![.onePage, .part, .partAndCopy, .end].contains(self)
    return Figure(
      "TCP_ZEROCOPY_RECEIVE of \(rawValue)", .programs, settings: isLonger ? ["tcp_mtu_probing"] : [])
  }

  /// Octets that are sent in pages of their own, and those that are read before.
  func sent(page: Int) -> (count: Int, read: Int) {
    switch self {
    case .pages, .written: (2 * page, 0)
    case .pagesAndMore, .pagesAndCopy: (2 * page + 100, 0)
    case .onePage: (page, 0)
    case .part, .partAndCopy: (100, 0)
    case .middle: (2 * page, 100)
    case .secondPage: (3 * page, page)
    case .end: (0, 0)
    }
  }

  var hasBuffer: Bool { self == .pagesAndCopy || self == .partAndCopy }
}

extension Connection {
  /// Over the loopback interface, where the pages that a program hands over arrive as they are; a wire copies them.
  fileprivate func runMappedReading() throws {
    log.record(.rung(index: 0))
    try bench.enter(opener) {
      for arrival in Arrival.allCases {
        let answer = try answer(giving: { try measureMapped(arrival) })
        measure(arrival.figure, answer, "getsockopt() on the loopback interface", proof: [])
      }
      measure(
        .refusals, try answer(giving: { try measureRefusals() }),
        "getsockopt() at an odd address, and of a listener",
        proof: [])
    }
  }

  private func measureRefusals() throws -> Value {
    let socket = try Socket.tcp(bench.family)
    let memory = try MappedData(of: socket, pages: 2)
    let outside = try answer { _ = try memory.receive(from: socket, atMost: 100, at: 1) }
    try socket.bind(to: Endpoint(.loopback(bench.family), 0))
    try socket.listen(backlog: 1)
    return .list([outside, try answer { _ = try memory.receive(from: socket, atMost: 100) }])
  }

  private func measureMapped(_ arrival: Arrival) throws -> Value {
    let listener = try Socket.tcp(bench.family)
    try listener.bind(to: Endpoint(.loopback(bench.family), 0))
    try listener.listen(backlog: 1)
    let writer = try Socket.tcp(bench.family)
    try writer.set(.noDelay, to: true)
    _ = try writer.connect(to: try listener.localEndpoint())
    let deadline = Clock.time(after: .seconds(5))
    // On a busy machine even what goes over the loopback interface takes a while.
    _ = try waitReadable([listener.rawValue], until: deadline)
    guard let reader = try listener.accept() else {
      throw NotMeasurable(reason: .timedOut("no connection was there after 5 s"))
    }
    let (count, read) = arrival.sent(page: MappedData.pageSize)
    let bytes = payload(count)
    if count > 0 { _ = try arrival == .written ? writer.send(bytes) : writer.splice(bytes) }
    while try reader.unreadCount() < count, Clock.monotonic() < deadline {
      Clock.sleep(for: .milliseconds(1))
    }
    guard try reader.unreadCount() == count else {
      throw NotMeasurable(reason: .timedOut("\(count) bytes were not there after 5 s"))
    }
    if read > 0 { _ = try reader.receive(upTo: read) }
    if arrival == .end {
      try writer.shutdown(.write)
      guard try waitReadable([reader.rawValue], until: deadline) == [true] else {
        throw NotMeasurable(reason: .timedOut("the FIN was not there after 5 s"))
      }
    }
    let memory = try MappedData(of: reader, pages: 2)
    let copying = arrival.hasBuffer ? MappedData.pageSize / 2 : 0
    let answer = try memory.receive(from: reader, atMost: 2 * MappedData.pageSize, copying: copying)
    let got = answer.mapped + answer.copied
    let isInOrder = got == Array(bytes.dropFirst(read).prefix(got.count))
    let left = try reader.unreadCount()
    let texts = [
      "\(answer.mapped.count) mapped", "\(answer.copied.count) copied", "\(answer.skip) to read",
      "\(left) left",
    ]
    return .list((texts + (isInOrder ? [] : ["other bytes"])).map { .words($0) })
  }
}
