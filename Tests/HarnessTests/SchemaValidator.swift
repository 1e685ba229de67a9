import Foundation
import TestSupport

/// A validator of JSON Schemas that is not ours: the Python package jsonschema.
enum SchemaValidator {
  /// Prints `1` or `0` for each line of its input.
  private static let program = """
    import glob, json, sys
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource
    schemas = {}
    for path in glob.glob(f"{sys.argv[1]}/*.schema.json"):
        schema = json.load(open(path))
        Draft202012Validator.check_schema(schema)
        schemas[schema["$id"]] = schema
    registry = Registry().with_resources((name, Resource.from_contents(schema)) for name, schema in schemas.items())
    validators = {}
    for line in sys.stdin:
        trial = json.loads(line)
        name = trial["schema"] + ".schema.json"
        if name not in validators:
            validators[name] = Draft202012Validator(schemas[name], registry=registry)
        print(int(validators[name].is_valid(json.loads(trial["text"]))), flush=True)
    """

  /// Whether each text is valid by the schema of that name in docs/schemas.
  static func answers(_ trials: [(schema: String, text: String)]) throws -> [Bool] {
    let tree = TemporaryTree()
    let lines = try trials.map { trial in
      String(
        decoding: try JSONSerialization.data(withJSONObject: ["schema": trial.schema, "text": trial.text]),
        as: UTF8.self)
    }
    tree.file("in", lines.joined(separator: "\n") + "\n")
    tree.file("validate.py", program)
    let folder = RepositoryFiles.folder("docs/schemas")
    let output = try run("'\(python)' -B '\(tree.full("validate.py"))' '\(folder)' < '\(tree.full("in"))'")
    return output.split(separator: "\n").map { $0 == "1" }
  }

  /// The Python that scripts/setup-tests makes, where it did.
  private static let own: String? = {
    let path = RepositoryFiles.folder(".build/python") + "/bin/python3"
    return FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }()
  private static let python = own ?? "python3"

  /// Whether it is installed here; the Python made for the tests has to have it.
  static let isThere =
    own != nil || (try? run("'\(python)' -c 'import jsonschema, referencing; print(1)'")) == "1\n"

  private static func run(_ line: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}
