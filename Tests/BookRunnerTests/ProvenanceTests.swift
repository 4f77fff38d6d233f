import BookFormat
import Foundation
import Testing

@testable import BookRunner

struct ProvenanceTests {
  @Test(arguments: [
    (
      "processor\t: 0\nmodel name\t: AMD EPYC 9654\nflags\t\t: fpu avx avx2 avx512f\n",
      "AMD EPYC 9654", "AVX-512"
    ),
    ("model name\t: Old: one\nflags\t\t: fpu sse4_2 avx\nmodel name\t: other\n", "Old: one", "AVX"),
    ("processor\t: 0\nFeatures\t: fp asimd\n", "aarch64", "NEON"),
    ("", "aarch64", nil),
  ])
  func `a processor has the name and the widest instructions that Linux tells`(
    cpuinfo: String, name: String, instructionSet: String?
  ) {
    let processor = Processor(cpuinfo: cpuinfo, architecture: "aarch64")
    #expect(processor.name == name)
    #expect(processor.instructionSet == instructionSet)
  }

  @Test func `variables that limit threads and instructions are told`() throws {
    let folders = try TemporaryBook().folders
    func provenance(_ environment: [String: String]) -> Provenance {
      .now(
        RunSurroundings(
          folders: folders,
          toolchain: Toolchain(version: "Swift version 6.3.1 (x); Target: y"),
          environment: environment))
    }
    let free = provenance([:])
    #expect(free.threads == free.cores && free.cores > 0)
    #expect(free.toolchain == "Swift version 6.3.1 (x)")
    let bound = provenance(["OMP_NUM_THREADS": "1", "ONEDNN_MAX_CPU_ISA": "AVX2"])
    #expect(bound.threads == 1)
    #expect(bound.instructionSet == "AVX2")
  }

  @Test func `a commit says whether files differ from it, and is nil outside git`() throws {
    let book = try TemporaryBook()
    let root = book.folders.root
    #expect(Provenance.commit(of: root) == nil)
    try book.write("1", to: "a.txt")
    let git = [
      "git", "-C", root.path, "-c", "user.name=a", "-c", "user.email=a@b", "-c",
      "commit.gpgsign=false",
    ]
    for arguments in [["init", "-q"], ["add", "."], ["commit", "-q", "-m", "first"]] {
      try #require(try outputOf(git + arguments).status == 0)
    }
    let commit = try #require(Provenance.commit(of: root))
    #expect(commit.wholeMatch(of: /[0-9a-f]{7,}/) != nil)
    try book.write("2", to: "a.txt")
    #expect(Provenance.commit(of: root) == commit + " + changes")
  }
}
