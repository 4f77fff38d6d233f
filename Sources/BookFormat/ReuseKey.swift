/// Everything a stored result depends on, be it a checkpoint or a whole transcript: it may be reused
/// where all parts are equal.
package struct ReuseKey: Codable, Equatable, Sendable {
  /// One ingredient, with a digest or a short value.
  package struct Part: Codable, Equatable, Sendable {
    /// What sort of thing an ingredient is, in the order in which differences are looked for.
    package enum Kind: String, Codable, Sendable, CaseIterable {
      case toolchain, manifest, library, cell, profile, data, results, environment, input
    }

    package var kind: Kind
    package var name: String
    package var value: String

    package init(_ kind: Kind, _ name: String, _ value: String) {
      self.kind = kind
      self.name = name
      self.value = value
    }
  }

  package var parts: [Part]

  package init(_ parts: [Part] = []) { self.parts = parts }

  /// The key with a chapter's own inputs in place of any it has.
  package func with(inputs: [Part]) -> ReuseKey {
    ReuseKey(parts.filter { $0.kind != .input } + inputs)
  }

  /// The key without the inputs, which only the running chapter knows.
  package var withoutInputs: ReuseKey { with(inputs: []) }

  /// What first makes `self`, as stored, differ from `current`, in words; nil where they are equal.
  package func firstDifference(from current: ReuseKey) -> String? {
    for kind in Part.Kind.allCases {
      let stored = parts.filter { $0.kind == kind }
      let present = current.parts.filter { $0.kind == kind }
      for part in present {
        guard let old = stored.first(where: { $0.name == part.name }) else {
          return part.sentence(.added)
        }
        if old.value != part.value { return part.sentence(.changed(from: old.value)) }
      }
      if let gone = stored.first(where: { old in !present.contains { $0.name == old.name } }) {
        return gone.sentence(.removed)
      }
      if stored != present { return "the order of the parts “\(kind.rawValue)” changed" }
    }
    return nil
  }
}

extension ReuseKey.Part {
  fileprivate enum Change {
    case added, removed
    case changed(from: String)
  }

  fileprivate func sentence(_ change: Change) -> String {
    let what =
      switch kind {
      case .toolchain: "the toolchain's \(name)"
      case .manifest: "the settings in \(name)"
      case .library: "the library file \(name)"
      case .cell: name.isEmpty ? "the code before the first cell" : "the cell “\(name)”"
      case .profile: "the profile"
      case .data: name.isEmpty ? "the choice of data" : "the data file \(name)"
      case .results: "what the chapter “\(name)” measured"
      case .environment: "the environment variable \(name)"
      case .input: "the input “\(name)”"
      }
    return switch (change, kind) {
    case (.added, _): "\(what) is new"
    case (.removed, _): "\(what) is gone"
    case (.changed(let old), .toolchain), (.changed(let old), .profile),
      (.changed(let old), .environment), (.changed(let old), .input):
      "\(what) changed from “\(old)” to “\(value)”"
    case (.changed, _): "\(what) changed"
    }
  }
}
