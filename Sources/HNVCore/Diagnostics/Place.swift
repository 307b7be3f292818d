/// A place in what a person handed in: a lab file, a script, the Swift source of a test, a capture.
public struct Place: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The file's name as the person gave it.
  public let file: String

  /// The line, from 1; 0 where only the file is known, as of one that is no text.
  public let line: UInt32

  /// The column in characters, from 1; 0 where only the line is known.
  public let column: UInt32

  /// Creates a place; leave the column out where only the line is known.
  public init(file: String, line: UInt32, column: UInt32 = 0) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// The file as a whole.
  public init(file: String) { self.init(file: file, line: 0) }

  /// `file:line:column`, the form that editors and terminals turn into a link.
  public var description: String {
    if line == 0 { return file }
    return column == 0 ? "\(file):\(line)" : "\(file):\(line):\(column)"
  }

  /// Orders by file, then line, then column.
  public static func < (left: Place, right: Place) -> Bool {
    if left.file != right.file { return left.file < right.file }
    return (left.line, left.column) < (right.line, right.column)
  }
}
