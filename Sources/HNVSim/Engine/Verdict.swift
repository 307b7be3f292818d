/// Whether a packet arrived and was answered: decided here, once, for every view of a run.
struct Verdict {
  /// The packet and, where it went on as copies, the copies by which it arrived, each made of the
  /// one before; the packet alone when no copy arrived.
  let way: [Int]
  /// The packets from this one to the one that was dropped, which is the last: the packet itself, a
  /// copy or an answer; `nil` when the packet arrived and every answer to it did.
  let loss: [Int]?

  /// The packet as it arrived, itself or as a copy.
  var arriving: Int { way[way.count - 1] }
}

extension Journal {
  /// What became of a packet.
  func verdict(of number: Int) -> Verdict {
    Verdict(way: wayOfArrival(of: number), loss: loss(of: number))
  }

  /// The packet and the copies by which it arrived.
  func wayOfArrival(of number: Int) -> [Int] { [number] + copiesOfArrival(of: number) }

  /// How a packet ended; one that is still under way was given up.
  func disposition(of number: Int) -> Disposition {
    journeys[number].ending?.disposition ?? .gaveUp
  }

  /// Where a packet ended, or is.
  func lastElement(of number: Int) -> ElementID {
    journeys[number].ending?.element
      ?? hops[journeys[number].lastHop].element
  }

  /// The packets of some purposes that a packet caused.
  func branches(of number: Int, _ purposes: PacketPurpose...) -> [Int] {
    effects(of: number).filter { purposes.contains(journeys[$0].purpose) }
  }

  // What was sent to many has arrived when one of its copies was accepted somewhere; from then on
  // only the answers to those copies can be lost.
  private func loss(of number: Int) -> [Int]? {
    guard disposition(of: number).isSuccess else { return [number] }
    guard isAccepted(number) else {
      let losses = branches(of: number, .copy).compactMap(loss)
      let dropped = losses.first { !disposition(of: $0[$0.count - 1]).isSuccess }
      return [number] + (dropped ?? losses.first ?? [])
    }
    for effect in effects(of: number) where journeys[effect].isAnswer {
      if let loss = loss(of: effect) { return [number] + loss }
    }
    for copy in effects(of: number) where journeys[copy].purpose == .copy && isAccepted(copy) {
      if let loss = loss(of: copy) { return [number] + loss }
    }
    return nil
  }

  /// The first copy that was accepted, else the first that was delivered where nothing listens, and
  /// the copies that it went on as.
  private func copiesOfArrival(of number: Int) -> [Int] {
    guard journeys[number].ending?.disposition == .replicated else { return [] }
    let copies = branches(of: number, .copy)
    let copy =
      copies.first(where: isAccepted)
      ?? copies.first { journeys[copiesOfArrival(of: $0).last ?? $0].delivered != nil }
    return copy.map { [$0] + copiesOfArrival(of: $0) } ?? []
  }

  private func isAccepted(_ number: Int) -> Bool {
    switch disposition(of: number) {
    case .replicated:
      effects(of: number).contains { journeys[$0].purpose == .copy && isAccepted($0) }
    case .ignored: false
    case let disposition: disposition.isSuccess
    }
  }
}
