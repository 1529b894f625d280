import Documents
import Linux
import SystemPackage
import TCP
import Traces

/// Writes of more octets than the send buffer has room for: a program's send() would wait for room, and return when the
/// kernel has taken all. Here nothing waits in a call, so the rest is handed over as there is room.
struct LongWrites {
  private struct Write {
    /// The place of the call's event.
    var place: Int
    var octets: [UInt8]
    var taken: Int
  }

  /// A write of each party that the kernel has not yet taken as a whole.
  private var writes: Both<Write?> = Both(nil)

  /// Begins with the rest of the party's write, of which the kernel has taken so many octets in the last call.
  mutating func begin(_ octets: [UInt8], taken: Int, by party: Party, in log: Log) {
    guard let place = log.lastCall(.send(octets.count)) else { return }
    writes[party] = Write(place: place, octets: octets, taken: taken)
  }

  /// Hands over what there is room for now.
  mutating func goOn(at ends: Both<End>, in log: Log) {
    for party in Party.allCases {
      guard var write = writes[party], let socket = ends[party].socket else { continue }
      do throws(Errno) {
        write.taken += try socket.value.send(Array(write.octets[write.taken...]))
      } catch {
        // Without room it goes on later. After a reset, or the connection's end, the program has what it has.
        if error != .wouldBlock { writes[party] = nil }
        continue
      }
      let count = write.octets.count
      log.amend(
        write.place, .call(call: .send(count), outcome: .returned(value: write.taken), ended: log.now))
      writes[party] = write.taken < count ? write : nil
    }
  }
}

/// Windows that are closed because a program has not read.
extension Connection {
  /// Reads where unread data has closed a party's window, as a program does that takes all; where the page names calls
  /// of the party's that read, only those do.
  func readOn() throws {
    for party in Party.allCases where readsByItself[party] {
      if try isShutOut(party.other) { try readUnread(party) }
    }
  }

  /// Tells whether the party has something to send and the other's window has no room for it.
  ///
  /// The timer of window probes does not say so: it also runs while data waits for a moment, as it does for its pace.
  func isShutOut(_ party: Party) throws -> Bool {
    guard let info = try info(of: party), let unsent = info[.notsentBytes], unsent > 0, info[.unacked] == 0
    else { return false }
    guard let window = info[.sndWnd], let size = info[.sndMss] else {
      // Before Linux 5.4 there is no telling the two apart.
      return try record(of: party)?.timer?.kind == .zeroWindowProbe
    }
    return window < min(unsent, size)
  }
}
