import HNVCore

/// What the HNV section says of one port, beside the rules of its interface.
struct PortPolicy: Sendable {
  let place: Place
  var basicRules: [BasicAccessRule] = []
  var accessRules: [AccessRule] = []
  var allowsMACSpoofing = false
  var dhcpGuard = false
  var routerGuard = false

  func apply(to port: inout VMPort) {
    port.accessRules += accessRules
    port.basicRules = basicRules
    port.allowsMACSpoofing = allowsMACSpoofing
    port.dhcpGuard = dhcpGuard
    port.routerGuard = routerGuard
  }
}
