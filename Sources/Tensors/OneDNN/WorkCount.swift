import Synchronization

/// Adds up the multiplications of convolutions and matrix products while someone counts.
package final class WorkCount: Sendable {
  private let total = Mutex(0)

  @TaskLocal private static var current: WorkCount?

  /// Multiplications since the counting began.
  package var multiplications: Int { total.withLock { $0 } }

  package init() {}

  /// Counts what `body` computes.
  package func counting<Result>(_ body: () throws -> Result) rethrows -> Result {
    try WorkCount.$current.withValue(self, operation: body)
  }

  static func add(multiplications: Int) {
    current?.total.withLock { $0 += multiplications }
  }
}
