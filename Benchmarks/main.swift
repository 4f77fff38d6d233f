// Times the library beside PyTorch and torchvision, step by step in turn, and writes
// output/bench.json.
import ArgumentParser
import Foundation

struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Times the library beside its peers and writes output/bench.json.",
    discussion: """
      Ours and each peer take one step in turn, so that a machine whose speed drifts drifts for all.
      Nothing else may run meanwhile; see Benchmarks/README.md.

      EXAMPLES
        make bench
        BOOK_PYTHON=~/torch/bin/python make bench
        swift run -c release Benchmark --rounds 20 --peers eager
        swift run -c release Benchmark --only RoI
      """)

  @Option(help: "Counted steps of each; the median is reported.")
  var rounds = 10

  @Option(help: "Steps of ours before counting; peers warm up by themselves.")
  var warmUp = 3

  @Option(help: "Only rows whose name contains this text, such as RoI.")
  var only = ""

  @Option(help: "PyTorch modes to run beside: eager, channels_last, compiled.")
  var peers = "eager,channels_last"

  @Option(help: "Where the table goes as JSON.")
  var output = "output/bench.json"

  func validate() throws {
    guard rounds > 0 else { throw ValidationError("--rounds must be at least 1, not \(rounds)") }
  }

  func run() throws {
    var rows: [Report.Row] = []
    if isWanted(trainingRowName) { rows.append(try training()) }
    for row in regionRows + boxRows where isWanted(row.name) {
      rows.append(try row.measured(rounds: rounds, warmUp: warmUp))
    }
    let report = Report(machine: Report.machineName, date: Report.today, rows: rows)
    print(report.table)
    try report.write(to: URL(filePath: output))
    print("written to \(output)")
  }

  private func isWanted(_ name: String) -> Bool { only.isEmpty || name.contains(only) }

  private func training() throws -> Report.Row {
    let modes = peers.split(separator: ",").map(String.init)
    let running = modes.compactMap { mode -> TorchPeer? in
      do {
        return try TorchPeer(mode: mode)
      } catch {
        print("without \(mode): \(error)")
        return nil
      }
    }
    defer { running.forEach { $0.stop() } }
    return try trainingRow(rounds: rounds, warmUp: warmUp, peers: running)
  }
}

Benchmark.main()
