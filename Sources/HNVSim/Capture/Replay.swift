public import HNVCore

/// What became of the frames of a capture that were sent again from a machine's port.
public struct Replay: Hashable, Sendable, Encodable {
  /// The port that they were sent from, as `A` or `GW/2`.
  public let port: String

  /// The frames, in the order of the file.
  public let frames: [Frame]

  /// A frame of the capture.
  public struct Frame: Hashable, Sendable {
    /// Its number in the file, from 1 and over all interfaces, as analysers count.
    public let number: Int
    /// When it was sent, counted from the first frame.
    public let time: VirtualTime
    /// What it is, in a few words.
    public let summary: String
    /// What became of it.
    public let fate: Fate
  }

  /// What can become of a frame.
  public enum Fate: Hashable, Sendable {
    /// It was sent, as its trace tells.
    case sent(Trace)
    /// The capture says that it came in at its interface, so that it is not the machine's to send.
    case received
    /// It is no frame.
    case unreadable(Diagnostic)
  }
}

extension Replay.Frame {
  /// The trace of a frame that was sent; `nil` for others.
  public var trace: Trace? {
    if case .sent(let trace) = fate { trace } else { nil }
  }

  /// Whether the frame, and the answer to it if there was one, arrived; `true` for what was
  /// received, and `false` for what could not be read.
  public var isGood: Bool {
    switch fate {
    case .sent(let trace): trace.failure == nil
    case .received: true
    case .unreadable: false
    }
  }
}

extension CaptureFile.Packet {
  /// What a frame is, in a few words, and how much of it is missing.
  func summary(_ frame: EthernetFrame?) -> String {
    let cut =
      bytes.count < byteCount ? ", of which \(bytes.count) bytes of \(byteCount) are kept" : ""
    guard let frame else { return "\(bytes.count) bytes\(cut)" }
    guard let packet = frame.packet else { return PacketSummary(frame).text + cut }
    return "\(packet.source) to \(packet.destination), \(packet.transport.words)\(cut)"
  }
}

extension PacketSummary {
  /// A frame that a capture holds; one without IP addresses goes from nowhere to nowhere.
  init(_ frame: EthernetFrame) {
    let nowhere = IPAddress.v4(IPv4Address(bits: 0))
    switch frame.payload {
    case .ip(let packet): self.init(packet)
    case .arp(let message):
      let source = IPAddress.v4(message.senderAddress)
      let target = IPAddress.v4(message.targetAddress)
      let text =
        switch message.operation {
        case .request: "ARP request for \(target)"
        case .reply: "ARP reply of \(source)"
        }
      self.init(source: source, destination: target, text: text)
    case .other(let etherType, let data):
      let digits = String(etherType, radix: 16, uppercase: true)
      let type = String(repeating: "0", count: 4 - digits.count) + digits
      self.init(
        source: nowhere, destination: nowhere, text: "EtherType 0x\(type), \(data.count) bytes")
    }
  }
}
