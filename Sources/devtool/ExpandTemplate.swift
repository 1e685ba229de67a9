import ArgumentParser
import Rules

/// Shows what a template becomes.
struct ExpandTemplate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "expand", abstract: "Print a template filled in.",
    discussion: "Exits 2 when the file cannot be read or is no template."
  )

  @Argument(help: "The template.")
  var file: String

  @Argument(help: "The seed; the same one always gives the same text.")
  var seed: UInt64 = 0

  func run() throws {
    do {
      let bytes = try Files.read(file)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        Console.error("error: \(file): not UTF-8")
        throw ExitCode(2)
      }
      Console.out(try Template(parsing: text).expand(seed: seed).bytes)
    } catch let error as RulesError {
      for line in error.lines { Console.error("error: \(file): \(line)") }
      throw ExitCode(2)
    } catch let error as FileError {
      Console.error("error: \(error)")
      throw ExitCode(2)
    }
  }
}
