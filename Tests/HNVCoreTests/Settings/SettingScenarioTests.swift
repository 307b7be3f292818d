import HNVCore
import Testing

/// Each value of each setting does what it says, and something else than the other values.
struct SettingScenarioTests {
  @Test func `every value of every setting has its scenario`() {
    for description in Settings.descriptions
    where !SettingScenario.simulated.contains(description.name) {
      let scenarios = SettingScenario.all.filter { $0.setting == description.name }
      #expect(scenarios.count == 1, "\(description.name)")
      for scenario in scenarios {
        #expect(Set(scenario.expected.keys) == Set(description.values), "\(description.name)")
        #expect(Set(scenario.expected.values).count == description.values.count)
      }
    }
    let names = Set(Settings.descriptions.map(\.name))
    #expect(names.isSuperset(of: SettingScenario.simulated))
    #expect(names.isSuperset(of: SettingScenario.all.map(\.setting)))
  }

  @Test(arguments: Settings.descriptions.indices)
  func `what is seen is what the value says`(index: Int) throws {
    let description = Settings.descriptions[index]
    for scenario in SettingScenario.all where scenario.setting == description.name {
      for family in scenario.families {
        for (value, expected) in scenario.expected {
          var article = try Article(family)
          try #require(description.write(&article.settings, value))
          #expect(
            try scenario.observe(article) == expected, "\(description.name)=\(value), \(family)")
        }
      }
    }
  }
}
