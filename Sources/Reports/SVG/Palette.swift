import TCP

/// The colours of a drawing, each for light or for dark paper, as its style sheet names them.
///
/// Programs that show slides know neither variables nor media queries, so every colour is written where it is used.
struct Palette {
  var paper: String
  var ink: String
  var faint: String
  var good: String
  var bad: String
  var soft: String
  /// The colour of signs on top of a mark's colour.
  var onMark: String
  /// The area and the edge of a state's lane.
  var states: [State: (area: String, edge: String)]

  static let light = Palette(
    paper: "#ffffff", ink: "#1a2230", faint: "#5a6575", good: "#197a46", bad: "#c22f26",
    soft: "#96590a", onMark: "#ffffff",
    states: [
      .closed: ("#eceff3", "#8b95a3"), .listen: ("#e2eff7", "#5b93b5"), .synSent: ("#fdf1cd", "#d3a011"),
      .synReceived: ("#fce7b5", "#c28a08"), .established: ("#d8f2e1", "#2d9c5b"),
      .finWait1: ("#deebfc", "#5a95e0"), .finWait2: ("#c9dcf9", "#2d62b5"),
      .closeWait: ("#ffe2cf", "#df7930"),
      .closing: ("#f7dcee", "#b84898"), .lastAck: ("#fcdada", "#cf4949"), .timeWait: ("#e5defa", "#7655c7"),
    ])

  static let dark = Palette(
    paper: "#171d26", ink: "#e8ecf2", faint: "#a3afbe", good: "#55cc8d", bad: "#ff8a82",
    soft: "#efb34f", onMark: "#12161d",
    states: [
      .closed: ("#2a313b", "#8b95a3"), .listen: ("#1c3442", "#67a9cf"), .synSent: ("#3f3411", "#dcb02e"),
      .synReceived: ("#4a380a", "#e0a423"), .established: ("#163d28", "#43b877"),
      .finWait1: ("#1c3350", "#5a95e0"), .finWait2: ("#1a2c5c", "#7fa8f5"),
      .closeWait: ("#4a2a12", "#ef8d48"),
      .closing: ("#45213a", "#d569b6"), .lastAck: ("#4c1f22", "#ec6b6b"), .timeWait: ("#31265a", "#a088ee"),
    ])

  func color(of mark: Mark) -> String {
    switch mark.tone {
    case .good: good
    case .bad: bad
    case .soft: soft
    case .plain, .strong, .faint, .accent: faint
    }
  }

  /// The rules of the colours, for what stands in `.ladder`.
  var rules: String {
    var rules = [
      ".ladder text{fill:\(ink)}", ".ladder .faint,.ladder .time{fill:\(faint)}",
      ".ladder .life{stroke:\(ink)}", ".ladder .gap{stroke:\(paper)}",
      ".ladder .shaft{stroke:\(ink)}", ".ladder .head,.ladder .tick{fill:\(ink)}",
      ".ladder .passing .shaft{stroke:\(faint)}", ".ladder .passing .head{fill:\(faint)}",
      ".ladder .passing text{fill:\(faint)}",
      ".ladder .cross{stroke:\(bad)}", ".ladder .failed,.ladder .lost{fill:\(bad)}",
      ".ladder .call{fill:\(paper);stroke:\(ink)}", ".ladder .paper{fill:\(paper)}",
      ".ladder .halo{stroke:\(paper)}",
      ".ladder .on{stroke:\(onMark)}", ".ladder path.half{fill:\(onMark);stroke:none}",
      ".ladder text.on{fill:\(onMark);stroke:none}",
    ]
    for mark in Mark.allCases {
      let color = color(of: mark)
      rules.append(".ladder .\(mark.form){fill:\(color)}")
    }
    for state in State.allCases {
      guard let colors = states[state] else { continue }
      rules.append(".ladder .\(state.rawValue){fill:\(colors.area)}")
      rules.append(".ladder .edge.\(state.rawValue){fill:\(colors.edge)}")
    }
    return rules.joined(separator: "\n")
  }

  /// The rules of everything but colour.
  static let shapes = """
    .ladder text{font-family:system-ui,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;font-size:13px}
    .ladder .code{font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace}
    .ladder .label{font-size:14px}
    .ladder .halo{paint-order:stroke;stroke-width:5}
    .ladder .title{font-size:19px;font-weight:700}
    .ladder .under,.ladder .foot{font-size:12px}
    .ladder .name{font-size:16px;font-weight:700}
    .ladder .state{font-size:12.5px;font-weight:600}
    .ladder .time{font-size:11.5px}
    .ladder .said{font-size:12px}
    .ladder .life,.ladder .shaft{stroke-width:1.8;fill:none}
    .ladder .gap{stroke-width:4;stroke-dasharray:3 4;fill:none}
    .ladder .cross{stroke-width:3;stroke-linecap:round;fill:none}
    .ladder .call{stroke-width:1.2}
    .ladder path.on{stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
    .ladder path.on:not(.half){fill:none}
    .ladder text.on{font-size:12px;font-weight:700}
    .ladder .middle{text-anchor:middle}
    .ladder .end{text-anchor:end}
    .ladder .hit{fill-opacity:0}
    """
}
