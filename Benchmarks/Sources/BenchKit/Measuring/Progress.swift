import Foundation

/// Says on the standard error what is being done, for whoever waits.
enum Progress {
  static func say(_ text: String) {
    FileHandle.standardError.write(Data("\(text)\n".utf8))
  }
}
