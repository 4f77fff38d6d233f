public import Tensors

// MARK: Classes

/// −log softmax of the true class, for each row, times the weight of that class.
///
/// ## Shapes
/// - `logits`: `[…, C]`; `classes`: one index in 0 ..< C a row; `classWeights`: C numbers, or nil
///   for ones; result: `[…]`
///
/// Rows of the class `ignored`, which need not be in 0 ..< C, give 0.
public func crossEntropy(
  _ logits: Tensor, _ classes: [Int32], classWeights: [Float]? = nil, ignoring ignored: Int32? = nil
) -> Tensor {
  weightedCrossEntropy(
    logits, classes, weights: rowWeights(logits, classes, classWeights, ignored))
}

/// The mean of `crossEntropy`: its sum divided by the sum of the weights of the rows that count.
///
/// 0, with gradients of zeros, where no row counts.
public func meanCrossEntropy(
  _ logits: Tensor, _ classes: [Int32], classWeights: [Float]? = nil, ignoring ignored: Int32? = nil
) -> Tensor {
  let weights = rowWeights(logits, classes, classWeights, ignored)
  let total = weights.map { $0.reduce(0, +) } ?? Float(classes.count)
  return weightedCrossEntropy(logits, classes, weights: weights).sum() / (total == 0 ? 1 : total)
}

/// The weight of each row; nil where all are 1.
private func rowWeights(
  _ logits: Tensor, _ classes: [Int32], _ classWeights: [Float]?, _ ignored: Int32?
) -> [Float]? {
  if classWeights == nil && ignored == nil { return nil }
  let count = logits.shape.last ?? 0
  require(
    classWeights == nil || classWeights?.count == count,
    "crossEntropy: \(classWeights?.count ?? 0) class weights for the \(count) classes of "
      + "\(logits.shape)")
  return classes.enumerated().map { row, index in
    if index == ignored { return 0 }
    require(
      index >= 0 && Int(index) < count,
      "crossEntropy: row \(row) has class \(index), outside of 0 ..< \(count)")
    return classWeights?[Int(index)] ?? 1
  }
}

/// −(1 − p)^γ log p of the true class, for each row: cross-entropy that cares less about rows that
/// are already right.
///
/// ## Shapes
/// As `crossEntropy`. γ = 0 is cross-entropy.
///
/// Source: Lin et al., "Focal loss for dense object detection", ICCV 2017, eq. 4, with softmax.
public func focalLoss(_ logits: Tensor, _ classes: [Int32], gamma: Float) -> Tensor {
  if gamma == 0 { return crossEntropy(logits, classes) }
  let logarithm = logits.logSoftmax.picked(classes)
  // 1 − p is 0 in Float for a row that is surely right; the power's derivative wants a little more.
  let remaining = 1 - logarithm.exponential + 1e-7
  return -(remaining.power(gamma) * logarithm)
}

// MARK: Yes or no

/// −t·log p − (1 − t)·log(1 − p) of each element, with p = 1 / (1 + e^−logit).
///
/// ## Shapes
/// `logits` and `targets` (0 … 1) of one shape, which is the result's; `weights`, if given, are
/// multiplied in, with broadcasting.
public func binaryCrossEntropy(
  _ logits: Tensor, _ targets: Tensor, weights: Tensor? = nil
) -> Tensor {
  let losses = LossCurve.logistic.losses(logits, targets, name: "binaryCrossEntropy")
  return weights.map { losses * $0 } ?? losses
}

/// Binary cross-entropy that cares less about what is already right: −α′·(1 − p′)^γ·log p′.
///
/// p′ is p where the target is 1 and 1 − p where it is 0; α′ is α there and 1 − α here. A negative
/// α leaves α′ out.
///
/// ## Shapes
/// `logits` and `targets` of one shape, which is the result's. Targets are constants.
///
/// Source: Lin et al., "Focal loss for dense object detection", ICCV 2017, eq. 5.
public func sigmoidFocalLoss(
  _ logits: Tensor, _ targets: Tensor, alpha: Float = 0.25, gamma: Float = 2
) -> Tensor {
  let name = "sigmoidFocalLoss"
  if alpha >= 0 {
    return LossCurve.focal(alpha: alpha, gamma: gamma).losses(logits, targets, name: name)
  }
  // α = ½ weighs both sides alike.
  return LossCurve.focal(alpha: 0.5, gamma: gamma).losses(logits, targets, name: name) * 2
}

// MARK: Numbers

/// |x − y| of each element.
public func l1Loss(_ predictions: Tensor, _ targets: Tensor) -> Tensor {
  LossCurve.absolute.losses(predictions, targets, name: "l1Loss")
}

/// (x − y)² of each element.
public func l2Loss(_ predictions: Tensor, _ targets: Tensor) -> Tensor {
  LossCurve.square.losses(predictions, targets, name: "l2Loss")
}

/// Square near zero, straight beyond: d²/2β where |d| < β, else |d| − β/2.
///
/// ## Units
/// β in the units of the targets, above 0. σ of other texts is β = 1/σ².
///
/// Source: Girshick, "Fast R-CNN", ICCV 2015, eq. 3, with the width made a parameter.
public func smoothL1Loss(_ predictions: Tensor, _ targets: Tensor, beta: Float = 1) -> Tensor {
  LossCurve.smooth(beta: beta).losses(predictions, targets, name: "smoothL1Loss")
}
