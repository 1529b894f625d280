import FoundationEssentials
package import TCP

extension Census {
  /// The census as one JSON object, whose keys the command's help explains.
  ///
  /// - Parameter isCompact: on one line, so that several make JSON Lines.
  package func jsonReport(top: Int?, isCompact: Bool = false) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting =
      isCompact
      ? [.sortedKeys, .withoutEscapingSlashes] : [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(JSONCensus(self, top: top)) else {
      // Only a number that is not finite cannot be written, and no census has one.
      preconditionFailure("a census is always JSON")
    }
    return jsonText(data)
  }
}

private struct JSONCensus: Encodable {
  var schema = 1
  var namespace: String?
  var isInitialNamespace: Bool?
  var source: String
  var sockets: Int
  var established: Int
  var hidden: Int
  var unreadableProcesses: Int
  var settings: CensusSettings
  var states: [JSONState]
  var ports: [JSONPorts]

  init(_ census: Census, top: Int?) {
    namespace = census.namespace?.name
    isInitialNamespace = census.namespace?.isInitial
    source = census.source == .diagnosis ? "sock_diag" : "/proc/net/tcp"
    sockets = census.count
    established = census.established
    hidden = census.hidden
    unreadableProcesses = census.unreadable
    settings = census.settings
    states = census.states.map { JSONState($0, settings: census.settings, top: top) }
    ports = census.ports.divided(after: top).shown.map(JSONPorts.init)
  }
}

private struct JSONState: Encodable {
  var state: String
  var tally: JSONTally
  var meaning: String?
  var action: String?
  var processes: [JSONOwner]
  var peers: [JSONPeer]
  var moreProcesses: Int
  var morePeers: Int

  init(_ group: Census.StateGroup, settings: CensusSettings, top: Int?) {
    let advice = Advice(on: group.state, settings: settings)
    state = group.state.rawValue
    tally = JSONTally(group.tally)
    meaning = advice?.meaning
    action = advice?.action
    let (owners, peers) = (group.owners.divided(after: top), group.peers.divided(after: top))
    processes = owners.shown.map(JSONOwner.init)
    moreProcesses = owners.hidden.count
    self.peers = peers.shown.map(JSONPeer.init)
    morePeers = peers.hidden.count
  }
}
