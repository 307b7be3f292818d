import HNVCore
import HNVSim
import Testing

/// Every lab that ships does what it says.
@Suite struct LabFilesTests {
  @Test func `the six experiments are there`() {
    #expect(LabFiles.names.count >= 10)
    #expect(LabFiles.names.contains("complex-routing"))
  }

  @Test(arguments: LabFiles.names)
  func `a lab comes out as it expects`(name: String) throws {
    let run = LabRun(try LabFiles.lab(name))
    #expect(!run.results.isEmpty)
    for result in run.results {
      #expect(result.passed, "\(result.place): \(result.text), came \(result.actual)")
    }
    #expect(run.isAsExpected)
  }

  @Test(arguments: LabFiles.names)
  func `a lab's check reports the rules that it expects, and no other`(name: String) throws {
    let lab = try LabFiles.lab(name)
    let own = ForwardingModels.model(of: lab)
    let named = Set(lab.expectations.flatMap { $0.models.map(\.text) })
    for model in ForwardingModels.all where model.name == own.name || named.contains(model.name) {
      var expected: Set<String> = []
      for expectation in lab.expectations {
        let models = expectation.models.isEmpty ? [own.name] : expectation.models.map(\.text)
        guard case .fault(let rule) = expectation.claim, models.contains(model.name) else {
          continue
        }
        expected.insert(rule.text)
      }
      #expect(Set(Fabric.check(lab, under: model).map(\.rule.identifier)) == expected)
    }
  }

  @Test(arguments: LabFiles.names)
  func `a lab's expectations can be broken`(name: String) throws {
    var lab = try LabFiles.lab(name)
    let place = Place(file: "test", line: 1)
    lab.expectations.append(
      Lab.Expectation(.fault(Written("rdid-syntax", at: place)), at: place))
    let run = LabRun(lab)
    #expect(!run.isAsExpected)
    #expect(run.results.filter { !$0.passed }.map(\.place) == [place])
  }
}
