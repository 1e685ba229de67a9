/// From the pattern as written to the one that is compiled.
extension EntryCompiler {
  mutating func compile(_ regex: Written<String>, into rule: inout Rule, _ trial: PatternTrial) {
    let context = context()
    guard var syntax = parsed(regex), let secret = secretGroup(in: syntax) else { return }
    let quantifiers = syntax.unboundedQuantifiers
    if origin == .own {
      for offset in quantifiers {
        fail(regex.position(at: offset), "unbounded quantifier: give it an upper bound, as in {20,200}")
      }
      guard quantifiers.isEmpty else { return }
      guard let compiled = expanded(syntax, secret: secret, context: context, at: regex.position) else { return }
      if let refusal = trial(compiled.syntax.text) {
        return fail(regex.position, "bad pattern: \(refusal.reason)")
      }
      syntax = compiled.syntax
      (rule.secretGroup, rule.shape) = (compiled.secret, compiled.shape)
    } else {
      guard let compiled = bounded(syntax, secret: secret, context: context, regex, trial) else { return }
      syntax = compiled.syntax
      (rule.secretGroup, rule.shape) = (compiled.secret, compiled.shape)
    }
    rule.pattern = syntax.text
    rule.proof = proof(in: syntax, secret: rule.secretGroup)
    if let length = entry.maxLength, length.value < 1 {
      fail(length.position, "maxLength is a number of bytes above 0")
    }
    if rule.shape.anchors.isEmpty {
      doubt(
        regex.position,
        "no match need hold a literal of three bytes or more, so the pattern runs over every byte: "
          + "give it a literal prefix or context words"
      )
    }
  }

  private mutating func parsed(_ regex: Written<String>) -> PatternSyntax? {
    do {
      return try PatternSyntax(parsing: regex.value)
    } catch {
      fail(regex.position(at: error.offset), "bad pattern: \(error.reason.shown)")
      return nil
    }
  }

  /// What the rule asks to stand around its pattern.
  private mutating func context() -> ContextPattern {
    var context = ContextPattern()
    for word in entry.context {
      if word.value.isEmpty {
        fail(word.position, "an empty context word stands everywhere: remove it")
      } else {
        context.words.append(word.value)
      }
    }
    if let gap = entry.gap {
      context.gap = choice(gap, "gap") ?? .assignment
      if entry.context.isEmpty { doubt(gap.position, "gap has no meaning without context") }
    }
    if let boundary = entry.boundary { context.boundary = choice(boundary, "boundary") ?? .none }
    return context
  }

  private mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ written: Written<String>, _ key: String
  ) -> Choice? {
    if let value = Choice(rawValue: written.value) { return value }
    fail(written.position, "\(key) must be one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
    return nil
  }

  /// The group that holds the secret: `secret`, `secretGroup`, the only group, or 0 for the whole match.
  private mutating func secretGroup(in syntax: PatternSyntax) -> Int? {
    if let named = syntax.groupNames["secret"] { return named }
    // 0 is what gitleaks takes for not given.
    if let group = entry.secretGroup, group.value != 0 {
      guard group.value > 0, group.value <= syntax.groupCount else {
        fail(group.position, "secretGroup is \(group.value), but the pattern has \(syntax.groupCount) groups")
        return nil
      }
      return group.value
    }
    return syntax.groupCount == 1 ? 1 : 0
  }

  private struct Compiled {
    var syntax: PatternSyntax
    var secret: Int
    var shape: PatternShape
  }

  /// The pattern with its context, and what the engine must know of it.
  private mutating func expanded(
    _ syntax: PatternSyntax, secret: Int, context: ContextPattern, at position: TextPosition, isTrial: Bool = false
  ) -> Compiled? {
    do {
      guard !context.isEmpty else {
        return Compiled(syntax: syntax, secret: secret, shape: try syntax.shape(secretGroup: secret))
      }
      let whole = secret == 0 && !context.words.isEmpty
      let syntax = try PatternSyntax(parsing: context.expanded(syntax.text, secretIsWhole: secret == 0))
      let secret = whole ? syntax.groupNames["secret"] ?? 0 : secret
      return Compiled(syntax: syntax, secret: secret, shape: try syntax.shape(secretGroup: secret))
    } catch {
      if !isTrial { fail(position, "bad pattern: \(error.reason.shown)") }
      return nil
    }
  }

  /// The pattern with its unbounded quantifiers bounded: to the stated bound, or where nested ones multiply to more than
  /// the engine's window or to a pattern the library does not hold, to the greatest power of two below that fits.
  private mutating func bounded(
    _ syntax: PatternSyntax, secret: Int, context: ContextPattern, _ regex: Written<String>, _ trial: PatternTrial
  ) -> Compiled? {
    guard let first = syntax.unboundedQuantifiers.first else {
      let compiled = expanded(syntax, secret: secret, context: context, at: regex.position)
      guard let compiled, let refusal = trial(compiled.syntax.text) else { return compiled }
      fail(regex.position, "bad pattern: \(refusal.reason)")
      return nil
    }
    // The rule's own greatest length tells the bound where it gives one; a match must never depend on more than it says.
    var bound = entry.maxLength.map { max(8, min($0.value, RuleCompiler.foreignBound)) } ?? RuleCompiler.foreignBound
    while bound >= 8 {
      if let attempt = try? syntax.bounded(to: bound),
        let compiled = expanded(attempt, secret: secret, context: context, at: regex.position, isTrial: true)
      {
        switch trial(compiled.syntax.text) {
        case nil: break
        case .tooLarge?:
          bound /= 2
          continue
        case .broken(let reason)?:
          fail(regex.position, "bad pattern: \(reason)")
          return nil
        }
        let count = syntax.unboundedQuantifiers.count
        let what = count == 1 ? "an unbounded quantifier is" : "\(count) unbounded quantifiers are"
        report(.warning, regex.position(at: first), "\(what) bounded to \(bound): write a bound to choose another")
        return compiled
      }
      bound /= 2
    }
    fail(regex.position(at: first), "unbounded quantifiers nest too deep to be bounded: give them upper bounds")
    return nil
  }
}
