import Foundation

/// Figures as a JSON file.
enum ReportFile {
  static func write(_ report: Report, to path: String) throws(FileDiagnostic) {
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      try encoder.encode(report).write(to: URL(fileURLWithPath: path))
    } catch {
      throw FileDiagnostic("\(path) cannot be written: \(error.localizedDescription)")
    }
  }

  static func read(_ path: String) throws(FileDiagnostic) -> Report {
    do {
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      return try JSONDecoder().decode(Report.self, from: data)
    } catch let error as DecodingError {
      throw FileDiagnostic("\(path) is no file that --json wrote: \(error)")
    } catch {
      throw FileDiagnostic("\(path) cannot be read: \(error.localizedDescription)")
    }
  }
}

/// What is wrong with a file.
struct FileDiagnostic: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
