/// Which folder uses which type of which other.
struct FolderUses {
  /// A type of another folder that a file names.
  struct Use: Hashable, CustomStringConvertible {
    let module: String
    let from: String
    let to: String
    let type: String
    let path: String
    let line: Int

    var description: String { "\(path):\(line): \(from) uses \(type), which is of \(to)" }
  }

  /// Uses of types that another folder of the same module declares.
  private(set) var uses: [Use] = []
  /// Files whose folder no order names.
  private(set) var strays: [String] = []
  private(set) var fileCount = 0
  private(set) var typeCount = 0

  private struct Source {
    let path: String
    let folder: String
    let names: SwiftNames
  }

  init(_ tree: SourceTree, _ orders: [FolderOrder] = FolderOrder.all) {
    for order in orders {
      let sources = tree.files(in: ["Sources/\(order.module)"]).filter(\.isSwift).map { file in
        Source(
          path: file.path, folder: order.folder(of: file) ?? "",
          names: SwiftNames(SwiftText(file.text)))
      }
      fileCount += sources.count
      strays += sources.filter { !order.folders.contains($0.folder) }.map(\.path)
      var owners: [String: String] = [:]
      var own: [String: Set<String>] = [:]
      for source in sources {
        for type in source.names.types { owners[type] = source.folder }
        own[source.folder, default: []].formUnion(source.names.types.union(source.names.local))
      }
      typeCount += owners.count
      for source in sources {
        for use in source.names.uses {
          guard let owner = owners[use.name], own[source.folder]?.contains(use.name) != true
          else { continue }
          uses.append(
            Use(
              module: order.module, from: source.folder, to: owner, type: use.name,
              path: source.path, line: use.line))
        }
      }
    }
  }
}
