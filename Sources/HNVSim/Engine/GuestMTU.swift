/// The largest packet that a machine sends into a subnet, and why it is that.
package struct GuestMTU: Hashable, Sendable {
  /// The bytes of the packet, IP header included.
  package let bytes: Int
  /// The largest packet that the model carries whole; what is larger is lost behind the adapter.
  package let room: Int
  /// Why the machine sends as much, in words.
  package let reason: String
  /// The setting that decided, as `guestMTU=automatic`; `nil` where the lab did.
  package let setting: String?
}
