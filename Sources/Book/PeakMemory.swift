import Glibc

/// The most memory that this chapter's program has held so far, in megabytes (2²⁰ bytes).
public func peakMegabytes() -> Double {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return Double(usage.ru_maxrss) / 1024
}
