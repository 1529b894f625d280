/// Lets a value that has one owner be held by a class or an array; it ends with the last reference.
final class Box<Value: ~Copyable> {
  let value: Value
  init(_ value: consuming Value) { self.value = value }
}
