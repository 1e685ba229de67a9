/// What a keeper tells of the backend, a line each.
enum KeeperMessage: Equatable {
  /// It is about to be started: without another message it may run.
  case starting
  /// It runs, as the leader of this process group.
  case started(Int32)
  /// It could not be started: the number of the error.
  case failed(Int32)
  /// It has ended, with this status of waitpid(2).
  case ended(Int32)

  /// The message as it is sent.
  var line: [UInt8] {
    switch self {
    case .starting: Array("starting\n".utf8)
    case .started(let group): Array("started \(group)\n".utf8)
    case .failed(let code): Array("failed \(code)\n".utf8)
    case .ended(let status): Array("ended \(status)\n".utf8)
    }
  }

  /// Reads a line without its end.
  init?(_ line: some Sequence<UInt8>) {
    let words = String(decoding: Array(line), as: UTF8.self).split(separator: " ")
    if words == ["starting"] {
      self = .starting
      return
    }
    guard words.count == 2, let number = Int32(words[1]) else { return nil }
    switch words[0] {
    case "started": self = .started(number)
    case "failed": self = .failed(number)
    case "ended": self = .ended(number)
    default: return nil
    }
  }
}
