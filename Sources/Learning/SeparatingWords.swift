extension MealyMachine {
  /// A shortest word for each pair of states of the two machines in which an input is answered in two ways. Behind another
  /// output they have no state in common.
  package func wordsApart(from other: MealyMachine) -> [Word] {
    precondition(inputCount == other.inputCount, "the machines have the same inputs")
    var words: [Word] = []
    var known: Set<[Int]> = [[0, 0]]
    var queue: [(one: Int, other: Int, word: Word)] = [(0, 0, [])]
    var next = 0
    while next < queue.count {
      let pair = queue[next]
      next += 1
      for input in 0..<inputCount {
        let (left, right) = (edges[pair.one][input], other.edges[pair.other][input])
        if left.output != right.output {
          words.append(pair.word + [input])
        } else if known.insert([left.target, right.target]).inserted {
          queue.append((left.target, right.target, pair.word + [input]))
        }
      }
    }
    return words
  }
}

/// Words that tell the states of a machine apart.
struct SeparatingWords {
  /// Of each state a few words, one of which each other state answers in another way.
  let ofState: [[Word]]
  /// All of them.
  let all: [Word]

  init(of machine: MealyMachine) {
    let pairs = Self.shortest(in: machine)
    let count = machine.stateCount
    func word(_ one: Int, _ other: Int) -> Word? { pairs[min(one, other) * count + max(one, other)] }
    ofState = (0..<count).map { state in
      var open = (0..<count).filter { $0 != state }
      var words: [Word] = []
      while let other = open.first, let next = word(state, other) {
        words.append(next)
        let answers = machine.answers(to: next, from: state)
        open.removeAll { $0 == other || machine.answers(to: next, from: $0) != answers }
      }
      return words
    }
    var seen: Set<Word> = []
    all = ofState.flatMap { $0 }.filter { seen.insert($0).inserted }
  }

  /// A shortest word for each two states, the lower first, that tells them apart; nil where none does.
  private static func shortest(in machine: MealyMachine) -> [Word?] {
    let count = machine.stateCount
    var words = [Word?](repeating: nil, count: count * count)
    var isChanged = true
    // In each round words of one input more.
    while isChanged {
      isChanged = false
      let before = words
      for one in 0..<count {
        for other in (one + 1)..<max(one + 1, count) where before[one * count + other] == nil {
          for input in 0..<machine.inputCount {
            let (first, second) = (machine.edges[one][input], machine.edges[other][input])
            let (low, high) = (min(first.target, second.target), max(first.target, second.target))
            if first.output != second.output {
              words[one * count + other] = [input]
            } else if let rest = before[low * count + high] {
              words[one * count + other] = [input] + rest
            } else {
              continue
            }
            isChanged = true
            break
          }
        }
      }
    }
    return words
  }
}
