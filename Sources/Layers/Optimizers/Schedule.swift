import Glibc

/// The learning rate as a function of how much of the training is done.
public struct Schedule: Sendable {
  private let factor: @Sendable (Float) -> Float

  /// The share of the peak rate at `progress`, 0 at the first step and 1 at the last.
  public func callAsFunction(_ progress: Float) -> Float { factor(min(max(progress, 0), 1)) }

  /// The peak rate throughout.
  public static let constant = Schedule { _ in 1 }

  /// The peak rate, multiplied by `factor` as each of `milestones`, shares of the training, is
  /// reached.
  public static func step(at milestones: [Float], factor: Float = 0.1) -> Schedule {
    Schedule { progress in
      milestones.reduce(1) { progress >= $1 ? $0 * factor : $0 }
    }
  }

  /// Rises in a straight line for the share `warmUp` of the training, then follows half a cosine
  /// down to the share `floor` of the peak.
  ///
  /// Source: Loshchilov and Hutter, "SGDR", ICLR 2017, eq. 5, one period; warm-up as in Goyal et
  /// al., "Accurate, large minibatch SGD", 2017, §2.2.
  public static func cosine(warmUp: Float = 0, floor: Float = 0) -> Schedule {
    let fall = Schedule { floor + (1 - floor) * halfCosine($0) }
    return Schedule { progress in
      if progress < warmUp { return progress / warmUp }
      return fall((progress - warmUp) / max(1 - warmUp, 1e-6))
    }
  }

  /// Half a cosine up from the share `start` of the peak, for the share `rise` of the training, and
  /// half a cosine down to the share `end`.
  ///
  /// Source: Smith and Topin, "Super-convergence", 2018, with cosines for the straight lines, as
  /// PyTorch has it.
  public static func oneCycle(
    rise: Float = 0.3, start: Float = 1 / 25, end: Float = 1 / 250_000
  ) -> Schedule {
    Schedule { progress in
      if progress < rise { return 1 + (start - 1) * halfCosine(progress / rise) }
      return end + (1 - end) * halfCosine((progress - rise) / max(1 - rise, 1e-6))
    }
  }

  /// This schedule, multiplied for the share `share` of the training by a line that rises from
  /// `start` to 1.
  ///
  /// Source: Goyal et al., "Accurate, large minibatch SGD", 2017, §2.2.
  public func warmedUp(for share: Float, from start: Float = 0) -> Schedule {
    Schedule { progress in
      let rise = progress < share ? start + (1 - start) * progress / share : 1
      return rise * self(progress)
    }
  }

  /// From 1 at 0 to 0 at 1.
  private static func halfCosine(_ progress: Float) -> Float { 0.5 * (1 + cos(.pi * progress)) }
}
