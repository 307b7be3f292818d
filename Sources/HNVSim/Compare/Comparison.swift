public import HNVCore

/// One lab under several forwarding models: what each delivers, and why they differ.
///
/// ```swift
/// let comparison = try Comparison(lab)
/// for difference in comparison.differences { print(difference) }
/// ```
public struct Comparison: Sendable {
  /// The lab's name.
  public let lab: String
  /// The models, in the order asked for; the others are compared with the first.
  public let columns: [Column]
  /// The pairs, in declared order.
  public let rows: [Row]
  /// The differences of the other models from the first; pairs that differ in the same way stand
  /// together.
  public let differences: [Difference]

  /// A model, and its diagnostics of the lab.
  public struct Column: Sendable {
    /// The model's name.
    public let model: String
    /// The model's name in full.
    public let title: String
    /// What is wrong with the lab under this model: the errors for which it is refused, else
    /// warnings, such as what the model does not have.
    public let diagnostics: [Diagnostic]
    /// Whether the lab does not run under this model.
    public var isRefused: Bool { diagnostics.contains { $0.severity == .error } }
  }

  /// A packet from one end to another.
  public struct Row: Hashable, Sendable {
    /// The machine, or outside network, that sends.
    public let from: String
    /// The machine, outside network or address that it is sent to.
    public let to: String
    /// The observation of each column; `nil` where the lab is refused or the packet cannot be sent.
    public let cells: [Observation?]
  }

  /// Compares a lab under models, the lab's own model first unless models are named.
  ///
  /// An ICMP echo request goes from every machine to every other and to every outside network,
  /// narrowed by `from` and `to`. `advance` is called after each of `count(of:)` packets.
  ///
  /// - Throws: what is wrong with the names, or every error of the lab where all models refuse it.
  public init(
    _ lab: Lab, under models: [any ForwardingModel]? = nil, from: String? = nil,
    to: String? = nil, advance: (_ done: Int, _ all: Int) -> Void = { _, _ in }
  ) throws(Diagnostics) {
    self.lab = lab.name
    let models = models ?? Self.all(startingWith: ForwardingModels.model(of: lab))
    var fabrics: [Fabric?] = []
    var columns: [Column] = []
    for model in models {
      do throws(Diagnostics) {
        let fabric = try Fabric(lab, under: model)
        fabrics.append(fabric)
        columns.append(Column(model: model.name, title: model.title, diagnostics: fabric.warnings))
      } catch {
        fabrics.append(nil)
        columns.append(Column(model: model.name, title: model.title, diagnostics: error.all))
      }
    }
    self.columns = columns
    guard fabrics.contains(where: { $0 != nil }) else {
      throw Diagnostics(columns.first?.diagnostics ?? [])
    }
    let pairs = try Self.pairs(of: lab, fabrics.compactMap { $0 }, from: from, to: to)
    guard !pairs.isEmpty else {
      throw Diagnostics([
        Diagnostic(
          .packetForm, in: .named("comparison"), value: to ?? from ?? lab.name,
          "no two of the ends have an address family in common",
          fix: "name ends that have")
      ])
    }
    let all = pairs.count * fabrics.count
    var rows: [Row] = []
    for question in pairs {
      var cells: [Observation?] = []
      for (number, fabric) in fabrics.enumerated() {
        cells.append(fabric.flatMap { try? $0.observe(question) })
        advance(rows.count * fabrics.count + number + 1, all)
      }
      rows.append(Row(from: question.from, to: question.to, cells: cells))
    }
    self.rows = rows
    differences = Self.differences(columns, rows, fabrics)
  }

  private static func all(
    startingWith own: any ForwardingModel
  ) -> [any ForwardingModel] {
    [own] + ForwardingModels.all.filter { $0.name != own.name }
  }

  /// The pairs of the lab's own elements, without those that a model adds, such as a router VM.
  private static func pairs(
    of lab: Lab, _ fabrics: [Fabric], from: String?, to: String?
  ) throws(Diagnostics) -> [Question] {
    let own = Set(lab.machines.map(\.name.text) + lab.outside.map(\.name.text))
    var pairs: [Question] = []
    var seen: Set<Question> = []
    var refusal: Diagnostics?
    for fabric in fabrics {
      do throws(Diagnostics) {
        pairs += try fabric.pairs(from: from, to: to).filter {
          own.contains($0.from) && (own.contains($0.to) || $0.to == to) && seen.insert($0).inserted
        }
      } catch {
        refusal = refusal ?? error
      }
    }
    if pairs.isEmpty, let refusal { throw refusal }
    return pairs
  }

  /// Whether all models that do not refuse the lab agree on everything.
  public var isUniform: Bool { differences.isEmpty }
}
