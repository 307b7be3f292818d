/// A chart as SVG; its colours follow the reader's choice of light or dark.
struct ChartSVG {
  private let chart: Chart

  init(_ chart: Chart) { self.chart = chart }

  private static let (width, height) = (720.0, 400.0)
  private static let (left, right, top, bottom) = (100.0, 700.0, 50.0, 310.0)

  var text: String {
    let described = chart.series.map(\.name).joined(separator: ", ")
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.round(Self.width)) \
      \(Self.round(Self.height))" role="img">
      <title>\(Self.escaped(chart.title))</title>
      <desc>\(Self.escaped(described)), against the number of VMs; logarithmic axes.</desc>
      <style>
      :root { --ink: #24292f; --paper: #ffffff; --faint: #d0d7de; --a: #0969da; --b: #bc4c00; --c: #1a7f37; }
      @media (prefers-color-scheme: dark) {
      :root { --ink: #e6edf3; --paper: #0d1117; --faint: #444c56; --a: #58a6ff; --b: #f0883e; --c: #56d364; }
      }
      text { font: 13px system-ui, sans-serif; fill: var(--ink); }
      .title { font-size: 16px; font-weight: 600; }
      .grid { stroke: var(--faint); }
      .paper { fill: var(--paper); }
      .line { stroke-width: 2; }
      .a { stroke: var(--a); fill: var(--a); }
      .b { stroke: var(--b); fill: var(--b); }
      .c { stroke: var(--c); fill: var(--c); }
      path.line { fill: none; }
      </style>
      <rect class="paper" width="100%" height="100%"/>
      <text class="title" x="\(Self.round(Self.left))" y="28">\(Self.escaped(chart.title))</text>
      \(axes.joined(separator: "\n"))
      \(lines.joined(separator: "\n"))
      </svg>

      """
  }

  private var axes: [String] {
    var parts: [String] = []
    for tick in chart.values.ticks {
      let height = Self.round(y(tick))
      parts.append(
        "<path class=\"grid\" d=\"M\(Self.round(Self.left)) \(height)"
          + "H\(Self.round(Self.right))\"/>")
      parts.append(
        "<text x=\"\(Self.round(Self.left - 8))\" y=\"\(height)\" dy=\"4\" text-anchor=\"end\">"
          + "\(Self.label(tick, chart.unit))</text>")
    }
    for tick in chart.sizes.ticks {
      parts.append(
        "<text x=\"\(Self.round(x(tick)))\" y=\"\(Self.round(Self.bottom + 22))\""
          + " text-anchor=\"middle\">\(Self.label(tick, .count))</text>")
    }
    parts.append(
      "<text x=\"\(Self.round((Self.left + Self.right) / 2))\""
        + " y=\"\(Self.round(Self.bottom + 44))\" text-anchor=\"middle\">VMs</text>")
    return parts
  }

  private var lines: [String] {
    var parts: [String] = []
    for (number, series) in chart.series.enumerated() {
      let color = ["a", "b", "c"][number % 3]
      let places = series.points.map { "\(Self.round(x($0.size))) \(Self.round(y($0.value)))" }
      parts.append(
        "<path class=\"line \(color)\" d=\"M\(places.joined(separator: "L"))\"/>")
      for point in series.points {
        parts.append(
          "<circle cx=\"\(Self.round(x(point.size)))\" cy=\"\(Self.round(y(point.value)))\""
            + " r=\"4\" class=\"\(color)\"><title>\(Self.label(point.size, .count)) VMs: "
            + "\(FigureText.value(point.value, chart.unit))</title></circle>")
      }
      let place = Self.left + Double(number) * 200
      let height = Self.round(Self.bottom + 74)
      parts.append(
        "<circle cx=\"\(Self.round(place + 5))\" cy=\"\(height)\" r=\"5\" class=\"\(color)\"/>"
          + "<text x=\"\(Self.round(place + 16))\" y=\"\(height)\" dy=\"4\">"
          + "\(Self.escaped(series.name))</text>")
    }
    return parts
  }

  private func x(_ size: Double) -> Double {
    Self.left + chart.sizes.place(size) * (Self.right - Self.left)
  }

  private func y(_ value: Double) -> Double {
    Self.bottom - chart.values.place(value) * (Self.bottom - Self.top)
  }

  /// One digit after the point is less than a pixel.
  private static func round(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(Double(tenths) / 10)"
  }

  private static func label(_ value: Double, _ unit: Figure.Unit) -> String {
    guard unit == .count else { return FigureText.value(value, unit) }
    var digits = String(Int(value.rounded()))
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits = String(digits.dropLast(3))
    }
    return ([digits] + groups).joined(separator: ",")
  }

  static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
