/// Lets a value that has one owner be held by a class or an array; it ends with the last reference.
package final class Box<Value: ~Copyable> {
  package let value: Value
  package init(_ value: consuming Value) { self.value = value }
}
