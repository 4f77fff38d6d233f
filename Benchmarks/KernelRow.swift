/// An operation timed beside its twin, step by step in turn.
struct KernelRow: Sendable {
  let name: String
  let unit: String
  /// What one step gets done, in the unit.
  let amount: Double
  /// The twin in this folder, which knows the row by its name.
  let script: String
  /// What the twin runs.
  let peer: String
  /// Makes the inputs, and returns a step that does the work once and says how many seconds it took.
  let makeStep: @Sendable () -> () -> Double

  /// Ours and the twin's steps; without torchvision, ours alone.
  func measured(rounds: Int, warmUp: Int) throws -> Report.Row {
    let twin: TorchPeer?
    do {
      twin = try TorchPeer(script: script, mode: name)
    } catch {
      print("\(name) without \(peer): \(error)")
      twin = nil
    }
    defer { twin?.stop() }
    let step = makeStep()
    for _ in 0..<warmUp { _ = step() }
    var (ours, theirs) = ([Double](), [Double]())
    for _ in 0..<rounds {
      ours.append(step())
      if let twin { theirs.append(try twin.step()) }
    }
    let perSecond = { (seconds: [Double]) in amount / median(seconds) }
    return Report.Row(
      name: name, unit: unit, ours: perSecond(ours),
      peers: theirs.isEmpty ? [:] : [peer: perSecond(theirs)])
  }
}
