/// The largest packet that a machine sends into a subnet, and why it is that.
public struct GuestMTU: Hashable, Sendable {
  /// The bytes of the packet, IP header included.
  public let bytes: Int
  /// The largest packet that the model carries whole; what is larger is lost behind the adapter.
  public let room: Int
  /// Why the machine sends as much, in words.
  public let reason: String
  /// The setting that decided, as `guestMTU=automatic`; `nil` where the lab did.
  public let setting: String?

  /// States what a machine sends, and why.
  public init(bytes: Int, room: Int, reason: String, setting: String? = nil) {
    self.bytes = bytes
    self.room = room
    self.reason = reason
    self.setting = setting
  }
}
