import HNVCore

@testable import HNVSim

extension BadLab {
  /// Mistakes in the sections of overlays and clouds, and what these lack.
  static let overlays = [
    BadLab(
      "hnv: {",
      "model: \"azure\", azure: { securityGroups: [{ name: \"web\", machines: [\"A\"], rules: ["
        + "{ priority: 100, action: \"allow\", direction: \"inbound\" }, "
        + "{ priority: 100, action: \"deny\", direction: \"inbound\" }] }] }, hnv: {",
      .statedTwice, at: "\"deny\", direction: \"inbound\" }] }] }", fix: "join them"),
    BadLab(
      "hnv: {", "model: \"vxlan\", vxlan: { vnis: { front: 7001, scarlet: 7001 } }, hnv: {",
      .duplicateVNI, at: "7001 } }", fix: "another"),
    BadLab(
      [
        ("hnv: {", "model: \"vxlan\", hnv: {"),
        (
          "rules: [{",
          "rules: [{ action: \"allow\", direction: \"outbound\", stateful: true,"
            + " idleTimeout: \"9s\" }, {"
        ),
      ], .notInModel, at: "\"front\", addresses: [\"10.0.1.12\"]", fix: "remove the timeout"),
  ]
}
