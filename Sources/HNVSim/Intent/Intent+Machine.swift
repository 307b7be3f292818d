public import HNVCore

extension Intent {
  /// A VM or a forwarding machine.
  public struct Machine: Sendable {
    /// Its name.
    public let name: String
    /// The hypervisor that it starts on, by its position.
    public let host: Int
    /// Whether it forwards what is not its own.
    public let forwards: Bool
    /// Where it is written.
    public let place: Place
    /// The names of its routing tables: first, without a name, the machine's own.
    public internal(set) var compartments = [""]
    /// Its adapters.
    public internal(set) var interfaces: [Interface] = []
    /// Its routes, beside those to its own links.
    public internal(set) var routes: [Route] = []
    /// The ports that it answers on; `nil` for all.
    public internal(set) var open: Set<OpenPort>?
    /// The largest packet that it sends, in bytes; `nil` for what its model chooses.
    public internal(set) var mtu: Int?
    /// The multicast groups that it has joined.
    public internal(set) var groups: Set<IPAddress> = []
    /// Whether it lets its gateway tell it of a better one.
    public internal(set) var acceptsRedirects = true
    /// The addresses by which outside networks know it, where its model translates them.
    public internal(set) var publicAddresses: [PublicAddress] = []
  }

  /// An address by which an outside network knows a machine.
  public struct PublicAddress: Hashable, Sendable {
    /// The outside network, by its position.
    public let outside: Int
    /// The address.
    public let address: IPAddress
    /// Where it is written.
    public let place: Place
  }

  /// A port that a machine answers on.
  public struct OpenPort: Hashable, Sendable {
    /// TCP or UDP.
    public let ipProtocol: IPProtocol
    /// Its number.
    public let port: UInt16
  }

  /// An adapter of a machine.
  public struct Interface: Sendable {
    /// What it is connected to.
    public let attachment: Attachment
    /// Its MAC address.
    public let macAddress: MACAddress
    /// Where it is written.
    public let place: Place
    /// Where its MAC address is written.
    public let macPlace: Place
    /// Its addresses.
    public internal(set) var addresses: [Address] = []
    /// The access rules of its port; the first that matches decides.
    public internal(set) var rules: [AccessRule] = []
    /// The compartment it is in, by its position among the machine's.
    public internal(set) var compartment = 0
    /// Whether what leaves here gets the adapter's address as its source.
    public internal(set) var translates = false
    /// Of an adapter that translates and serves the inside as well: the inside, towards which it
    /// does not; empty for one that only leads out.
    public internal(set) var inside: [IPPrefix] = []
    /// The ports of its address that lead to machines behind it.
    public internal(set) var publications: [Publication] = []
    /// Its parts in virtual routers.
    public internal(set) var virtualRouters: [VirtualRouterMember] = []

    /// What an adapter can be connected to, by position.
    public enum Attachment: Hashable, Sendable {
      /// A subnet.
      case subnet(Int)
      /// The wire of an outside network.
      case outside(Int)
    }

    /// An address of an adapter.
    public struct Address: Sendable {
      /// The address.
      public let address: IPAddress
      /// What the guest takes for its own link; its own belief, which may be wrong.
      public let onLink: IPPrefix
      /// Where it is written.
      public let place: Place
    }

    /// A port of the adapter that stands for one of a machine behind it.
    public struct Publication: Sendable {
      /// TCP or UDP.
      public let ipProtocol: IPProtocol
      /// The port at the adapter's address.
      public let port: UInt16
      /// The machine's address.
      public let to: IPAddress
      /// The machine's port.
      public let toPort: UInt16
      /// The compartment in which the machine is.
      public let compartment: Int
    }
  }
}
