import Benches
import Grounds
import Linux
import Scenarios
import Testing
import Traces

extension ScenariosTests {
  /// Tables that do not fit into one answer, and filters.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct ManySocketsTests {
    @Test(arguments: Ground.wires) func tablesHaveEachSocketOnce(ground: Ground) throws {
      let found = try Grounds.figures(of: .manySockets, on: ground.bench())
      for table in ["rows of /proc/net/tcp", "sock_diag's dump"] {
        #expect(
          found["\(table) with 40 listeners and 100 requests"] == "40 LISTEN, 100 SYN_SENT, each once")
      }
    }

    @Test(arguments: Ground.wires) func aFilterFindsWhatItNames(ground: Ground) throws {
      let found = try Grounds.figures(of: .manySockets, on: ground.bench())
      for (filter, count) in Self.filters {
        #expect(found["sockets of sock_diag's filter: \(filter)"] == count, "\(filter)")
      }
    }

    private static let filters = [
      ("one port", "1 of 140"), ("ports above one", "60 of 140"), ("ports below one", "81 of 140"),
      ("one port of the peer", "1 of 140"), ("ports of the peer above one", "10 of 140"),
      ("ports of the peer below one", "131 of 140"), ("the address", "140 of 140"),
      ("half of the address", "140 of 140"), ("the other half", "0 of 140"),
      ("the address and a port", "1 of 140"), ("the address of the peer", "100 of 140"),
      ("an address of the other family", "0 of 140"), ("a port at any address", "1 of 140"),
      ("a port that the kernel chose", "10 of 140"), ("no interface", "140 of 140"), ("a mark", "0 of 140"),
      ("three conditions", "71 of 140"), ("not one port", "139 of 140"),
      ("more bits than an address has", "EINVAL"), ("an unknown family", "EINVAL"),
    ]

    /// The keys of a listener are more than fit into the kernel's usual buffer.
    @Test(arguments: Ground.wires) func theAnswerForOneListenerHasAllItsKeys(ground: Ground) throws {
      let bench = try ground.bench()
      let found = try Grounds.figures(of: .manySockets, on: bench)
      let answer = try #require(found["sock_diag's answer for a listener with 64 keys of TCP_MD5SIG"])
      if answer.contains("TCP_MD5SIG gives") { return print("skipped: \(answer)") }
      #expect(bench.hasNetAdmin ? answer == "6400 bytes" : answer.hasPrefix("undecided"))
    }
  }
}
