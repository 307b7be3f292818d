import HNVCore

/// Parts of what a fact is about, in words.
extension Scene {
  /// The packet's source.
  var sourceAddress: String { Self.words(ipRow?.source) }

  /// The packet's destination.
  var destinationAddress: String { Self.words(ipRow?.destination) }

  /// The address whose MAC address the frame asks for.
  var target: String { Self.words(row?.targetAddress) }

  private static func words(_ address: IPAddress?) -> String {
    address.map { "\($0)" } ?? "an unknown address"
  }

  /// The name of a machine.
  func machine(_ index: Int) -> String { intent.machines[index].name }
}
