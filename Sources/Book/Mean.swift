/// The arithmetic mean; not a number where there are no values.
public func mean<Number: BinaryFloatingPoint>(_ values: [Number]) -> Double {
  values.reduce(0) { $0 + Double($1) } / Double(values.count)
}
