import ArgumentParser
import Findings

/// `leakgate hook …`: puts LeakGate into a repository's hooks.
struct HookCommand: CommandGroupCommand {
  static let configuration = CommandConfiguration(
    commandName: "hook",
    abstract: "Install, remove and look at git hooks.",
    discussion: """
      Examples:
        leakgate hook install
        leakgate hook install --pre-push --commit-msg
        leakgate hook status
      """,
    subcommands: [HookInstallCommand.self, HookUninstallCommand.self, HookStatusCommand.self]
  )
}

/// Which hooks of which repository.
struct HookOptions: ParsableArguments {
  @Flag(help: "Before a commit, that of a merge too: what is staged.")
  var preCommit = false

  @Flag(help: "Before a commit: its message.")
  var commitMsg = false

  @Flag(help: "Before a push leaves.")
  var prePush = false

  @Flag(help: "Before a push is taken, on the server.")
  var preReceive = false

  @Option(
    name: [.customShort("C"), .long],
    help: ArgumentHelp("The repository of this folder instead of the current one.", valueName: "folder"),
    completion: .directory
  )
  var repository: PathArgument?

  /// The hooks that were named.
  var named: [Hook] {
    (preCommit ? Self.beforeCommits : []) + (commitMsg ? [.commitMessage] : []) + (prePush ? [.prePush] : [])
      + (preReceive ? [.preReceive] : [])
  }

  /// The hooks that `--pre-commit` stands for.
  static let beforeCommits: [Hook] = [.preCommit, .preMergeCommit]
}

/// `leakgate hook install`: has git run LeakGate.
struct HookInstallCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Have git run LeakGate before it commits or pushes.",
    discussion: """
      Without a hook named, pre-commit is installed; with it comes pre-merge-commit, which git runs in its place before \
      it commits a merge. A hook that is there already is kept and run first; nothing is overwritten. Where \
      core.hooksPath is set, hooks go there. A hook refuses when it cannot run LeakGate.

      Examples:
        leakgate hook install
        leakgate hook install --pre-commit --commit-msg --force
        leakgate hook install --governed '.sot/**'
        leakgate hook install --pre-receive --governed '.sot/**' -C server.git
      """
  )

  @OptionGroup var hooks: HookOptions

  @Flag(help: "Write hooks of LeakGate's that are there already anew.")
  var force = false

  @Option(
    help: ArgumentHelp(
      "Have pre-commit, pre-push and pre-receive judge governed documents whole, under policy sot; may be given several "
        + "times.", valueName: "glob")
  )
  var governed: [PathArgument] = []

  func judge() throws(CommandError) -> Verdict {
    let wanted = hooks.named.isEmpty ? HookOptions.beforeCommits : hooks.named
    _ = try Patterns.compiled(governed, option: "--governed")
    if !governed.isEmpty, !wanted.contains(where: \.judgesGoverned) {
      throw .invalid("--governed is for the hooks pre-commit, pre-push and pre-receive; add one of them")
    }
    let folder = try HookFolder(of: hooks.repository?.bytes)
    let program = try ProcessSetup.ownProgram()
    // One that is there already does not keep the others away.
    var refusal: CommandError?
    for hook in wanted {
      do throws(CommandError) {
        try folder.install(hook, program: program, governed: governed, renews: force)
        try Messages.tell("installed: \(folder.place(of: hook).name.text)")
      } catch {
        guard error.verdict == .invalid else { throw error }
        if let refusal { Messages.complain(Messages.masked(refusal.message)) }
        refusal = error
      }
    }
    if let refusal { throw refusal }
    return .clean
  }
}

/// `leakgate hook uninstall`: takes LeakGate out of the hooks.
struct HookUninstallCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "uninstall",
    abstract: "Take LeakGate out of the hooks again.",
    discussion: """
      Without a hook named, all are removed. A hook that was there before is put back.

      Examples:
        leakgate hook uninstall
      """
  )

  @OptionGroup var hooks: HookOptions

  func judge() throws(CommandError) -> Verdict {
    let folder = try HookFolder(of: hooks.repository?.bytes)
    var removed = 0
    for hook in hooks.named.isEmpty ? Hook.allCases : hooks.named where try folder.uninstall(hook) {
      removed += 1
      try Messages.tell("removed: \(folder.place(of: hook).name.text)")
    }
    guard removed > 0 else { throw .invalid("no hook of LeakGate's is installed in \(folder.name)") }
    return .clean
  }
}

/// `leakgate hook status`: says what is installed.
struct HookStatusCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Tell which hooks are installed; invalid where none is.",
    discussion: """
      Examples:
        leakgate hook status
        leakgate hook status --pre-push
      """
  )

  @OptionGroup var hooks: HookOptions

  func judge() throws(CommandError) -> Verdict {
    let folder = try HookFolder(of: hooks.repository?.bytes)
    let states = (hooks.named.isEmpty ? Hook.allCases : hooks.named).map { ($0, folder.state(of: $0)) }
    for (hook, state) in states {
      let word =
        switch state {
        case .ours: "installed"
        case .weak(let reason): "installed, but \(reason); 'leakgate hook install --force' writes it anew"
        case .absent: "not installed"
        case .foreign: "not installed (another hook is there)"
        }
      try Messages.answer("\(hook.rawValue): \(word)\n")
    }
    // Where hooks are named each must be there, else any; one that does not guard never passes.
    let isGood =
      states.allSatisfy { hooks.named.isEmpty ? !$0.1.isWeak : $0.1 == .ours }
      && states.contains { $0.1 == .ours }
    return isGood ? .clean : .invalid
  }
}
