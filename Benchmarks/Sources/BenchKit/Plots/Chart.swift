import Foundation

/// Values against the number of VMs; both axes are logarithmic.
struct Chart {
  struct Point: Equatable {
    let size: Double
    let value: Double
  }

  let name: String
  let title: String
  let unit: Figure.Unit
  /// The lines that have a point at least.
  let series: [(name: String, points: [Point])]

  init(_ name: String, _ title: String, _ unit: Figure.Unit, _ series: [(String, [Point])]) {
    self.name = name
    self.title = title
    self.unit = unit
    self.series = series.filter { !$0.1.isEmpty }.map { (name: $0.0, points: $0.1) }
  }

  var sizes: LogAxis { LogAxis(series.flatMap { $0.points.map(\.size) }) }

  var values: LogAxis { LogAxis(series.flatMap { $0.points.map(\.value) }) }
}

/// A logarithmic axis from a power of ten to another.
struct LogAxis {
  let low: Int
  let high: Int

  /// The least axis of whole decades, one at least, that holds all values above zero.
  init(_ values: [Double]) {
    let logs = values.filter { $0 > 0 }.map { log10($0) }
    let low = Int((logs.min() ?? 0).rounded(.down))
    self.low = low
    high = max(low + 1, Int((logs.max() ?? 0).rounded(.up)))
  }

  /// Where a value is, from 0 to 1.
  func place(_ value: Double) -> Double {
    guard value > 0 else { return 0 }
    return (log10(value) - Double(low)) / Double(high - low)
  }

  /// The powers of ten on the axis.
  var ticks: [Double] { (low...high).map { pow(10, Double($0)) } }
}
