import Findings

/// Values that providers' documentation uses as examples: everybody has them, nobody's account has.
///
/// Kept as fingerprints under the fixed key, so that this source holds nothing that looks like a secret.
enum DocumentedExamples {
  /// Whether a value is an example, or a web token with the claims of one: whoever signs these, they name nobody.
  ///
  /// - Complexity: two fingerprints.
  static func contains(_ value: UnsafeRawBufferPointer) -> Bool {
    // SAFETY: the bytes are read within the call only.
    if unsafe isListed(value) { return true }
    guard unsafe value.starts(with: "eyJ".utf8) else { return false }
    let parts = unsafe value.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    // SAFETY: the part lies within the value.
    return unsafe parts.count == 3 && isListed(UnsafeRawBufferPointer(rebasing: parts[1]))
  }

  private static func isListed(_ value: UnsafeRawBufferPointer) -> Bool {
    guard (8...400).contains(value.count) else { return false }
    // SAFETY: the bytes are read within the call only.
    return unsafe fingerprints.contains(Fingerprint(of: value, key: .fixed).text)
  }

  private static let fingerprints: Set<String> = [
    // AWS: identifiers, keys and a session token of the IAM and STS guides
    "d8b9a5b8b3ed95bb49a54bd8b32690f2",
    "208e3afc016fc298cc1af576c9aefd67",
    "7c84a8cf26d05185fbab07cff0226e11",
    "b72513cd05fbdd5ff9f1a9f5d85e3fb2",
    "ad7b5ec57396631965ce6e1908a5f060",
    "40edf3afdf27aa6cf54f73b7281f3dcd",
    "5e31518e2bb91435682e341b810ac237",
    // Azure: the well-known keys of the storage and Cosmos DB emulators
    "d2346b04635580caba915b436f6e96ea",
    "9b6c58c57a305765ceea09020217305e",
    // JSON web tokens: jwt.io, RFC 7519 section 3.1, and the key of RFC 7515 appendix A.1
    "b8f221ae7646a4d099f4ec0aaf7ccc4f",
    "11d698bf47d09fb00ee2e17320965fd4",
    "662f1897f1166b27a7d2b8f023ef988b",
    "3c9fbcb1dd6d83747e1ad2224db3a38a",
    "4aff6440902ced20e9dbcd0b2f32cf7b",
    "924f56f52e8cb2787a652a1b89e69b40",
    "726ea3c859223dbe24ac94d09d320606",
    // The claims of jwt.io's example in three editions, and of RFC 7519
    "a20ad9506f257ddbcfd490533a75a00b",
    "7977f2352c5e474d8740da5eabf8ae05",
    "b0f965b855604b7601c34e6f2f12951d",
    "b3ec5c42746a39c139c9544df6b4f13b",
    // Basic authentication: RFC 7617, RFC 6749, and the names of things
    "6f2900f2038ad93e7715145c5a9ebfc6",
    "a8c816987bb67d2cee2525d50e3d5843",
    "0036c67086b6846bd4f620d78969b486",
    "980e495d95806d527b45b840db20b99c",
    "65011da608ba1a3c7b5de2e7bd3641c1",
    "ecd9dbe6e1b998225bd9a5ddca722100",
    "953d96e43635ab44601a996d58fdc74c",
    "a7915fa323483e0d928759b45cba5ee1",
    "a70a20763616506202ef3c49e4f15892",
    "d9afa0a94158f6da21bb82e114a91add",
    "99e96b9f6e4050578317522f05836ceb",
    // Bearer tokens of RFC 6749 and RFC 6750
    "eb3020601d83d3a7fc16f15fbb2d3463",
    "259cd0d039f4941dc2312e18240b9b84",
    "8219dc571ac87fea172d560af19d8c85",
    "14df7076d1f77222f8da919b63b2e579",
    // GitHub: the REST and app guides
    "2f8713ed5df14812f8e0459c81f70b19",
    "1468f35debf7479c02ba302d4f2538e2",
    "3c7638fe2a0736d8618ec0be25e95ed0",
    "b86998175a0a9a3688792d1a05dac844",
    // Stripe: the keys of its API reference
    "689b210ecda8ff475b0ab2d52c5de6fb",
    "14f89b4f303285bccac3fccf5acd0965",
    "ecb45279946af727790f151da54d401f",
    // Google: keys of the Firebase SDKs' own tests
    "7a049cd8c2e5bd8835874a131c8e57ef",
    "3bc51a460eb58fe830822092451704df",
    "f9bbbd1afe3e9b902034df87a50d98f7",
    "045594c18f5190bcab824b98bc2b1a36",
    "0c117ba890402fd4195ee8d0342e13ee",
    "d91cbab22842806d232cf8f1206eb267",
    "1a87d226e2e101ca14bb61fca4c6f7b2",
    "c069e7ac4d8449d8c0c49dc143df2d51",
    "babb60c47b4cb6ef4a3a14dfc3a21e2d",
    "0a0058a761bf730cffaf7baf9a63b459",
    "6094a1b0ebf1c6cfda4bf9045b84ac00",
    "9f654204bb30b5ba483bf47e8594f3d0",
    "416cc4d0fb85cb35ea9d8f8f9ed8d0f7",
    "4e4846657c8b762c6854bdf5ab938902",
    // NuGet: the clear-text passwords of the nuget.config reference
    "b0f03510df96202ae5b9abb32a2310f8",
    "08cad537d5ca40a310a78bc2f47d8694",
    // GOV.UK Notify and GC Notify: the key of their guides
    "2c1e58cf21c72d6054d999b6c9ea290b",
    "f12d46d2ce03facc0013786202ffbcdd",
    // Telegram: the tokens of the introduction to bots and of the Bot API
    "a0908484f0125e60d8855110267b2e95",
    "beab9d16475b95b1f59efaeb26fb4870",
    "eff965da16d26ddcd89a339124aae0e0",
  ]
}
