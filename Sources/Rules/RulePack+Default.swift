extension RulePack {
  private static let embedded = Result { () throws(RulesError) -> RulePack in
    var pack = try PackImage(DefaultPackImage.text).pack()
    pack.add(KeyRules.pack)
    return pack
  }

  /// The pack in the binary, with the rules about key names, read once.
  ///
  /// - Throws: `RulesError.image` where the image in the binary is damaged.
  /// - Complexity: linear in the size of the image the first time, constant from then on.
  package static var `default`: RulePack {
    get throws(RulesError) { try embedded.get() }
  }
}
