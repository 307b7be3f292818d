import HNVCore
import HNVSim

extension Fabric {
  /// The trace of an echo request that is sent with a TTL of 64.
  func ping(
    _ from: String, _ to: String, size: Int? = nil, whole: Bool = true
  ) throws(Diagnostics) -> Trace {
    try trace(
      Question(from: from, to: to, timeToLive: 64, size: size, dontFragment: whole))
  }
}
