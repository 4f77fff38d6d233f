import Foundation

/// Work timed beside its twin in PyTorch, in turn.
struct Row: Sendable {
  let name: String
  let unit: String
  /// What one step gets done, in the unit.
  let amount: Double
  /// The twin in this folder, which knows the row by its name.
  let script: String
  /// Ways in which the twin does the work, as its `--mode` names them.
  let modes: [String]
  /// Makes the inputs, and returns a step that does the work once and says how many seconds it took.
  let makeStep: @Sendable () -> () -> Double

  /// A turn repeats short work until about this much time has passed.
  private static let turnSeconds = 0.02
  /// How long each waits for the other's threads to fall asleep.
  private static let pauseSeconds = 0.02

  /// Ours beside the twin in each of `modes` that runs here; ours alone without PyTorch.
  func measured(rounds: Int, warmUp: Int, modes wanted: [String]) throws -> Report.Row {
    let peers = modes.filter { wanted.contains($0) || !networkModes.contains($0) }
      .compactMap { mode -> TorchPeer? in
        do {
          return try TorchPeer(script: script, row: name, mode: mode)
        } catch {
          print("\(name) without \(mode): \(error)")
          return nil
        }
      }
    defer { peers.forEach { $0.stop() } }
    ProcessMemory.forgetPeak()
    let step = makeStep()
    let warm = (0..<max(warmUp, 1)).map { _ in step() }
    let repeats = min(max(Int(Self.turnSeconds / (warm.min() ?? 1)), 1), 100)
    var ours: [Double] = []
    var faults: [Double] = []
    var theirs = peers.map { _ in [Double]() }
    for _ in 0..<rounds {
      Thread.sleep(forTimeInterval: Self.pauseSeconds)
      let before = ProcessMemory.minorFaults
      ours.append((0..<repeats).reduce(0) { sum, _ in sum + step() })
      faults.append(Double(ProcessMemory.minorFaults - before) / Double(repeats))
      for (index, peer) in peers.enumerated() {
        Thread.sleep(forTimeInterval: Self.pauseSeconds)
        theirs[index].append(try peer.steps(repeats))
      }
    }
    let perSecond = { (seconds: [Double]) in amount * Double(repeats) / median(seconds) }
    return Report.Row(
      name: name, unit: unit, ours: perSecond(ours), faultsPerStep: median(faults),
      peakMegabytes: ProcessMemory.peakMegabytes,
      peers: zip(peers, theirs).map { peer, seconds in
        Report.Peer(
          mode: peer.mode, perSecond: perSecond(seconds), peakMegabytes: peer.peakMegabytes)
      })
  }
}

/// PyTorch's ways of running a network, as `--peers` chooses among them.
let networkModes = ["eager", "channels_last", "compiled"]

/// A step that says how long `work` took.
func timed(_ work: @escaping () -> Void) -> () -> Double {
  { ContinuousClock().measure(work) / .seconds(1) }
}

/// The middle value; the mean of the middle two of an even number of values.
func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count.isMultiple(of: 2)
    ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
}
