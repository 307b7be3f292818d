import HNVCore
import Testing

@testable import HNVSim

/// A question in a few words names what differs from the default packet, and nothing else.
@Suite struct QuestionWordsTests {
  static let rows: [(Question, String)] = [
    (Question(from: "A", to: "B"), "A -> B"),
    (Question(from: "A", to: "B", timeToLive: 128, size: 32), "A -> B"),
    (Question(from: "A", to: "B", ipProtocol: .tcp), "A -> B, tcp"),
    (
      Question(from: "A", to: "B", ipProtocol: .tcp, sourcePort: 49152, destinationPort: 443),
      "A -> B, tcp/443"
    ),
    (
      Question(from: "A", to: "B", ipProtocol: .udp, sourcePort: 68, destinationPort: 67, size: 1),
      "A -> B, udp/67, source port 68, 1 byte"
    ),
    (
      Question(from: "A", to: "B", timeToLive: 5, size: 1472, dontFragment: false),
      "A -> B, 1472 bytes, TTL 5, DF cleared"
    ),
  ]

  @Test(arguments: rows)
  func `words name what differs from the default`(question: Question, words: String) {
    #expect(question.words == words)
  }
}
