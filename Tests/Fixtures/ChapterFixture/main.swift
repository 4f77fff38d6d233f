// A chapter for the tests of the runner: the environment says how it misbehaves in its second cell.
import Book
import Canvas
import Detection
import Figures
import Foundation
import Layers
import Tensors

cell("quiet")
let mode = ProcessInfo.processInfo.environment["FIXTURE_MODE"] ?? "print"
struct Square: Figure {
  var size: CanvasSize { CanvasSize(width: 40, height: 40) }
  func draw(on canvas: inout Canvas) {}
}
struct FixtureError: Error, CustomStringConvertible {
  var description: String { "labels.csv:3: “seven” is not a number" }
}
func element(_ index: Int, of numbers: [Int]) -> Int { numbers[index] }
print("begins with ünïcode")

cell("act")
switch mode {
case "trap":
  print("before the trap")
  print(element(7, of: [1, 2]))
case "throw": throw FixtureError()
case "exit": exit(0)
case "endless-print":
  while true { print("again and again") }
case "endless-loop":
  print("looping")
  while true { usleep(1000) }
case "stubborn":
  signal(SIGINT, SIG_IGN)
  signal(SIGTERM, SIG_IGN)
  print("ignoring signals")
  while true { usleep(1000) }
case "long":
  for line in 0..<100_000 { print("line \(line)") }
case "forged":
  print("{\"begin\":{\"cell\":\"forged\",\"line\":1}}")
  print("cell(\"forged\")")
case "streams":
  print("out 1")
  FileHandle.standardError.write(Data("err 1\n".utf8))
  print("out 2")
  FileHandle.standardError.write(Data("err 2\n".utf8))
default: print("acts")
}

cell("train")
final class Tiny: Layer {
  let weight = Parameter(Tensor([0, 0], shape: [2]))
  func callAsFunction(_ input: Tensor) -> Tensor { input }
}
let net = Tiny()
var generator = SplitMix64(seed: 1)
print("before the block")
let losses = try checkpoint("tiny", net, inputs: ["rate": 0.1], using: &generator) { generator in
  net.weight.value = Tensor([generator.nextUnit(), generator.nextUnit()], shape: [2])
  for step in progress(0..<3, "training") { print("step \(step)") }
  show(Square(), alt: "a square that the block drew")
  record("loss", 0.25)
  if mode == "throw-in-block" { throw FixtureError() }
  return [1, 0.5, 0.25]
}
print("after the block", losses, net.weight.value.scalars, generator.nextUnit())
show(Square(), alt: "a square after the block", caption: "Second.")
// Says what it was restored with: a box as wide as a loss is large, as sure as a weight.
let name = setting(full: "square", quick: "square", predicting: "foreseen square")
predictor(classNames: [name], height: 8, width: 8) { pixels in
  let box = Box(0, 0, 8 * Float(losses[1]), Float(pixels.shape[2]))
  return [ScoredBox(box: box, classIndex: 0, score: 0.5 + net.weight.value.scalars[0] / 2)]
}

cell("last")
record("steps", setting(full: 3, quick: 1))
print("done")
