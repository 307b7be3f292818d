public import HNVCore

/// What an element did with a packet, as it is noted while packets travel.
///
/// A fact is numbers and references to the tables that the element asked, so that noting one makes
/// no text; of at most 24 bytes, it costs no allocation either. Its words are made when somebody
/// reads the trace. As tables are values, a fact goes on to speak of them as they were.
public protocol Fact: Sendable {
  /// Says what was done, once, and what belongs to it.
  func write(to step: inout StepWriter, in scene: Scene)
}

/// Where a fact was noted, and about which packet.
public struct Scene: Sendable {
  /// The run.
  let log: RunLog
  /// The packet's number in the run.
  let journey: Int
  /// The element that noted the fact.
  public let element: ElementID
  private let packetID: PacketID?
  private let beforeID: PacketID?

  init(
    log: RunLog, journey: Int, element: ElementID, packet: PacketID?, before: PacketID?
  ) {
    self.log = log
    self.journey = journey
    self.element = element
    packetID = packet
    beforeID = before
  }

  /// The frame that the fact is about, in full; `nil` where no frame was at hand.
  ///
  /// A fact about a packet without a frame has one with no MAC addresses.
  public var frame: EthernetFrame? { packetID.map { log.journal.packets.frame($0) } }

  /// The frame before the element changed it; `nil` where the fact is about no change.
  public var before: EthernetFrame? { beforeID.map { log.journal.packets.frame($0) } }

  /// The lab that ran, with what its model added.
  ///
  /// It is lent, because a copy would count a reference for every part of it.
  public var intent: Intent { _read { yield log.intent } }

  /// The element's name in the lab.
  public var name: String { log.intent.name(element) }

  /// The packet that the fact is about; `nil` for a frame without one.
  public var packet: IPPacket? { packetID.flatMap { log.journal.packets.ipPacket($0) } }

  /// The packet that the fact is about, as a row; `nil` where none was at hand.
  public var row: Packet? { packetID.map { log.journal.packets[$0] } }

  /// The packet before the element changed it, as a row; `nil` where the fact is about no change.
  var rowBefore: Packet? { beforeID.map { log.journal.packets[$0] } }

  /// What is inside the tunnel packet that the fact is about; `nil` for any other.
  var innerRow: Packet? { row?.inner.map { log.journal.packets[$0] } }

  /// The packet that the fact is about, as a row; `nil` for a frame without one.
  var ipRow: Packet? { row.flatMap { $0.isIP ? $0 : nil } }

  /// The forwarding machine to which the packet keeps coming back; `nil` for none.
  public var loopingMachine: String? {
    log.journal.repeatedMachine(of: journey).map { log.intent.machines[$0].name }
  }

  /// How the last question of the packet for a neighbor was lost; `nil` where it came to everyone
  /// and nobody had the address.
  public func unanswered(_ address: IPAddress) -> Step? {
    let journal = log.journal
    let asked = journal.question(of: journey, for: address)
    guard let question = asked ?? journal.waitedFor(by: journey).last else { return nil }
    let hop = journal.journeys[question].lastHop
    guard journal.hops[hop].element != element, let step = log.lastStep(at: hop, of: question),
      [.dropped, .denied, .gaveUp].contains(step.action)
    else { return nil }
    return step
  }
}

/// What happens to packets under every model: the analysis ends, or there is no way on.
enum EngineFact: Fact {
  case events(limit: Int)
  case hops(limit: Int)
  case stopped
  case senderStopped
  case cutLink(to: ElementID)
  case wrongMachine(meant: ElementID)

  func write(to step: inout StepWriter, in scene: Scene) {
    let name = scene.name
    switch self {
    case .events(let limit): step.say(.gaveUp, "the analysis gave up after ", limit, " events")
    case .hops(let limit):
      step.say(.gaveUp, "the analysis gave up after ", limit, " hops of one packet")
    case .stopped:
      step.say(.dropped, name, " is stopped")
      step.fix("start it")
    case .senderStopped:
      step.say(.dropped, name, " is stopped, or its host is")
      step.fix("start it")
    case .cutLink(let peer):
      step.say(.dropped, "the link to ", scene.intent.name(peer), " is cut")
      step.fix("restore the link")
    case .wrongMachine(let meant):
      let meant = scene.intent.name(meant)
      step.say(.dropped, "delivered to ", name, ", which has the same address as ", meant)
      step.fix(
        "give ", meant, " an address that no other machine has, or connect the networks")
    }
  }
}
