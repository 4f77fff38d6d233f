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
    /// Memory pages that a step of ours took from the system.
    let faultsPerStep: Double
    let peakMegabytes: Double
    let peers: [Peer]
    /// Ours over the best peer; above 1 = ours is faster.
    ///
    /// Nil without peers.
    var ratio: Double? { peers.map(\.perSecond).max().map { ours / $0 } }

    private enum CodingKeys: String, CodingKey {
      case name, unit, ours, faultsPerStep, peakMegabytes, peers, ratio
    }

    func encode(to encoder: any Encoder) throws {
      var row = encoder.container(keyedBy: CodingKeys.self)
      try row.encode(name, forKey: .name)
      try row.encode(unit, forKey: .unit)
      try row.encode(ours, forKey: .ours)
      try row.encode(faultsPerStep, forKey: .faultsPerStep)
      try row.encode(peakMegabytes, forKey: .peakMegabytes)
      try row.encode(peers, forKey: .peers)
      try row.encodeIfPresent(ratio, forKey: .ratio)
    }

    /// The row as text.
    var line: String {
      let peers = peers.map { "\($0.mode) \(short($0.perSecond))" }
      let ratio = ratio.map { String(format: "ratio %.2f", $0) } ?? "no peer"
      return (["\(name)  [\(unit)]  ours \(short(ours))"] + peers + [ratio]).joined(separator: "  ")
    }
  }

  struct Peer: Encodable {
    let mode: String
    let perSecond: Double
    let peakMegabytes: Double
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

/// A number with as many places as its size is worth.
private func short(_ value: Double) -> String {
  String(format: value < 100 ? "%.2f" : "%.0f", value)
}
