import HNVCore

@testable import HNVSim

extension World {
  /// Puts a described frame on a cable, as the packet at hand.
  mutating func emit(_ frame: EthernetFrame, on cable: Cable) {
    let packet = packets.add(frame)
    emit(packet, on: cable)
  }
}
