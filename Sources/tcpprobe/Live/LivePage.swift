import ArgumentParser
import Benches
import Documents
import Notations
import Scenarios
import TCP
import Traces

/// The ladder that `tcpprobe live` goes along.
struct LivePage {
  /// The page's name: its id, or its path.
  var name: String
  var ladder: Ladder
  var plan: Plan
  /// The number of the ladder among those of the page, and their count.
  var number: Int
  var count: Int

  /// - Parameter name: the id of a built-in page, or the path of one.
  init(_ name: String, ladder number: Int) throws {
    let source = try LivePage.source(name)
    let page: Page
    do { page = try Page(of: source, by: Scenarios.catalogue) } catch {
      throw Failure("\(error)", status: ExitCode(64))
    }
    let ladders = page.ladders
    guard !ladders.isEmpty else {
      throw Failure(
        "\(name) has no ladder that live could go along: expected a page with one, such as "
          + LivePage.lessons.joined(separator: ", "), status: ExitCode(64))
    }
    guard ladders.indices.contains(number - 1) else {
      let there = ladders.count == 1 ? "1 ladder" : "\(ladders.count) ladders"
      throw Failure("--ladder \(number): \(name) has \(there)", status: ExitCode(64))
    }
    self.name = name
    self.number = number
    count = ladders.count
    ladder = ladders[number - 1]
    do { plan = try Plan(ladder, page: name) } catch { throw Failure("\(error)", status: ExitCode(64)) }
  }

  /// A built-in page or a file; a name that is neither gets the nearest lessons.
  private static func source(_ name: String) throws -> Run.Source {
    do { return try Input.page(named: name) } catch let failure {
      guard !name.contains("/"), !name.contains(".") else { throw failure }
      let hint = Nearest.hint(about: name, among: lessons)
      throw Failure("\(name): no such lesson, and no such file: \(hint)", status: ExitCode(64))
    }
  }

  /// The built-in pages that have a ladder.
  static var lessons: [String] {
    BuiltInPages.everyPage.filter { page in
      let read = try? Page(of: Run.Source(name: page.id, text: page.source), by: Scenarios.catalogue)
      return read?.ladders.isEmpty == false
    }.map(\.id)
  }

  /// The page, the place of the ladder in it, and its heading.
  var title: String {
    name + (count > 1 ? ", ladder \(number) of \(count)" : "") + (ladder.heading.map { ": \($0)" } ?? "")
  }

  /// The beginning of each connection.
  var beginning: Hand.Beginning {
    var listeners = plan.listeners
    let connects = Set(
      plan.steps.compactMap { step -> Party? in
        if case .call(let party, .connect) = step.action { party } else { nil }
      })
    let isAnswered = !plan.opens || (connects.count == 1 && plan.refuser == nil)
    if isAnswered, !listeners.contains(plan.opener.other) { listeners.append(plan.opener.other) }
    return Hand.Beginning(
      names: ladder.parties, opener: plan.opener, opens: plan.opens, listeners: listeners)
  }

  func variant(_ family: Family) -> Variant {
    Runnable.ladder(ladder, page: name, reading: nil).variant(on: .wire, family)
  }
}
