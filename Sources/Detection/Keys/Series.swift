/// A list that one name makes secrets of, read on behind what is at hand where the name stands, however long it is.
///
/// All that reading has to remember stands here, so that a list may be read in pieces of any size.
struct Series {
  /// How the list is written, and how far the value under way was read.
  enum Kind {
    /// `VALUES (…), (…)`.
    case rows(Rows)
    /// Lines with bars: the number of bars before the column, those met in the line, and whether the line starts.
    case cells(column: Int, bars: Int, isAtStart: Bool)
    /// Lines whose columns are aligned by blanks: the place of the head in its line.
    case aligned(Range<Int>)
    /// Lines `- value` behind so many blanks.
    case items(indent: Int)
    /// Strings in brackets.
    case strings(Strings)
    /// Cells of a table in HTML: the cells before the column, and those met in the row, `nil` between rows.
    case markup(column: Int, cell: Int?)
    /// Cells of a table in AsciiDoc, row by row or each on a line of its own: the cells before the column, those of a row, and
    /// those met.
    case spread(column: Int, width: Int, cells: Int)
    /// The members of an object.
    case object(Object)
    /// The lines of a Kubernetes secret in YAML.
    case manifest(Manifest)
    /// The members of a Kubernetes secret in JSON.
    case document(Document)
    /// Members on lines of their own: of a mapping deeper than a column, or of a section; and their own column.
    case lines(column: Int?, indent: Int?)
  }

  /// Rows of values under way.
  struct Rows {
    /// Number of fields before the one that is told.
    var column: Int
    /// Number of the field, `nil` between rows.
    var field: Int?
    /// Whether nothing of the field, or of the row, was met.
    var isAtStart = true
    /// Brackets open within the field, and the mark of the string under way.
    var open = 0
    var quote: Quote?
  }

  /// Strings in brackets under way.
  struct Strings {
    /// What words that are not quoted are.
    enum Words {
      /// Names of something else.
      case passed
      /// Values as they stand.
      case told
      /// Strings: `%w[…]`.
      case quoted
    }

    let words: Words
    /// The mark of the string under way that is not told.
    var quote: Quote?
    /// Brackets open: tuples stand in those of the list.
    var open: Int
    /// Whether the list is one of tuples.
    let isOfTuples: Bool
    /// Whether the next string may be the first of a tuple, which names what follows.
    var isFirst = false

    init(words: Words, quote: Quote? = nil, open: Int = 1) {
      (self.words, self.quote, self.open, isOfTuples) = (words, quote, open, open > 1)
    }
  }

  /// A manifest under way.
  struct Manifest {
    /// The column its own members stand in.
    let column: Int
    /// Whether the lines are members of `data` or `stringData`, and their column.
    var isWithin = false
    var indent: Int?
    /// Whether it is one; `nil` before its kind was met.
    var isSecret: Bool?
  }

  /// An object under way that is a manifest.
  struct Document {
    /// Brackets open within a member, and the mark of the string under way.
    var open = 0
    var quote: Quote?
    /// Its `data` or `stringData`, where reading is within.
    var object: Object?
    /// Whether it is a secret; `nil` before its kind was met.
    var isSecret: Bool?
  }

  /// An object under way.
  struct Object {
    /// Brackets open within a member, and the mark of the string under way.
    var open = 0
    var quote: Quote?
    /// Whether a member's value was met, and not what parts it from the next.
    var isBehindValue = false
  }

  /// Bytes of a string that are passed at once.
  static let stride = 256
  /// Bytes behind a place that decide about the value that starts there.
  static let reach = KeyReach.value + 2 * KeyReach.blanks + 2 * KeyReach.gap

  var kind: Kind
  /// Where reading goes on: an index of a view, or the offset of that in the artifact.
  var next: Int
  /// How the name and the values are joined.
  let form: KeyValue.Form
  /// Whether the values are base64.
  var isEncoded = false
  /// Whether the rest of a line is passed.
  var isPassing = false
  /// Whether the list ended.
  var isOver = false

  init(_ kind: Kind, from next: Int, form: KeyValue.Form, isEncoded: Bool = false, isPassing: Bool = false) {
    self.kind = kind
    self.next = next
    self.form = form
    self.isEncoded = isEncoded
    self.isPassing = isPassing
  }

  /// Whether the values are a secret's by what stands around them; `nil` where that may follow.
  var isSecret: Bool? {
    switch kind {
    case .manifest(let manifest): manifest.isSecret
    case .document(let document): document.isSecret
    default: true
    }
  }

  /// Whether the values have names of their own.
  var isOfMembers: Bool {
    switch kind {
    case .object, .lines, .manifest, .document: true
    case .rows, .cells, .aligned, .items, .strings, .markup, .spread: false
    }
  }
}

/// A list with what its name says.
struct SecretList {
  var series: Series
  let name: KeyName
  /// The name as written.
  let head: [UInt8]
  /// Where the list starts, by which its values are known while it may turn out to hold no secrets.
  var start = 0
  /// Whether more of it was read meanwhile than is kept.
  var isTooLong = false

  /// Whether another list reads the same column of a table on.
  func isContinued(by other: SecretList) -> Bool {
    guard head == other.head else { return false }
    return switch (series.kind, other.series.kind) {
    case (.aligned(let own), .aligned(let others)): own == others
    case (.cells(let own, _, _), .cells(let others, _, _)): own == others
    default: false
    }
  }
}
