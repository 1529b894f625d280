import Claims
import FoundationEssentials
import Traces

/// A page of one file: nothing is loaded from elsewhere, and no script runs but the one for keys.
struct HTMLPage {
  var title: String
  var rules: String
  /// True for a page with steps, whose links keys follow.
  var hasKeys = false
  /// Drawings that stand once in the page, beside the signs of the verdicts, and that the body refers to.
  var definitions: [Markup] = []
  var body: [Markup]

  var text: String {
    "<!DOCTYPE html>\n"
      + Markup.element(
        "html", ["lang": "en"],
        [head, .element("body", [drawings] + body + (hasKeys ? [.script(KeyScript.text)] : []))]
      ).text
  }

  private var drawings: Markup {
    .element(
      "svg", ["style": "position:absolute", "width": "0", "height": "0", "aria-hidden": "true"],
      [.element("defs", Mark.definitions + definitions)])
  }

  private var head: Markup {
    .element(
      "head",
      [
        .empty("meta", ["charset": "utf-8"]),
        .empty("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
        .empty(
          "meta",
          [
            "http-equiv": "Content-Security-Policy",
            "content": hasKeys ? KeyScript.policy : ContentPolicy.withoutScripts,
          ]),
        .empty("meta", ["name": "color-scheme", "content": "light dark"]),
        .empty("link", ["rel": "icon", "href": "data:,"]), .element("title", title),
        .style(rules: rules),
      ])
  }

  /// The command, the kernel, the time and the program that a report comes from.
  static func made(_ assessment: Assessment) -> Markup {
    let run = assessment.run
    return made(by: run.command, on: run.machine, version: run.version)
  }

  static func made(by command: String, on machine: Machine, version: String) -> Markup {
    let time = Date(timeIntervalSince1970: Double(machine.time)).formatted(.iso8601)
    let facts: [(String, Markup)] = [
      ("Made by", .code(command)),
      ("on", Markup("Linux \(machine.release), \(machine.architecture)")),
      ("at", .element("time", ["datetime": time], time)), ("with", Markup("tcpprobe \(version)")),
    ]
    return .element("p", ["class": "made"], facts.flatMap { [Markup("\($0.0) "), $0.1, Markup(" ")] })
  }
}
