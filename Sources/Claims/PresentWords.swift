import Traces

extension Run {
  /// The run with its scenarios, figures and values as this version names them; files of earlier versions have former names.
  func inPresentWords(of catalogue: Catalogue) -> Run {
    var run = self
    for trace in traces.indices {
      if case .scenario(let name) = traces[trace].variant.subject {
        run.traces[trace].variant.subject = .scenario(id: catalogue.presentName(name))
      }
      for place in traces[trace].events.indices {
        guard case .measurement(var figure) = traces[trace].events[place].what else { continue }
        figure.name = catalogue.presentName(figure.name)
        if case .measured(let value, let within) = figure.result {
          figure.result = .measured(
            catalogue.present(value, of: figure.name),
            within: within.map { catalogue.present($0, of: figure.name) })
        }
        run.traces[trace].events[place].what = .measurement(figure: figure)
      }
    }
    return run
  }
}
