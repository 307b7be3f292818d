/// What only the OpenContrail vRouter has; all of it may be left out.
///
/// A network of the lab is a logical router and each of its subnets a virtual network: all hold the
/// same routes, and each is a bridge by itself.
package struct ContrailSection: Equatable, Sendable {
  /// The vRouter by the date of its source code; default: 2014-11.
  ///
  /// - `2013`: it answers every ARP request with its own MAC address, routes all IPv4, and never
  ///   changes the TTL (contrail-vrouter, August 2013 to September 2014).
  /// - `2014-11`: it bridges within a subnet, and takes one from the TTL of what it routes
  ///   (contrail-vrouter, commit c88c40e, 26 November 2014, and since).
  package var era: Written?
  /// What a network does that does not choose itself: `l2_l3`, `l2` or `l3`; default: l2_l3
  /// (tf-controller, `vn.cc`).
  package var mode: Written?
  /// What packets travel in between hosts: `MPLSoGRE`, `MPLSoUDP` or `VXLAN`; default: MPLSoGRE.
  ///
  /// VXLAN carries bridged frames only; routed packets travel in MPLSoGRE all the same (ipSpace,
  /// August 2014).
  package var encapsulation: Written?
  /// Whether a packet must come by the interface that its source address is routed to: `on` or
  /// `off`; default: on (tf-controller; Juniper's cloud-native edition has it off).
  package var rpf: Written?
  /// Whether frames to MAC addresses that nobody has are flooded: `on` or `off`; default: off
  /// (tf-controller, `flood_unknown_unicast` of a virtual network).
  package var floodUnknownUnicast: Written?
  /// What the TTL of a label is: `copied` from the routed packet's, so that one with 1
  /// left is dropped silently at the receiving host, or `constant`; default: copied
  /// (tf-vrouter, `nh_push_mpls_header` and `vr_mpls_input`, as read).
  package var labelTimeToLive: Written?
  /// What routing does to an IPv6 hop limit: `kept` or `decremented`; default: kept (tf-vrouter,
  /// `vr_proto_ip6.c`, where the decrement is commented out).
  package var ipv6HopLimit: Written?
  /// Networks that differ.
  package var networks: [Network]

  /// How one network differs.
  package struct Network: Equatable, Sendable {
    /// The network.
    package var network: Written
    /// `l2_l3`, `l2` or `l3`.
    package var mode: Written?
    /// `on` or `off`.
    package var rpf: Written?
    /// `on` or `off`.
    package var floodUnknownUnicast: Written?

    /// Declares how a network differs.
    package init(
      network: Written, mode: Written? = nil, rpf: Written? = nil,
      floodUnknownUnicast: Written? = nil
    ) {
      self.network = network
      self.mode = mode
      self.rpf = rpf
      self.floodUnknownUnicast = floodUnknownUnicast
    }
  }

  /// A section; what is left out has its default.
  package init(
    era: Written? = nil, mode: Written? = nil, encapsulation: Written? = nil, rpf: Written? = nil,
    floodUnknownUnicast: Written? = nil, labelTimeToLive: Written? = nil,
    ipv6HopLimit: Written? = nil, networks: [Network] = []
  ) {
    self.era = era
    self.mode = mode
    self.encapsulation = encapsulation
    self.rpf = rpf
    self.floodUnknownUnicast = floodUnknownUnicast
    self.labelTimeToLive = labelTimeToLive
    self.ipv6HopLimit = ipv6HopLimit
    self.networks = networks
  }
}
