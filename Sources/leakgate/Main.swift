import CommandLineTool

@main struct Main {
  static func main() { EntryPoint.main() }
}
