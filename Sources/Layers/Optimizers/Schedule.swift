import Glibc

/// The learning rate as a function of how much of the training is done.
public struct Schedule: Sendable {
  private let factor: @Sendable (Float) -> Float

  /// The share of the peak rate at `progress`, 0 at the first step and 1 at the last.
  public func callAsFunction(_ progress: Float) -> Float { factor(min(max(progress, 0), 1)) }

  /// The peak rate throughout.
  public static let constant = Schedule { _ in 1 }

  /// Rises in a straight line for the share `warmUp` of the training, then follows half a cosine
  /// down to the share `floor` of the peak.
  ///
  /// Source: Loshchilov and Hutter, "SGDR", ICLR 2017, eq. 5, one period; warm-up as in Goyal et
  /// al., "Accurate, large minibatch SGD", 2017, §2.2.
  public static func cosine(warmUp: Float = 0, floor: Float = 0) -> Schedule {
    Schedule { progress in
      if progress < warmUp { return progress / warmUp }
      let fall = (progress - warmUp) / max(1 - warmUp, 1e-6)
      return floor + (1 - floor) * 0.5 * (1 + cos(.pi * fall))
    }
  }
}
