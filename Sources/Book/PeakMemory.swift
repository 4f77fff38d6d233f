import Glibc
import Tensors

/// The most memory that this chapter's program has held so far, or since `restartPeakMemory`, in
/// megabytes (2²⁰ bytes).
public func peakMegabytes() -> Double {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return Double(usage.ru_maxrss) / 1024
}

/// Gives back what an earlier training no longer uses, and lets the peak begin anew with the rest, so
/// that a chapter with two detectors can tell what the second needs.
///
/// Where the kernel cannot forget a peak, the old one stays.
public func restartPeakMemory() {
  releaseUnusedMemory()
  guard let file = fopen("/proc/self/clear_refs", "w") else { return }
  fputs("5", file)  // the peak of the resident set; see proc(5)
  fclose(file)
}
