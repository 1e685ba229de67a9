/// What is measured of a value and the key beside it. Each has a weight in `ValueWeights`.
enum ValueFeature: Int, CaseIterable {
  // The key
  case passwordKey, secretKey, tokenKey, plainKey, credentialKey, urlKey
  case weakKey, qualifiedKey, pluralKey, unknownKeyEnd
  // How the two are joined
  case inCall, asOption, inQuery, quoted, compared, asVariable
  // Length
  case logLength, under4, under6, under8, under12, from16, from20, from32, over64
  // Bytes
  case entropy, digitShare, upperShare, symbolShare, changes, mixesClasses, lettersOnly, digitsOnly, hex,
    uuid, base64
  case evenHexLength
  // Words
  case surprise, excessSurprise, coverage, wholeWords, holdsNoun, holdsPlaceholder, repeatsKey, markInWord
  case passwordCoverage, tokenCoverage, shortToken, weakKeyRandom, randomLetters
  // Shapes
  case nameShape, constantShape, dottedShape, pathShape, urlShape, spaced, brackets, brokenBrackets, versionShape
  case emailShape, sequence
  // Surroundings
  case bareName, bareInCode, moreFollows

  /// What the feature is called where a judgement is explained.
  var name: String { String(describing: self) }
}

/// The features of one value; those not set are 0.
struct ValueFeatures {
  private var values = [Double](repeating: 0, count: ValueFeature.allCases.count)

  subscript(_ feature: ValueFeature) -> Double {
    get { values[feature.rawValue] }
    set { values[feature.rawValue] = newValue }
  }

  /// Sets a feature that holds or does not.
  mutating func set(_ feature: ValueFeature, _ holds: Bool) { if holds { self[feature] = 1 } }
}
