import HNVCore
import Testing

/// Settings as data, and the releases that they are preset for.
struct SettingsTests {
  @Test func `every setting is described once, in order`() {
    let names = Mirror(reflecting: Settings()).children.compactMap(\.label)
    #expect(Settings.descriptions.map(\.name) == names)
  }

  @Test func `a description says what is chosen, among what, and on what evidence`() {
    for description in Settings.descriptions {
      #expect(description.values.count > 1)
      #expect(Set(description.values).count == description.values.count)
      #expect(
        description.about.hasPrefix("Wh") || description.about.hasPrefix("How")
          || description.about.hasPrefix("For"))
      #expect(description.about.hasSuffix("."))
      let chosen = "Default: \(description.read(Settings()))"
      #expect(description.evidence.contains(chosen), "\(description.name)")
    }
  }

  @Test func `each value is written and read, and nothing else changes`() {
    for (index, description) in Settings.descriptions.enumerated() {
      for value in description.values {
        var settings = Settings()
        #expect(description.write(&settings, value))
        #expect(description.read(settings) == value)
        for (other, unchanged) in Settings.descriptions.enumerated() where other != index {
          #expect(unchanged.read(settings) == unchanged.read(Settings()))
        }
      }
    }
  }

  @Test(arguments: ["", "nonsense", "KEPT", " kept", "hostroute"])
  func `an unknown value is refused and changes nothing`(value: String) {
    for description in Settings.descriptions {
      var settings = Settings(.windowsServer2012)
      #expect(!description.write(&settings, value))
      #expect(settings == Settings(.windowsServer2012))
    }
  }

  @Test func `a trace writes a setting as its name and value`() {
    #expect(RecordPrecedence.routeFirst.text == "recordPrecedence=routeFirst")
    #expect(SourceMACBetweenSubnets.gateway.text == "sourceMAC=gateway")
  }

  @Test func `2012 R2 is the default`() {
    #expect(Settings() == Settings(.windowsServer2012R2))
    let settings = Settings()
    #expect(settings.recordPrecedence == .hostRoute)
    #expect(settings.timeToLive == .decremented)
    #expect(settings.sourceMAC == .kept)
    #expect(settings.foreignMAC == .rewritten)
    #expect(settings.sourceValidation == .recordRequired)
    #expect(settings.neighborProxy == .ownSubnet)
    #expect(settings.externalGateway == .ownSubnet)
    #expect(settings.sameHost == .routed)
    #expect(settings.encapsulation == .nvgre)
    #expect(settings.nextHopAnswer == .machine)
    #expect(settings.accessLists == .bothMustAllow)
    #expect(settings.neighborFiltering == .exempt)
    #expect(settings.guestMTU == .automatic)
  }

  /// What the settings of a release are, where they are not those of 2012 R2.
  private func differences(_ release: Release) -> [String: String] {
    var differing: [String: String] = [:]
    for description in Settings.descriptions {
      let value = description.read(Settings(release))
      if value != description.read(Settings()) { differing[description.name] = value }
    }
    return differing
  }

  @Test func `2012 is a filter below the switch, without flooding, learning or messages`() {
    #expect(
      differences(.windowsServer2012) == [
        "sameHost": "bridged", "externalGateway": "anySubnet", "groups": "sameHost",
        "unknownNeighbor": "silent", "learning": "none", "controlMessages": "none",
        "guestMTU": "unchanged",
      ])
  }

  @Test func `2016 replicates, learns nothing and defaults to VXLAN`() {
    #expect(
      differences(.windowsServer2016) == [
        "encapsulation": "vxlan", "groups": "replicated", "unknownNeighbor": "silent",
        "learning": "none", "guestMTU": "unchanged",
      ])
  }

  @Test func `releases are named as people name them`() {
    #expect(Release.allCases.map(\.rawValue) == ["2012", "2012R2", "2016"])
  }
}
