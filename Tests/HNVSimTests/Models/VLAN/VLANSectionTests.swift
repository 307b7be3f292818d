import HNVCore
import Testing

@testable import HNVSim

/// What a lab's section on VLANs may say, and what is wrong with it.
@Suite struct VLANSectionTests {
  private func written(_ text: String) -> Written { SmallLab.written(text) }

  private func rules(_ change: (inout VLANSection) -> Void) -> [DiagnosticRule] {
    Fabric.check(TraditionalLab.lab { change(&$0.vlan) }, under: VLANModel()).map(\.rule)
  }

  private func vlan(_ subnet: String, _ number: String) -> VLANSection.VLAN {
    VLANSection.VLAN(subnet: written(subnet), number: written(number))
  }

  @Test func `an empty section is a whole one`() {
    #expect(rules { _ in }.isEmpty)
  }

  @Test(arguments: ["0", "4095", "70000", "-1", "x"])
  func `a VLAN is a number from 1 to 4094`(number: String) {
    #expect(rules { $0.vlans = [vlan("front", number)] } == [.numberOutOfRange])
  }

  @Test func `VLANs are of subnets, and of one each`() {
    #expect(rules { $0.vlans = [vlan("front", "1"), vlan("back", "4094")] }.isEmpty)
    #expect(rules { $0.vlans = [vlan("frnt", "7")] } == [.unknownName])
    #expect(rules { $0.vlans = [vlan("front", "7"), vlan("back", "7")] } == [.duplicateVLAN])
  }

  @Test func `settings have the values that they have`() {
    #expect(rules { $0.redirects = written("cisco") } == [.notAChoice])
    #expect(rules { $0.proxyARP = written("yes") } == [.notAChoice])
    #expect(rules { $0.localProxyARP = written("") } == [.notAChoice])
    #expect(rules { $0.moves = written("later") } == [.notAChoice])
  }

  @Test func `the switch has a name of its own`() throws {
    #expect(rules { $0.switchName = written("hv1") } == [.duplicateName])
    #expect(rules { $0.switchName = written("10.0.0.1") } == [.nameForm])
    let fabric = try TraditionalLab.fabric { $0.vlan.switchName = written("core") }
    #expect(try fabric.trace(from: "A", to: "B").hops.map(\.element)[2] == "core")
  }

  @Test func `a list stands somewhere, once, with rules that can be`() {
    func lists(_ lists: VLANSection.AccessList...) -> [DiagnosticRule] {
      rules { $0.accessLists = lists }
    }
    let list = SwitchListTests.list("front", "svi", "in", [("deny", nil, nil)])
    #expect(lists(list).isEmpty)
    #expect(lists(list, list) == [.duplicateName])
    #expect(lists(SwitchListTests.list("frnt", "svi", "in", [])) == [.unknownName])
    #expect(lists(SwitchListTests.list("front", "sivi", "in", [])) == [.notAChoice])
    #expect(lists(SwitchListTests.list("front", "svi", "inbound", [])) == [.notAChoice])
    #expect(lists(SwitchListTests.list("front", "svi", "in", [], otherwise: "no")) == [.notAChoice])
    func rule(_ rule: VLANSection.Rule) -> [DiagnosticRule] {
      var own = list
      own.rules = [rule]
      return lists(own)
    }
    let deny = written("deny")
    #expect(rule(VLANSection.Rule(action: written("drop"))) == [.notAChoice])
    #expect(
      rule(VLANSection.Rule(action: deny, from: written("10.0.1.9/24"))) == [.prefixHostBits])
    #expect(rule(VLANSection.Rule(action: deny, toPorts: written("23"))) == [.accessRuleForm])
    #expect(
      rule(VLANSection.Rule(action: deny, from: written("10.0.1.0/24"), to: written("fd00::/64")))
        == [.accessRuleForm])
  }

  @Test func `a next hop beyond every VLAN is a warning, and its route is left out`() throws {
    let fabric = try TraditionalLab.fabric { lab in
      lab.networks[0].routes = []
      lab.networks[0].route(to: "0.0.0.0/0", via: "192.0.2.1")
    }
    #expect(fabric.warnings.map(\.rule) == [.notInModel])
    #expect(try fabric.trace(from: "A", to: "internet").disposition == .noRoute)
  }

  @Test func `a frame's tag can name no more than 4094 VLANs`() {
    var intent = Intent()
    intent.subnets = (1...4095).map { number in
      Intent.Subnet(
        name: "s\(number)", network: 0, prefixes: [], place: SmallLab.place, prefixPlaces: [])
    }
    let network = VLANNetwork(intent, VLANSection(vlans: [vlan("s7", "101")]))
    #expect(network.diagnostics.map(\.rule) == [.notInModel])
    let numbers = network.layout.vlans.compactMap(\.?.number)
    #expect(Set(numbers) == Set(1...4094) && numbers.count == 4094)
    #expect(network.layout.vlans.prefix(7).map(\.?.number) == [102, 103, 104, 105, 106, 107, 101])
  }

  @Test func `a lab file says the same`() throws {
    let text = """
      { name: "l", model: "vlan", hosts: [{ name: "hv1" }],
        machines: [], networks: [{ name: "n", subnets: [{ name: "front", prefixes: ["10.0.1.0/24"] }] }],
        vlan: { switch: "core", vlans: { front: 7 }, redirects: "linux", proxyARP: "on",
          localProxyARP: "off", moves: "silent",
          accessLists: [{ subnet: "front", at: "vlan", direction: "out", otherwise: "allow",
            rules: [{ action: "deny", from: "10.0.1.0/24", protocol: "tcp", fromPorts: "1-9",
              toPorts: "80", to: "10.0.1.9/32" }] }] } }
      """
    let section = try Lab.read(Array(text.utf8), named: "l.json5").vlan
    #expect(section.switchName?.text == "core" && section.redirects?.text == "linux")
    #expect(section.vlans.map(\.subnet.text) == ["front"])
    #expect(section.vlans.map(\.number.text) == ["7"])
    #expect(section.proxyARP?.text == "on" && section.localProxyARP?.text == "off")
    #expect(section.moves?.text == "silent")
    let list = try #require(section.accessLists.first)
    #expect([list.subnet, list.at, list.direction].map(\.text) == ["front", "vlan", "out"])
    #expect(list.otherwise?.text == "allow")
    let rule = try #require(list.rules.first)
    #expect(
      [rule.action, rule.from, rule.to, rule.ipProtocol, rule.fromPorts, rule.toPorts].map {
        $0?.text
      } == ["deny", "10.0.1.0/24", "10.0.1.9/32", "tcp", "1-9", "80"])
  }
}
