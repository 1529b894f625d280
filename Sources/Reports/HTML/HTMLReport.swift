package import Claims
extension Assessment {
  package func htmlReport() -> String { "" }
}
