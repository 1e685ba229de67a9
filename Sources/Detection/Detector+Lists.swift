import Findings

// SAFETY: the views lie within the detector's window, which does not move while values are read.
extension Detector {
  /// Lists read at a time at most.
  private static let mostLists = 64
  /// Bytes of a list of which it is not known whether it holds secrets; a secret of Kubernetes has 1 MiB, in base64 (Kubernetes
  /// documentation, "Secrets", size limit).
  private static let doubtfulReach = 2 << 20

  /// Starts to read on in a list whose name was met; its place is an offset of the artifact.
  ///
  /// A table whose head comes once more is read by the list of that head from there.
  func openList(_ list: SecretList) {
    if lists.contains(where: { $0.isContinued(by: list) }) {
      readLists(to: list.series.next, isEnd: false)
      lists.removeAll { $0.isContinued(by: list) }
    }
    guard lists.count < Self.mostLists else {
      return tell("holds more than \(Self.mostLists) lists of secrets at once: not all are read to their end")
    }
    var list = list
    list.start = list.series.next
    lists.append(list)
  }

  /// Reads lists up to an offset, and judges what stands in them.
  func readLists(to limit: Int, isEnd: Bool) {
    guard !lists.isEmpty else { return }
    lists = lists.compactMap { list in
      var list = list
      let name = list.name
      let isDoubtful = list.series.isSecret == nil
      while !list.series.isOver, list.series.next < limit || isEnd {
        let start = list.series.next
        awaited = list.series.isSecret == nil ? list.start : nil
        let isTooLong = list.isTooLong
        readPiece(&list, to: limit, isEnd: isEnd) { pair, head, bytes, base in
          if !isTooLong { judge(pair, name, head: head, in: bytes, at: base, isEnd: isEnd, isOfList: true) }
        }
        awaited = nil
        if list.series.next == start, !list.series.isOver {
          tell("holds a list of secrets that is not read to its end")
          list.series.isOver = true
        }
      }
      settle(&list, from: isDoubtful)
      return list.series.isOver ? nil : list
    }
  }

  /// Keeps or drops what was read of a list before it was known whether it holds secrets.
  ///
  /// - Parameter isDoubtful: whether that was not known before the last piece.
  private func settle(_ list: inout SecretList, from isDoubtful: Bool) {
    guard isDoubtful else { return }
    if list.series.isSecret == true {
      if list.isTooLong { tell("holds a Kubernetes secret whose kind stands too far behind its values") }
      for index in pending.indices where pending[index].awaited == list.start {
        pending[index].awaited = nil
        if let redaction = pending[index].redaction { redactions.append(redaction) }
      }
    } else if list.series.isOver {
      pending.removeAll { $0.awaited == list.start }
    } else if !list.isTooLong, list.series.next - list.start > Self.doubtfulReach {
      pending.removeAll { $0.awaited == list.start }
      list.isTooLong = true
    }
  }

  /// Offset from which on it is not known whether what stands there is a secret's.
  var doubtful: Int? {
    pending.lazy.filter { $0.awaited != nil }.map(\.secret.lowerBound).min()
  }

  /// Weighs what is not read yet, of lists under way and of those whose names are among the bytes not searched yet.
  func foreseeLists(_ found: [SecretList], _ view: inout Foresight) {
    for var list in lists + found {
      var start = -1
      while !list.series.isOver, list.series.next > start {
        start = list.series.next
        let name = list.name
        let isDoubtful = list.series.isSecret == nil
        readPiece(&list, to: window.end, isEnd: false) { pair, head, bytes, base in
          if isDoubtful { return hold(base + pair.value.lowerBound, &view) }
          foresee(pair, name, head: head, in: bytes, at: base, &view)
        }
      }
      if !list.series.isOver { hold(list.series.next, &view) }
    }
  }

  /// Reads the values of a list that start before an offset, as far as one view reaches.
  private func readPiece(
    _ list: inout SecretList, to limit: Int, isEnd: Bool, _ body: (KeyValue, [UInt8]?, ByteView, Int) -> Void
  ) {
    let lower = max(window.base, list.series.next - KeyReach.before)
    let upper = min(window.end, list.series.next + KeyReach.behind)
    // SAFETY: both ends lie within the window.
    let bytes = unsafe ByteView(
      UnsafeRawBufferPointer(rebasing: window.bytes[(lower - window.base)..<(upper - window.base)]))
    let lexer = KeyLexer(bytes)
    let isLast = upper == window.end
    list.series.next -= lower
    let most = isLast ? bytes.count : lexer.limit(isEnd: false)
    let values = lexer.read(&list.series, to: min(limit - lower, most), isEnd: isEnd && isLast)
    list.series.next += lower
    for pair in values where isFresh(pair, at: lower) {
      if list.series.isOfMembers {
        if KeySearch.isMember(pair, in: bytes, &names) { body(pair, nil, bytes, lower) }
      } else {
        body(pair, list.head, bytes, lower)
      }
    }
  }
}
