import HNVCore

/// How a frame for many comes to the other hosts.
enum VXLANReplication: String, ModelSetting {
  /// One unicast copy for each host with a machine in the segment.
  case headEnd
  /// One packet to the group of the underlay that stands for the segment.
  case multicast

  static let name = "replication"
  static let about = "How broadcasts, multicasts and frames to unknown addresses reach other hosts."
  static let evidence =
    "RFC 7348, section 4.2, sends them to a multicast group of the underlay. A list of hosts is"
    + " what implementations added (RFC 8365, section 5.1.3: ingress replication). Default: headEnd."
}
