import Foundation

/// Figures as a JSON file.
enum ReportFile {
  static func write(_ report: Report, to path: String) throws(FileFault) {
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      try encoder.encode(report).write(to: URL(fileURLWithPath: path))
    } catch {
      throw FileFault("\(path) cannot be written: \(error.localizedDescription)")
    }
  }

  static func read(_ path: String) throws(FileFault) -> Report {
    do {
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      return try JSONDecoder().decode(Report.self, from: data)
    } catch let error as DecodingError {
      throw FileFault("\(path) is no file that --json wrote: \(error)")
    } catch {
      throw FileFault("\(path) cannot be read: \(error.localizedDescription)")
    }
  }
}

/// What is wrong with a file.
struct FileFault: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
