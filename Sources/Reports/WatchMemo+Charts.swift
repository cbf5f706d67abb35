/// What the pictures of a note are drawn from.
extension WatchMemo {
  /// A signal over time: what was counted in each bucket.
  package struct Chart: Codable, Sendable {
    package var signal: String
    package var unit: String
    /// Start of the first bucket, in nanoseconds since 1970.
    package var start: Int64
    package var bucketSeconds: Double
    package var counts: [Double]
    /// Requests or seconds of each bucket; nothing can be said where it is 0.
    package var exposures: [Double]

    package init(
      signal: String, unit: String, start: Int64, bucketSeconds: Double, counts: [Double],
      exposures: [Double]
    ) {
      self.signal = signal
      self.unit = unit
      self.start = start
      self.bucketSeconds = bucketSeconds
      self.counts = counts
      self.exposures = exposures
    }
  }

  /// Quantiles over time, in seconds; nil where nothing was measured.
  package struct LatencyChart: Codable, Sendable {
    package var signal: String
    package var start: Int64
    package var bucketSeconds: Double
    package var shares: [Double]
    /// By share, then by bucket.
    package var quantiles: [[Double?]]

    package init(
      signal: String, start: Int64, bucketSeconds: Double, shares: [Double],
      quantiles: [[Double?]]
    ) {
      self.signal = signal
      self.start = start
      self.bucketSeconds = bucketSeconds
      self.shares = shares
      self.quantiles = quantiles
    }
  }
}
