import Foundation
import TCP

/// The parts of the JSON of `tcpprobe who` that the tests look at.
struct WhoReport: Decodable {
  var schema: Int
  var kind: String
  var time: String
  var host: String
  var namespace: String?
  var otherNamespaces: Int?
  var sockets: Int
  var hidden: Int
  var hidesProcesses: Bool
  var counters: [String: UInt64]
  var listeners: [Listener]
  var stalled: [Stall]
  var states: [Group]
  var ports: [Ports]
  var namespaces: [Namespace]?

  struct Namespace: Decodable {
    var namespace: String
    var states: [Group]
  }
  struct Group: Decodable {
    var state: String
    var tally: Tally
    var action: String?
    var processes: [Owner]
    var peers: [Peer]
  }
  struct Tally: Decodable {
    var count: Int
    var silence: Int?
  }
  struct Owner: Decodable {
    var owner: String
    var process: Int32?
    var user: UInt32?
    var descriptors: String?
    /// Of a listener there is none.
    var tally: Tally?
    var listener: Place?
    var holders: [Holder]?
    var numbers: [Int32] { holders?.map(\.process) ?? [] }
  }
  struct Holder: Decodable {
    var process: Int32
    var name: String
    var descriptors: String?
  }
  struct Place: Decodable {
    var address: String
    var port: UInt16
  }
  struct Peer: Decodable {
    var direction: String
    var address: String
    var port: UInt16?
  }
  struct Listener: Decodable {
    var address: String
    var port: UInt16
    var owner: Owner
    var waiting: Int
    var limit: Int?
    var isFull: Bool
    var synQueue: Int
    var synQueueLimit: Int?
    var notAccepted: Int
    var unanswered: Int
  }
  struct Stall: Decodable {
    var cause: String
    var owner: Owner
    var peer: Peer
    var tally: Tally
  }
  struct Ports: Decodable {
    var source: String
    var destination: Place
    var available: Int
    var reusable: Int
    var left: Int
    var bindable: Int
  }

  init(_ json: String) throws { self = try JSONDecoder().decode(WhoReport.self, from: Data(json.utf8)) }

  func count(of state: State) -> Int? { states.first { $0.state == state.rawValue }?.tally.count }

  func group(_ state: State) -> Group? { states.first { $0.state == state.rawValue } }
}
