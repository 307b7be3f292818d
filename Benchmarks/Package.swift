// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

// A package of its own, so that the library it measures stays without it.
let package = Package(
  name: "hnv-bench",
  platforms: [.macOS(.v15)],
  // The name, for the folder may have any. What is measured is the library with all that it can:
  // its batches fetch ahead.
  dependencies: [.package(name: "hnv", path: "..", traits: ["Prefetch"])],
  targets: [
    .executableTarget(name: "hnv-bench", dependencies: ["BenchKit"], swiftSettings: strict),
    // A library, so that tests see it in every kind of build.
    .target(
      name: "BenchKit",
      dependencies: [
        "Allocator", "ExactMatch", "RuntimeCalls", .product(name: "HNVCore", package: "hnv"),
        .product(name: "HNVSim", package: "hnv"),
      ],
      swiftSettings: strict),
    // What Swift does not see of the C library: how much memory is in use.
    .target(name: "Allocator"),
    // How often the allocator and the Swift runtime are called; it stands in the program, so that
    // calls come by it.
    .target(name: "RuntimeCalls"),
    // The hand-written table in C that exact matches stand against; C is built with optimisation
    // in a release build alone, like the rest.
    .target(name: "ExactMatch"),
    .testTarget(name: "BenchTests", dependencies: ["BenchKit"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
