public import Tensors

/// −log softmax of the true class, for each row.
///
/// ## Shapes
/// - `logits`: `[…, C]`; `classes`: one index in 0 ..< C a row; result: `[…]`
public func crossEntropy(_ logits: Tensor, _ classes: [Int32]) -> Tensor {
  -logits.logSoftmax.picked(classes)
}

/// −(1 − p)^γ log p of the true class, for each row: cross-entropy that cares less about rows that
/// are already right.
///
/// ## Shapes
/// As `crossEntropy`. γ = 0 is cross-entropy.
///
/// Source: Lin et al., "Focal loss for dense object detection", ICCV 2017, eq. 4, with softmax.
public func focalLoss(_ logits: Tensor, _ classes: [Int32], gamma: Float) -> Tensor {
  let logarithm = logits.logSoftmax.picked(classes)
  if gamma == 0 { return -logarithm }
  // 1 − p is 0 in Float for a row that is surely right; the power's derivative wants a little more.
  let remaining = 1 - logarithm.exponential + 1e-7
  return -(remaining.power(gamma) * logarithm)
}

/// |x − y| of each element.
public func l1Loss(_ predictions: Tensor, _ targets: Tensor) -> Tensor {
  (predictions - targets).magnitude
}

/// (x − y)² of each element.
public func l2Loss(_ predictions: Tensor, _ targets: Tensor) -> Tensor {
  let difference = predictions - targets
  return difference * difference
}

/// Square near zero, straight beyond: d²/2β where |d| < β, else |d| − β/2.
///
/// ## Units
/// β in the units of the targets, above 0. σ of other texts is β = 1/σ².
///
/// Source: Girshick, "Fast R-CNN", ICCV 2015, eq. 3, with the width made a parameter.
public func smoothL1Loss(_ predictions: Tensor, _ targets: Tensor, beta: Float = 1) -> Tensor {
  let size = (predictions - targets).magnitude
  let near = size - (size - beta).relu  // min(|d|, β)
  return near * near / (2 * beta) + (size - near)
}
