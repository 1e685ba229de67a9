import Findings

/// Values that providers' documentation uses as examples: everybody has them, nobody's account has.
///
/// Kept as fingerprints under the fixed key, so that this source holds nothing that looks like a secret.
enum DocumentedExamples {
  /// - Complexity: one fingerprint.
  static func contains(_ value: UnsafeRawBufferPointer) -> Bool {
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
  ]
}
