/// What only OVN has; all of it may be left out.
package struct OVNSection: Equatable, Sendable {
  /// Whether a port's frames must bear its own addresses (ovn-nb(5), port_security); default:
  /// false, as in OVN.
  package var portSecurity: Bool
  /// The rows of the switches' access lists, beside those of machines' own rules, which have the
  /// priorities from 1000 down.
  package var acls: [ACL]

  /// A row of a switch's access list (ovn-nb(5), table ACL); a missing field matches anything.
  package struct ACL: Equatable, Sendable {
    /// The subnet, whose switch has the list.
    package var subnet: Written
    /// `from-lport` as packets enter the switch, `to-lport` as they leave it.
    package var direction: Written
    /// 0 to 32767; the highest decides.
    package var priority: UInt64
    /// `allow`, `allow-related`, `drop` or `reject`.
    package var action: Written
    /// The machine whose port the row is for; without one it is for all, the router's too.
    package var machine: Written?
    /// The packet's source.
    package var source: Written?
    /// The packet's destination.
    package var destination: Written?
    /// The packet's protocol.
    package var ipProtocol: Written?
    /// Its source ports.
    package var sourcePorts: Written?
    /// Its destination ports.
    package var destinationPorts: Written?

    /// States a row.
    package init(
      subnet: Written, direction: Written, priority: UInt64, action: Written,
      machine: Written? = nil, source: Written? = nil, destination: Written? = nil,
      ipProtocol: Written? = nil, sourcePorts: Written? = nil, destinationPorts: Written? = nil
    ) {
      self.subnet = subnet
      self.direction = direction
      self.priority = priority
      self.action = action
      self.machine = machine
      self.source = source
      self.destination = destination
      self.ipProtocol = ipProtocol
      self.sourcePorts = sourcePorts
      self.destinationPorts = destinationPorts
    }
  }

  /// States what the lab has.
  package init(portSecurity: Bool = false, acls: [ACL] = []) {
    self.portSecurity = portSecurity
    self.acls = acls
  }
}
