/// Whether a host lowers its guests' MTU by what its encapsulation adds.
public enum GuestMTUReduction: String, Choice {
  /// When a guest starts, where the guest, its adapter and the underlay allow it.
  case automatic
  /// Never: guests keep Ethernet's 1500 bytes.
  case unchanged

  /// The setting's name.
  public static let name = "guestMTU"
  /// What is chosen.
  public static let about = "Whether a host lowers its guests' MTU by what its encapsulation adds."
  /// What the sources say.
  public static let evidence =
    "TechNet wiki, NVGRE MTU reduction: 2012 R2 lowers it to 1458 over IPv4 for guests from Windows"
    + " Server 2008 on, with a synthetic adapter whose virtual subnet was set before they started,"
    + " and no jumbo frames on the provider adapter; Linux guests stayed at 1500 until KB3021753."
    + " 2012 does nothing of the kind; of 2016, Microsoft's planning guide asks the fabric for 1674"
    + " bytes instead. Default: automatic, unchanged under 2012 and 2016."
}
