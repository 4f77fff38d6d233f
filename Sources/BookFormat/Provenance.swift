/// What a run was made with: what a reader needs to know who compares its numbers with others.
package struct Provenance: Codable, Equatable, Sendable {
  /// What `swift --version` says, its first line.
  package var toolchain: String
  /// The processor's name, such as `AMD EPYC 9654`.
  package var processor: String
  /// The widest instructions that the numeric code may use, such as `AVX-512`; nil where unknown.
  package var instructionSet: String?
  /// Processors that the run could use.
  package var cores: Int
  /// Threads that tensor operations used by default.
  package var threads: Int
  /// The repository's commit, short, with `+ changes` where files differ from it; nil outside git.
  package var commit: String?

  package init(
    toolchain: String, processor: String, instructionSet: String?, cores: Int, threads: Int,
    commit: String?
  ) {
    self.toolchain = toolchain
    self.processor = processor
    self.instructionSet = instructionSet
    self.cores = cores
    self.threads = threads
    self.commit = commit
  }
}
