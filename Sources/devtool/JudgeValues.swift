import ArgumentParser
import Detection

/// `devtool judge-values LIST`: the features of the values beside secret key names, for scripts/train-value-judge.py.
struct JudgeValues: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "judge-values", abstract: "Print the features of every value beside a secret key name.",
    discussion: "LIST names a file a line. A line is printed for each value: number of the file, start, end, features."
  )

  @Argument(help: "File with the names of the files to look at, one a line.")
  var list: String

  func run() throws {
    let names = try Files.read(list).split(separator: UInt8(ascii: "\n"))
    var text = ""
    for (number, name) in names.enumerated() {
      let path = String(decoding: name, as: UTF8.self)
      for row in ValueSurvey.rows(in: try Files.read(path), named: path) {
        let features = row.features.map { "\($0.name)=\($0.value)" }.joined(separator: "\t")
        text += "\(number)\t\(row.value.lowerBound)\t\(row.value.upperBound)\t\(features)\n"
      }
    }
    print(text, terminator: "")
  }
}
