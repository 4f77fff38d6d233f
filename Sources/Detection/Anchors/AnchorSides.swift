/// What the sides of an anchor are fractions of; decides its shape on a picture that is not square.
///
/// With size s, ratio r and a picture of H × W pixels whose aspect is the map's:
///
/// | | width in pixels | height in pixels | drawn ratio | area of the picture's |
/// |---|---|---|---|---|
/// | `ofHeight` | H · s·√r | H · s/√r | r | s² · H/W |
/// | `ofOwnSide` | W · s·√r | H · s/√r | r · W/H | s² |
///
/// On a square picture both are the same.
public enum AnchorSides: String, Hashable, Sendable, Codable, CaseIterable {
  /// Both sides are fractions of the picture's height: the ratio is the one that is seen.
  ///
  /// What the code of *Dive into Deep Learning* 14.4 computes.
  case ofHeight
  /// Each side is a fraction of the picture's own side: the size squared is the share of its area.
  ///
  /// What the text of *Dive into Deep Learning* 14.4 says, and the SSD paper.
  case ofOwnSide
}
