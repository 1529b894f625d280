import ArgumentParser
import Guests
import Linux
import Scenarios
import Records
import Reports

/// Boots kernels for a bisection, the ends first, until it is known where what is looked for changed.
struct BisectRun {
  var kernels: [Candidate]
  /// The command that makes a whole record in a guest; else only sections of it.
  var wholeRecord: [String]
  var jobs: Int
  /// A guest that runs this.
  var guest: (Image, GuestJob) -> Guest

  /// - Returns: what was found out.
  func run(_ aim: Bisection.Aim, isEvery: Bool) throws -> Bisection {
    var bisection = Bisection(count: kernels.count, aim: aim, by: Scenarios.catalogue, isEvery: isEvery)
    let firstWords = try wordsOfEnds(aim)
    while case let places = bisection.next(atMost: jobs), !places.isEmpty {
      let sections = bisection.findings.map(\.subject.section)
      let words = isEvery || sections.isEmpty ? firstWords : arguments(sections)
      let isFirst = bisection.ends == nil
      let records = try run(places, words)
      for place in places { bisection.take(records[place], at: place) }
      if isFirst, bisection.ends != nil, !isEvery { tellAim(of: bisection) }
      if !isEvery { tellStep(of: bisection) }
    }
    return bisection
  }

  /// Runs a command whose verdicts are wanted.
  ///
  /// - Returns: what was found out.
  func run(_ job: GuestJob, isEvery: Bool) -> VerdictSearch {
    var search = VerdictSearch(count: kernels.count, isEvery: isEvery)
    while case let places = search.next(atMost: jobs), !places.isEmpty {
      let isFirst = search.kernels.ends == nil
      let outcomes = outcomes(of: images(of: places), job) { result, _ in try result.verdicts() }
      for place in places { search.take(outcomes[place].flatMap { try? $0.get() }, at: place) }
      guard let ends = search.kernels.ends, !isEvery else { continue }
      if isFirst {
        let count = search.findings.count
        Output.note(
          "\(kernels[ends.oldest].title) and \(kernels[ends.newest].title) differ in \(count) \(count == 1 ? "verdict" : "verdicts")"
        )
      }
      tellLeft(of: search.findings.map(\.search))
    }
    return search
  }

  private func wordsOfEnds(_ aim: Bisection.Aim) throws -> [String] {
    guard case .named(let texts) = aim else { return wholeRecord }
    if let sections = try BisectSections.named(byOneOf: texts, in: wholeRecord) { return arguments(sections) }
    return texts.contains { $0.contains("_") } ? arguments([]) : wholeRecord
  }

  func arguments(_ sections: [String]) -> [String] { BisectSections.arguments(sections, in: wholeRecord) }

  /// Runs these kernels. One that gave no record is not in the result; the reason was printed.
  func run(_ places: [Int], _ words: [String]) throws -> [Int: Record] {
    let guests = images(of: places)
    return outcomes(of: guests, GuestJob(words)) { try $0.record(of: $1) }.compactMapValues { try? $0.get() }
  }

  /// The images of these kernels, fetched where they are not here. One that cannot be had is not in the result; the reason
  /// was printed.
  func images(of places: [Int]) -> [(place: Int, image: Image)] {
    var images: [(place: Int, image: Image)] = []
    for place in places {
      do throws(GuestError) { images.append((place, try kernels[place].image())) } catch {
        Output.note("\(kernels[place].title): skipped: \(error)")
      }
      if Signals.isPending { break }
    }
    return images
  }

  /// Runs these kernels: what was read in the result of each, or why there is none; the reason was printed.
  ///
  /// - Parameters:
  ///   - whenDone: is given a guest's place among these, and its result.
  ///   - read: reads the result of a guest of this image.
  func outcomes<R>(
    of images: [(place: Int, image: Image)], _ job: GuestJob,
    whenDone: @escaping @Sendable (Int, Guest.Result) throws -> Void = { _, _ in },
    read: (Guest.Result, Image) throws -> R
  ) -> [Int: Result<R, GuestError>] {
    let guests = images.map { guest($0.image, job) }
    let outcomes = Signals.deferring { GuestRuns(guests, whenDone: whenDone).run(atOnce: jobs) }
    var results: [Int: Result<R, GuestError>] = [:]
    for outcome in outcomes {
      let (place, image) = images[outcome.place]
      results[place] = outcome.result.flatMap { result in
        do { return .success(try read(result, image)) } catch {
          Output.note("\(kernels[place].title): skipped: \(error)")
          return .failure(GuestError("\(error)"))
        }
      }
    }
    return results
  }

  private func tellAim(of bisection: Bisection) {
    guard let ends = bisection.ends else { return }
    let count = bisection.differences.count
    Output.note(
      "\(kernels[ends.oldest].title) and \(kernels[ends.newest].title) differ in \(count) \(count == 1 ? "behaviour" : "behaviours")"
        + (bisection.findings.count < count ? "; searching for \(bisection.findings.count) of them" : ""))
  }

  private func tellStep(of bisection: Bisection) {
    guard bisection.ends != nil else { return }
    for finding in bisection.findings.prefix(3) {
      for change in finding.search.changes {
        Output.note(
          "\(finding.subject.name): between \(kernels[change.last].version) and \(kernels[change.first].version)"
        )
      }
    }
    tellLeft(of: bisection.findings.map(\.search))
  }

  private func tellLeft(of searches: [ChangeSearch]) {
    let left = searches.flatMap { $0.changes.flatMap(\.notRun) }
    Output.note("kernels left to test: \(Set(left).count)")
  }
}
