import HNVCore

/// Whether the sender's host answers questions for MAC addresses.
enum ARPSuppression: String, ModelSetting {
  /// Questions go to everyone in the segment, and the target answers.
  case off
  /// A control plane tells hosts the addresses of all machines; the sender's host answers with the
  /// target's own MAC address.
  case on

  static let name = "arpSuppression"
  static let about = "Whether the sender's host answers ARP and neighbour discovery."
  static let evidence =
    "RFC 7348, section 4.1, floods ARP, and the target answers. RFC 7432, section 10, and VMware's"
    + " NSX 6.4 troubleshooting guide have the local host answer with the target's MAC address if"
    + " it knows it. Default: off under VXLAN, on under NSX."
}
