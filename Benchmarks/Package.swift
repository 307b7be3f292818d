// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that the library it measures stays without it.
let package = Package(
  name: "hnv-bench",
  platforms: [.macOS(.v15)],
  // The name, for the folder may have any.
  dependencies: [.package(name: "hnv", path: "..")],
  targets: [
    .executableTarget(
      name: "hnv-bench",
      dependencies: [.product(name: "HNVCore", package: "hnv")],
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .treatAllWarnings(as: .error),
      ])
  ],
  swiftLanguageModes: [.v6]
)
