/// The object that a diagnostic is about, named as whoever declared the policy counts it.
///
/// HNVCore does not know files. It says "lookup record 3 of host hv2", and the declarer, who
/// keeps a place for each object, turns that into file, line and column.
public enum Subject: Hashable, Sendable {
  /// A piece of text on its own, such as an address that does not parse.
  case text
  /// The network as a whole.
  case network
  /// A hypervisor.
  case host(String)
  /// One entry of a host's policy; `index` counts from 0.
  case entry(Kind, index: Int, host: String)
  /// Anything else that a declarer has a name for, such as `machine A`.
  case named(String)

  /// The lists that a host's policy consists of.
  public enum Kind: String, Hashable, Sendable, CustomStringConvertible {
    /// A NetVirtualizationLookupRecord.
    case lookupRecord = "lookup record"
    /// A NetVirtualizationCustomerRoute.
    case customerRoute = "customer route"
    /// A NetVirtualizationProviderAddress.
    case providerAddress = "provider address"
    /// A NetVirtualizationProviderRoute.
    case providerRoute = "provider route"
    /// A VM port.
    case port = "VM port"

    /// The words that reports use.
    public var description: String { rawValue }
  }
}

extension Subject: CustomStringConvertible {
  /// The object in words; entries are counted from 1.
  public var description: String {
    switch self {
    case .text: "text"
    case .network: "the network"
    case .host(let name): "host \(name)"
    case .entry(let kind, let index, let host): "\(kind) \(index + 1) of host \(host)"
    case .named(let name): name
    }
  }
}
