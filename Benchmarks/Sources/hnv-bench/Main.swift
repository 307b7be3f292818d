/// Measures what memory allows, and sets what the library does against it.
@main
enum Main {
  static func main() {
    for kibibytes in [32, 512, 4096, 16384, 65536, 262_144, 1_048_576] {
      let floor = MemoryFloor(byteCount: kibibytes << 10)
      print(
        "\(kibibytes) KiB: dependent load \(floor.dependent.median) ns, independent"
          + " \(floor.independent.median) ns")
    }
  }
}
