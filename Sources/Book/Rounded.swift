import Foundation

/// `value` with `places` decimals, as cells print it.
public func rounded(_ value: some BinaryFloatingPoint, _ places: Int = 2) -> String {
  Double(value).formatted(.number.precision(.fractionLength(places)))
}
