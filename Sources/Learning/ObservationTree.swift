/// All words that were asked, with their answers, as a tree: what was answered once is not asked again.
struct ObservationTree {
  typealias Node = Int
  static let root: Node = 0

  private let inputCount: Int
  /// The child of each node for each input, or -1.
  private var children: [Node]
  /// The output on the way to each node.
  private var outputs: [Int] = [-1]

  init(inputCount: Int) {
    self.inputCount = inputCount
    children = [Node](repeating: -1, count: inputCount)
  }

  var count: Int { outputs.count }

  func child(of node: Node, _ input: Int) -> Node? {
    let child = children[node * inputCount + input]
    return child < 0 ? nil : child
  }

  func output(at node: Node) -> Int { outputs[node] }

  /// The node behind this word, or nil where it was not asked.
  func node(of word: some Sequence<Int>, from start: Node = root) -> Node? {
    var node = start
    for input in word {
      guard let child = child(of: node, input) else { return nil }
      node = child
    }
    return node
  }

  /// The known answers to this word; nil where it was not asked.
  func answers(to word: Word) -> [Int]? {
    var node = Self.root
    var answers: [Int] = []
    for input in word {
      guard let child = child(of: node, input) else { return nil }
      answers.append(outputs[child])
      node = child
    }
    return answers
  }

  /// Adds an answered word.
  ///
  /// - Returns: the length of the shortest part from the beginning that was answered in another way before; nil where it
  ///   was added.
  mutating func add(_ word: Word, _ answers: [Int]) -> Int? {
    var node = Self.root
    for (place, (input, answer)) in zip(word, answers).enumerated() {
      if let child = child(of: node, input) {
        guard outputs[child] == answer else { return place + 1 }
        node = child
      } else {
        let child = outputs.count
        children[node * inputCount + input] = child
        children.append(contentsOf: repeatElement(-1, count: inputCount))
        outputs.append(answer)
        node = child
      }
    }
    return nil
  }

  /// A word that was asked behind both nodes and answered differently, so that they are no one state; nil where there is
  /// none.
  func witness(_ first: Node, _ second: Node) -> Word? {
    var word: Word = []
    return search(first, second, &word) ? word.reversed() : nil
  }

  private func search(_ first: Node, _ second: Node, _ word: inout Word) -> Bool {
    for input in 0..<inputCount {
      guard let one = child(of: first, input), let other = child(of: second, input) else { continue }
      if outputs[one] != outputs[other] || search(one, other, &word) {
        word.append(input)
        return true
      }
    }
    return false
  }

  func areApart(_ first: Node, _ second: Node) -> Bool { witness(first, second) != nil }
}
