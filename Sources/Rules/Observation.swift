/// What the rules saw in one record: the increments that its window receives.
///
/// One value is reused for all records of a worker, so that none of its arrays is allocated again.
package struct Observation {
  package struct Hit {
    package var measure: MeasureID
    /// 1 for a count, the captured number for a sum.
    package var amount: Double

    package init(measure: MeasureID, amount: Double) {
      self.measure = measure
      self.amount = amount
    }
  }

  package struct Value {
    package var histogram: Int
    /// In the unit of the capture's normal form: seconds for durations.
    package var number: Double

    package init(histogram: Int, number: Double) {
      self.histogram = histogram
      self.number = number
    }
  }

  /// Rules that matched, by index, ascending, each once.
  package var rules: [Int] = []
  package var hits: [Hit] = []
  package var values: [Value] = []
  /// The route of a request with identifiers masked (`/orders/{}`); empty for other records.
  package var route: [UInt8] = []
  /// An error record: its severity is error or worse, or it states none and an error rule matched.
  package var isError = false

  package init() {}

  package mutating func removeAll() {
    rules.removeAll(keepingCapacity: true)
    hits.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    route.removeAll(keepingCapacity: true)
    isError = false
  }
}
