import Traces

extension DoctorReport {
  /// The same for a program.
  package func jsonReport() -> String { jsonText(JSONDoctor(self)) + "\n" }
}

private struct JSONDoctor: Encodable {
  var schema = 1
  var kind = JSONKind.doctor
  var machine: Machine
  var processors: Int
  var benches: [JSONBench]
  var observers: [JSONObserver]

  init(_ report: DoctorReport) {
    machine = report.machine
    processors = report.processors
    benches = report.benches.map(JSONBench.init)
    observers = report.observers.map(JSONObserver.init)
  }

  struct JSONBench: Encodable {
    var bench: String
    var family: String
    var ready: Bool
    var reason: String?
    var remedy: String?
    var limits: [String]

    init(_ bench: DoctorReport.Bench) {
      self.bench = bench.kind.rawValue
      family = bench.family.rawValue
      ready = bench.obstacle == nil
      reason = bench.obstacle?.text
      remedy = bench.obstacle?.remedy
      limits = bench.limits
    }
  }

  struct JSONObserver: Encodable {
    var observer: String
    var ready: Bool
    var reason: String?
    var remedy: String?
    var needs: String
    var effect: String
    var misses: Bool
    var limit: String?
    var replacedBy: String?

    init(_ observer: DoctorReport.Observer) {
      self.observer = observer.kind.rawValue
      ready = observer.obstacle == nil
      reason = observer.obstacle?.text
      remedy = observer.obstacle?.remedy
      needs = observer.kind.needs
      effect = observer.kind.cost
      misses = !observer.kind.isComplete
      limit = observer.limit
      replacedBy = observer.replacedBy?.rawValue
    }
  }
}
