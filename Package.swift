// swift-tools-version: 6.2
import PackageDescription

// The manifest carries the discipline: what it forbids needs no reviewer.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
  .treatWarning("ExplicitSendable", as: .error),
]

let package = Package(
  name: "hnv",
  // UInt128, which holds an IPv6 address, needs macOS 15; nothing else is newer.
  platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
  products: [
    .library(name: "HNVCore", targets: ["HNVCore"]),
    .library(name: "HNVSim", targets: ["HNVSim"]),
    .executable(name: "hnv", targets: ["hnv"]),
  ],
  traits: [
    // Has the processor fetch ahead what a batch of lookups will read, by an unofficial compiler
    // attribute; the thread sanitizer cannot be used with it.
    "Prefetch"
  ],
  targets: [
    .target(name: "HNVCore", swiftSettings: strict + [.strictMemorySafety()]),
    .target(name: "HNVSim", dependencies: ["HNVCore"], swiftSettings: strict),
    .executableTarget(name: "hnv", dependencies: ["HNVCore", "HNVSim"], swiftSettings: strict),
    .testTarget(name: "HNVCoreTests", dependencies: ["HNVCore"], swiftSettings: strict),
    .testTarget(
      name: "HNVSimTests", dependencies: ["HNVCore", "HNVSim", "hnv"], swiftSettings: strict),
    // What others can build with this package: these tests see its public API and nothing else.
    .testTarget(
      name: "PublicAPITests", dependencies: ["HNVCore", "HNVSim"], packageAccess: false,
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
