import BenchKit
import Foundation

/// Hands the command line over.
@main
enum Main {
  static func main() {
    exit(Program.status(of: Array(CommandLine.arguments.dropFirst())))
  }
}
