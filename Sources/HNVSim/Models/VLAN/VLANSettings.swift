import HNVCore

/// Whether the router answers ARP for what it reaches by another VLAN (RFC 1027).
enum ProxyARP: String, ModelSetting {
  case on, off

  static let name = "proxyARP"

  static let about = "Whether the router answers ARP for what it reaches by another VLAN."

  static let evidence =
    "Off by default in Aruba CX, Comware and Junos, on in Extreme's switches; Cisco's default was"
    + " not found in a document of Cisco's."
}

/// Whether the router answers ARP for what it reaches by the VLAN of the question as well.
enum LocalProxyARP: String, ModelSetting {
  case on, off

  static let name = "localProxyARP"

  static let about =
    "Whether the router answers ARP for what it reaches by the same VLAN, besides other VLANs."

  static let evidence = "Off by default in Aruba's switches (16.08 and CX manuals)."
}
