/// How far a Float result may lie from the right one, with the reason why it may.
///
/// An element is right when |actual − expected| ≤ `absolute` + `relative` · |expected|.
package struct Tolerance: Sendable {
  package let name: String
  package let absolute: Double
  package let relative: Double

  /// Half the distance from 1 to the next Float: the most that one rounding adds, relatively.
  package static let rounding = 0x1p-24

  package init(_ name: String, absolute: Double = 0, relative: Double = 0) {
    self.name = name
    self.absolute = absolute
    self.relative = relative
  }

  /// Nothing is computed, or only what Float holds exactly.
  package static let exact = Tolerance("exact")

  /// One to four operations an element, each rounded once, the golden rounded to Float once more.
  package static let elementwise = Tolerance("elementwise", relative: 8 * rounding)

  /// Functions that oneDNN computes by polynomials.
  ///
  /// A few units in the last place of the result; near a zero of the function an absolute error,
  /// of the size of the rounding in the argument's reduction.
  package static let polynomial = Tolerance(
    "polynomial", absolute: 8 * rounding, relative: 64 * rounding)

  /// oneDNN's logarithm adds the logarithm of the nearest entry of a table, known to about
  /// 2⁻¹⁸, to a polynomial: its error is absolute, and shows near log 1 = 0.
  package static let tabledLogarithm = Tolerance(
    "tabled logarithm", absolute: 64 * rounding, relative: 8 * rounding)

  /// A sum of `count` products, none larger than `magnitude`.
  ///
  /// The partial sums of terms of random sign grow as √count, and so does the sum of their
  /// roundings, of random sign too: together `count`. Typical products are a quarter of the
  /// largest, which leaves room for an unlucky element.
  package static func dot(count: Int, magnitude: Double) -> Tolerance {
    Tolerance(
      "dot(\(count) products of \(magnitude))",
      absolute: Double(count) * magnitude * rounding, relative: rounding)
  }

  /// The same sum by Winograd's algorithm over tiles of 4×4 results: its transforms multiply by
  /// up to 8 and cancel again, which costs about a decimal digit (Lavin and Gray, CVPR 2016,
  /// table 3, has ten times the error of the direct sum).
  package static func winograd(count: Int, magnitude: Double) -> Tolerance {
    let direct = dot(count: count, magnitude: magnitude)
    return Tolerance(
      "winograd" + direct.name, absolute: 10 * direct.absolute, relative: direct.relative)
  }

  /// Values divided by a standard deviation, after a mean was taken off: the rounding of the
  /// largest value is divided by the deviation too, and gradients add a batch of such values.
  package static let normalised = Tolerance(
    "normalised", absolute: 32 * rounding, relative: 32 * rounding)

  package func allows(_ actual: Double, _ expected: Double) -> Bool {
    (actual - expected).magnitude <= absolute + relative * expected.magnitude
  }
}
