/// A NetVirtualizationProviderAddress: a transport address of a host on the underlay.
public struct ProviderAddress: Hashable, Sendable {
  /// `-ProviderAddress`.
  public var address: IPAddress

  /// `-PrefixLength`.
  public var prefixLength: Int

  /// `-InterfaceIndex`: the adapter that carries it.
  public var interfaceIndex: UInt32

  /// `-VlanID`: the tag on the underlay; `nil` for none.
  public var vlanID: UInt16?

  /// `-MACAddress`; `nil` leaves the adapter's own.
  public var macAddress: MACAddress?

  /// `ManagedByCluster`, read-only: a cluster moves the address between gateway hosts.
  public var isManagedByCluster: Bool

  /// Creates a provider address.
  public init(
    _ address: IPAddress, prefixLength: Int, interfaceIndex: UInt32 = 1, vlanID: UInt16? = nil,
    macAddress: MACAddress? = nil, isManagedByCluster: Bool = false
  ) {
    self.address = address
    self.prefixLength = prefixLength
    self.interfaceIndex = interfaceIndex
    self.vlanID = vlanID
    self.macAddress = macAddress
    self.isManagedByCluster = isManagedByCluster
  }

  /// The addresses that it reaches without a route; `nil` where the prefix length is none of its
  /// family.
  public var prefix: IPPrefix? { IPPrefix(containing: address, length: prefixLength) }
}

/// A NetVirtualizationProviderRoute: a route of a host's provider addresses on the underlay.
public struct ProviderRoute: Hashable, Sendable {
  /// `-InterfaceIndex`: the adapter it leads out of.
  public var interfaceIndex: UInt32

  /// `-DestinationPrefix`.
  public var destinationPrefix: IPPrefix

  /// `-NextHop`: an underlay router, or the destination itself.
  public var nextHop: NextHop

  /// `-Metric`: the lowest is used among routes of one prefix.
  public var metric: UInt32

  /// Creates a provider route.
  public init(
    interfaceIndex: UInt32 = 1, destinationPrefix: IPPrefix, nextHop: NextHop, metric: UInt32 = 0
  ) {
    self.interfaceIndex = interfaceIndex
    self.destinationPrefix = destinationPrefix
    self.nextHop = nextHop
    self.metric = metric
  }
}
