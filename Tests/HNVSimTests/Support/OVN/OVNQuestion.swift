import HNVCore

/// A packet that a machine of an `OVNTestNetwork` sends.
struct OVNQuestion {
  enum Content {
    case ip(to: IPv4Address, IPProtocol, timeToLive: UInt8)
    /// A question for the MAC of an address.
    case arp(for: IPv4Address)
  }

  var port: Int
  var destinationMAC: MACAddress
  var content: Content

  /// The packet as an expression that fits no other (ovn-trace(8), "microflow"), and the switch
  /// that it enters.
  func microflow(in network: OVNTestNetwork) -> (datapath: String, expression: String) {
    let sender = network.ports[port]
    let frame = [
      "inport == \"\(network.portName(port))\"",
      "eth.src == \(sender.macAddress.colons)", "eth.dst == \(destinationMAC.colons)",
    ]
    let expression = (frame + fields(from: sender)).joined(separator: " && ")
    return (network.switchName(sender.onSwitch), expression)
  }

  private func fields(from sender: OVNTestNetwork.Port) -> [String] {
    switch content {
    case .ip(let destination, let ipProtocol, let timeToLive):
      [
        "ip4.src == \(sender.address)", "ip4.dst == \(destination)", "ip.ttl == \(timeToLive)",
        transport(ipProtocol),
      ]
    case .arp(let target):
      [
        "arp.op == 1", "arp.sha == \(sender.macAddress.colons)", "arp.spa == \(sender.address)",
        "arp.tha == \(MACAddress(bits: 0).colons)", "arp.tpa == \(target)",
      ]
    }
  }

  private func transport(_ ipProtocol: IPProtocol) -> String {
    switch ipProtocol {
    case .icmp: "icmp4.type == 8 && icmp4.code == 0"
    case .udp: "udp.src == 40000 && udp.dst == 40001"
    case .tcp: "tcp.src == 40000 && tcp.dst == 40001"
    default: "ip.proto == \(ipProtocol.number)"
    }
  }
}
