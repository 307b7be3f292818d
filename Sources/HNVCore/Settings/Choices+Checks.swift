/// Whether policy that sources advise against is refused.
public enum PolicyChecks: String, Choice {
  /// It is an error, and the network is refused.
  case strict
  /// It is a warning; of contradictory entries the first counts.
  case lenient

  /// The rules that it is about: those that one host's cmdlets could enforce, and of which no
  /// source says whether they do.
  public static let rules: Set<DiagnosticRule> = [
    .externalGatewaySubnet, .reservedAddress, .overlappingPrefixes, .virtualSubnetInTwoDomains,
    .addressOutsideSubnet, .secondPrefix, .duplicateCustomerAddress,
  ]

  /// The setting's name.
  public static let name = "policyChecks"
  /// What is chosen.
  public static let about =
    "Whether policy is refused that sources advise against: a gateway in a VM subnet, a machine at"
    + " the reserved address, overlapping prefixes, a VSID in two routing domains, a second prefix"
    + " of a VSID, an address outside its subnet, two records of one address."
  /// What the sources say.
  public static let evidence =
    "No page documents any error of the cmdlets. Microsoft's overview forbids overlapping prefixes"
    + " and its samples reserve the lowest address, without saying what becomes of either; that a"
    + " record's key holds its MAC address lets two of one address stand side by side; a cloud"
    + " driver's authors were refused a second prefix, and still wrote gateways into VM subnets in"
    + " 2015. Default: strict."
}
