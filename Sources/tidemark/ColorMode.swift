import ArgumentParser

/// `--color`.
enum ColorMode: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never
}
