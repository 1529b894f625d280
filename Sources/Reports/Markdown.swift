package import Claims
extension Assessment { package func markdownReport() -> String { "" } }
