// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that the library it feeds with broken bytes stays without it.
let package = Package(
  name: "hnv-fuzz",
  platforms: [.macOS(.v15)],
  // The name, for the folder may have any.
  dependencies: [.package(name: "hnv", path: "..")],
  targets: [
    .executableTarget(
      name: "hnv-fuzz",
      dependencies: [
        .product(name: "HNVCore", package: "hnv"), .product(name: "HNVSim", package: "hnv"),
      ],
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .treatAllWarnings(as: .error),
      ])
  ],
  swiftLanguageModes: [.v6]
)
