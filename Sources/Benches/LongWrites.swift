import Documents
import Linux
import SystemPackage
import TCP
import Traces

/// A write of more octets than the send buffer has room for: a program's send() would wait for room, and return when the
/// kernel has taken all. Here nothing waits in a call, so the rest is handed over as there is room.
struct LongWrite {
  /// The place of the call's event.
  var place: Int
  var count: Int
  var taken: Int
}

extension Stage {
  /// send() of a program that waits until the kernel has taken all.
  func write(_ count: Int, by party: Party) throws {
    guard case .returned(let taken) = try call(.send(count), by: party), taken < count else { return }
    if let place = log.lastCall(.send(count)) {
      longWrites[party] = LongWrite(place: place, count: count, taken: taken)
    }
  }

  /// Hands over what there is room for now.
  func writeOn() throws {
    for party in Party.allCases {
      guard var write = longWrites[party], let socket = ends[party].socket else { continue }
      let rest = Array(payload(write.count)[write.taken...])
      do throws(Errno) {
        write.taken += try socket.value.send(rest)
      } catch {
        // Without room it goes on later. After a reset, or the connection's end, the program has what it has.
        if error != .wouldBlock { longWrites[party] = nil }
        continue
      }
      log.amend(
        write.place,
        .call(call: .send(write.count), outcome: .returned(value: write.taken), ended: log.now))
      longWrites[party] = write.taken < write.count ? write : nil
    }
  }

  /// Gives the run up where a program's data waits for a reader, and the page names no call that reads: the window is
  /// closed.
  func refuseUnread(_ party: Party) throws {
    guard try record(of: party)?.timer?.kind == .zeroWindowProbe else { return }
    throw Unplayable(
      reason: .other(
        "the window of \(names[party.other]) is closed, for it reads nothing: expected a call such as recv(1000)"
      ))
  }
}
