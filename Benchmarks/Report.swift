import Foundation

/// What a run of the benchmark measured.
struct Report: Encodable {
  let machine: String
  let date: String
  let rows: [Row]

  struct Row: Encodable {
    let name: String
    let unit: String
    let ours: Double
    let peers: [String: Double]
    /// Ours over the best peer; above 1 = ours is faster.
    ///
    /// Nil without peers.
    let ratio: Double?

    /// A row of a figure that is better when it is larger.
    init(name: String, unit: String, ours: Double, peers: [String: Double]) {
      self.name = name
      self.unit = unit
      self.ours = ours
      self.peers = peers
      ratio = peers.values.max().map { ours / $0 }
    }
  }

  /// The rows as text, names left and numbers right.
  var table: String {
    rows.map { row in
      let peers = row.peers.sorted { $0.key < $1.key }
        .map { "\($0.key) " + String(format: "%.2f", $0.value) }
      let ratio = row.ratio.map { String(format: "ratio %.2f", $0) } ?? "no peer"
      let ours = String(format: "ours %.2f", row.ours)
      return ([row.name, "[\(row.unit)]", ours] + peers + [ratio]).joined(separator: "  ")
    }.joined(separator: "\n")
  }

  func write(to url: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try encoder.encode(self).write(to: url, options: .atomic)
  }

  static var today: String { Date.now.formatted(.iso8601) }

  /// Processor, number of processors and the widest vector instructions.
  static var machineName: String {
    let lines = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    func value(_ key: String) -> String? {
      lines.split(separator: "\n").first { $0.hasPrefix(key) }?
        .split(separator: ":", maxSplits: 1).last?.trimmingCharacters(in: .whitespaces)
    }
    let flags = value("flags")?.split(separator: " ").map(String.init) ?? []
    let vectors = ["avx512f", "avx2"].first { flags.contains($0) } ?? "baseline"
    let count = ProcessInfo.processInfo.activeProcessorCount
    return "\(value("model name") ?? "unknown processor"), \(count) processors, \(vectors)"
  }
}
