import Foundation
import Testing

/// The built program, run twice: output that depends on the order of a dictionary or a set differs.
///
/// Swift seeds its hashing in every process with other numbers.
struct BuiltProgramTests {
  /// What one run of the program wrote and how it ended.
  private struct Run: Equatable {
    let status: Int32
    let output: Data
    /// Without the reports of progress, which depend on the time that has passed.
    let errors: [Substring]
  }

  private struct NotBuilt: Error {}

  @Test(arguments: LabFiles.names)
  func `a lab runs to the same bytes in two processes`(lab: String) async throws {
    try await expectSameBytes("run", lab, "--format json")
  }

  @Test(arguments: [
    ("check", "drift", ""), ("check", "invalid-configuration-lenient", "--format json"),
    ("compare", "complex-routing", "--format json"), ("compare", "gateway-pair", "--all"),
    ("trace", "complex-routing", "--from internet --to A --detail everything"),
    ("trace", "underlay-mtu", "--from A --to B --size 1472 --format json"),
    ("reach", "multitenant-gateway", "--format json"),
    ("capture", "site-to-site", "--from A --to branch --output -"),
  ])
  func `other commands write the same bytes in two processes`(
    command: String, lab: String, options: String
  ) async throws {
    try await expectSameBytes(command, lab, options)
  }

  private func expectSameBytes(_ command: String, _ lab: String, _ options: String = "")
    async throws
  {
    let arguments =
      [command, LabFiles.path(lab)] + options.split(separator: " ").map(String.init)
    async let one = Self.run(arguments)
    async let other = Self.run(arguments)
    let (first, second) = try await (one, other)
    #expect(first == second)
    #expect(!first.output.isEmpty || !first.errors.isEmpty)
  }

  /// Where SwiftPM builds the program: beside the tests, or in the package's folder where another
  /// program loads them.
  private static let program: URL? = {
    let folders = [
      Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent(),
      LabFiles.root.appendingPathComponent(".build/debug"),
    ]
    return folders.map { $0.appendingPathComponent("hnv") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }()

  private static func run(_ arguments: [String]) async throws -> Run {
    guard let program else { throw NotBuilt() }
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("hnv-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // Files, because a pipe that nobody reads fills up.
    let files = ["output", "errors"].map { folder.appendingPathComponent($0) }
    for file in files { try Data().write(to: file) }

    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    var environment = ProcessInfo.processInfo.environment
    environment["SWIFT_DETERMINISTIC_HASHING"] = nil
    process.environment = environment
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in done.resume() }
      do { try process.run() } catch { done.resume(throwing: error) }
    }
    return Run(
      status: process.terminationStatus, output: try Data(contentsOf: files[0]),
      errors: try String(contentsOf: files[1], encoding: .utf8).split(separator: "\n")
        .filter { !$0.hasSuffix(" …") })
  }
}
