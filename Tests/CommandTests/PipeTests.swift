import Foundation
import Testing

struct PipeTests {
  @Test func `what is clean passes as it is`() throws {
    let workspace = try Workspace()
    let outcome = try workspace.run(
      "head -c 3000000 /dev/zero | tr '\\0' 'x' > in; leakgate pipe < in > out; echo $?; cmp in out")
    #expect(outcome.output == "0\n" && outcome.errors == "")
    #expect(try workspace.run("leakgate pipe < /dev/null").status == 0)
  }

  @Test func `input that cannot be read makes it incomplete`() throws {
    let workspace = try Workspace()
    for source in ["< .", "<&-"] {
      let outcome = try workspace.run("leakgate pipe \(source)")
      #expect(
        outcome.status == 3 && outcome.errors.hasPrefix("leakgate: incomplete: -: cannot be read on: "), "\(outcome)")
    }
  }

  @Test func `a secret is redacted and told`() throws {
    let secret = try Secret.groq()
    let workspace = try Workspace().write("a\nGROQ=\(secret) b\nlast", to: "in")
    for line in ["leakgate pipe < in", "leakgate pipe --redact --policy code < in", "cat in | leakgate pipe"] {
      let outcome = try workspace.run(line)
      #expect(outcome.status == 1)
      #expect(outcome.output == "a\nGROQ=gsk_*** b\nlast")
      #expect(outcome.errors == "leakgate: redacted: 1 secret (groq-api-key)\n")
    }
  }

  @Test func `a secret in wrapped base64 and in UTF-16 is redacted`() throws {
    let secret = try Secret.groq()
    let workspace = try Workspace().write("some words before it: GROQ=\(secret), and some words behind it\n", to: "in")
    for (encoding, decoding) in [("base64 -w 40", "base64 -di"), ("iconv -t utf-16", "iconv -f utf-16")] {
      let outcome = try workspace.run("\(encoding) < in | leakgate pipe > out; echo $?; \(decoding) < out")
      #expect(outcome.output.hasPrefix("1\n") && !outcome.output.contains(secret.suffix(20)), "\(outcome.output)")
      #expect(try workspace.run("leakgate scan out").status == 0)
    }
    #expect(
      try workspace.run("iconv -t utf-16 < in | leakgate pipe | iconv -f utf-16").output
        == "some words before it: GROQ=gsk_***, and some words behind it\n")
  }

  @Test func `a stream is blocked at its first secret`() throws {
    let workspace = try Workspace().write("a\nGROQ=\(Secret.groq()) b\nlast", to: "in")
    let outcome = try workspace.run("leakgate pipe --block < in")
    #expect(outcome.status == 1 && outcome.output == "a\nGROQ=")
    #expect(outcome.errors.contains("blocked: 1 secret"))
    #expect(try workspace.run("leakgate pipe --block --redact < in").status == 2)
  }

  @Test func `what nothing covers leaves while the input stays open, half a secret does not`() throws {
    let secret = try Secret.groq()
    let workspace = try Workspace()
    let line = """
      mkfifo p; leakgate pipe < p > out & exec 3> p; printf 'one\\nx %s' '\(secret.prefix(30))' >&3
      i=0; while [ ! -s out ] && [ $i -lt 100 ]; do sleep 0.1; i=$((i+1)); done; sleep 0.2; cat out; echo '|'
      printf '%s\\n' '\(secret.dropFirst(30))' >&3; exec 3>&-; wait $!; echo "status $?"; cat out
      """
    let outcome = try workspace.run(line)
    #expect(outcome.output == "one\nx |\nstatus 1\none\nx gsk_***\n")
  }

  @Test func `output that cannot be written is told as what it is`() throws {
    let full = try Workspace().run("echo nothing | leakgate pipe > /dev/full")
    #expect(full.status == 4 && full.errors.contains("cannot pass on to standard output: No space left on device;"))
  }

  @Test func `a reader that goes away, and content that is compressed, are no success`() throws {
    let workspace = try Workspace()
    _ = try workspace.run("{ yes abc | head -c 9000000 | leakgate pipe; echo $? > status; } | head -n 1 > first")
    #expect(try workspace.read("status") == "4\n")
    #expect(try workspace.run("echo x | gzip | leakgate pipe > out").status == 3)
  }
}
