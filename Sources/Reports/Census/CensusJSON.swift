import FoundationEssentials
import TCP

extension CensusReport {
  /// The report as one JSON object, whose keys the command's help explains.
  ///
  /// - Parameter isCompact: on one line, so that several make JSON Lines.
  package func jsonReport(top: Int?, isCompact: Bool = false) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting =
      isCompact
      ? [.sortedKeys, .withoutEscapingSlashes] : [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(JSONCensusReport(self, top: top)) else {
      // Only a number that is not finite cannot be written, and no census has one.
      preconditionFailure("a census is always JSON")
    }
    return jsonText(data)
  }
}

/// The own namespace's census, and beside its keys those of the whole report.
private struct JSONCensusReport: Encodable {
  var schema = 2
  var kind = "who"
  var time: String
  var host: String
  var own: JSONCensus
  var namespaces: [JSONCensus]
  var unread: [String: String]

  private enum CodingKeys: String, CodingKey { case schema, kind, time, host, namespaces, unreadNamespaces }

  init(_ report: CensusReport, top: Int?) {
    time = report.time.formatted(.iso8601)
    host = report.host
    let censuses = report.censuses.map { JSONCensus($0, top: top) }
    own = censuses[0]
    namespaces = Array(censuses.dropFirst())
    unread = report.unread
  }

  func encode(to encoder: any Encoder) throws {
    try own.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(schema, forKey: .schema)
    try container.encode(kind, forKey: .kind)
    try container.encode(time, forKey: .time)
    try container.encode(host, forKey: .host)
    if !namespaces.isEmpty { try container.encode(namespaces, forKey: .namespaces) }
    if !unread.isEmpty { try container.encode(unread, forKey: .unreadNamespaces) }
  }
}

private struct JSONCensus: Encodable {
  var namespace: String?
  var isInitialNamespace: Bool?
  var otherNamespaces: Int?
  var processesOfUnreadNamespaces: Int
  var source: String
  var sockets: Int
  var established: Int
  var hidden: Int
  var unreadableProcesses: Int
  var hidesProcesses: Bool
  var settings: CensusSettings
  var counters: CensusCounters
  var listeners: [JSONListener]
  var moreListeners: Int
  var stalled: [JSONStall]
  var moreStalled: Int
  var states: [JSONState]
  var ports: [JSONPorts]

  init(_ census: Census, top: Int?) {
    namespace = census.namespace?.name
    isInitialNamespace = census.namespace?.isInitial
    otherNamespaces = census.otherNamespaces
    processesOfUnreadNamespaces = census.unreadNamespaces
    source = census.source == .diagnosis ? "sock_diag" : "/proc/net/tcp"
    sockets = census.count
    established = census.established
    hidden = census.hidden
    unreadableProcesses = census.unreadable
    hidesProcesses = census.hidesProcesses
    settings = census.settings
    counters = census.counters
    let listening = census.listeners.divided(after: top)
    listeners = listening.shown.map(JSONListener.init)
    moreListeners = listening.hidden.count
    let still = census.stalls.divided(after: top)
    stalled = still.shown.map(JSONStall.init)
    moreStalled = still.hidden.count
    // A state without sockets is there as well: whoever draws it over time wants a 0, not a gap.
    states =
      census.states.map { JSONState($0, census, top: top) }
      + census.asked.subtracting(census.states.map(\.state)).sorted().map(JSONState.init(empty:))
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

  init(empty state: State) {
    self.state = state.rawValue
    tally = JSONTally(Tally())
    processes = []
    peers = []
    moreProcesses = 0
    morePeers = 0
  }

  init(_ group: Census.StateGroup, _ census: Census, top: Int?) {
    let advice = Advice(on: group, in: census)
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
