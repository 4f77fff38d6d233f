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
  var peers = networkModes.joined(separator: ",")

  @Option(help: "Where the table goes as JSON.")
  var output = "output/bench.json"

  func validate() throws {
    guard rounds > 0 else { throw ValidationError("--rounds must be at least 1, not \(rounds)") }
  }

  func run() throws {
    let modes = peers.split(separator: ",").map(String.init)
    var rows: [Report.Row] = []
    for row in networkRows + operationRows + regionRows + boxRows
    where only.isEmpty || row.name.contains(only) {
      rows.append(try row.measured(rounds: rounds, warmUp: warmUp, modes: modes))
      print(rows[rows.count - 1].line)
    }
    let report = Report(machine: Report.machineName, date: Report.today, rows: rows)
    try report.write(to: URL(filePath: output))
    print("written to \(output)")
  }
}

Benchmark.main()
