import Book
import Tensors
import Testing

@Suite(.serialized) struct PeakMemoryTests {
  @Test func `memory that is used raises the peak, and giving it back does not lower it`() {
    let before = peakMegabytes()
    let megabytes = Int(before) + 64
    do {
      let numbers = [UInt8](repeating: 1, count: megabytes << 20)
      #expect(numbers[numbers.count / 2] == 1)
    }
    let after = peakMegabytes()
    #expect(after >= Double(megabytes))
    #expect(peakMegabytes() >= after)
  }

  @Test func `a restarted peak begins with what is still in use`() {
    do {
      let tensor = Tensor.zeros([256 << 18])
      #expect(tensor.count == 256 << 18)
    }
    let before = peakMegabytes()
    restartPeakMemory()
    #expect(peakMegabytes() < before - 128)
  }
}
