import Crypto
import Findings
import Reports

/// An in-toto Statement, version 1, over every artifact of a run (in-toto attestation framework, spec v1).
package struct Statement: Sendable, Equatable {
  static let type = "https://in-toto.io/Statement/v1"
  static let predicateType = "urn:leakgate:audit:1"

  package var subjects: [SurveyedArtifact]
  package var run: String
  package var verdict: String
  /// SHA-256 of `audit.json`.
  package var auditDigest: String

  package init(_ result: AuditResult, audit: [UInt8]) {
    subjects = result.artifacts
    run = result.run
    verdict = result.verdict.rawValue
    auditDigest = Digest.hex(audit)
  }

  /// The statement's JSON.
  package var bytes: [UInt8] {
    JSONText.bytes { writer in
      writer.beginObject()
      writer.member("_type", Self.type)
      writer.key("subject")
      writer.beginArray()
      for subject in subjects {
        writer.beginObject()
        writer.member("name", subject.name)
        writer.key("digest")
        writer.beginObject()
        writer.member("sha256", subject.digest)
        writer.endObject()
        if let name = subject.nameDigest {
          writer.key("annotations")
          writer.beginObject()
          writer.member("name_sha256", name)
          writer.endObject()
        }
        writer.endObject()
      }
      writer.endArray()
      writer.member("predicateType", Self.predicateType)
      writer.key("predicate")
      writer.beginObject()
      writer.member("run", run)
      writer.member("verdict", verdict)
      writer.member("audit_sha256", auditDigest)
      writer.endObject()
      writer.endObject()
    }
  }

  /// Reads a statement of LeakGate's own; `nil` for anything else.
  package init?(reading bytes: [UInt8]) {
    guard let node = try? JSONReader.read(bytes, limit: 256 << 20), node["_type"]?.string == Self.type,
      node["predicateType"]?.string == Self.predicateType, let list = node["subject"]?.array,
      let predicate = node["predicate"], let run = predicate["run"]?.string,
      let verdict = predicate["verdict"]?.string, let digest = predicate["audit_sha256"]?.string
    else { return nil }
    var subjects: [SurveyedArtifact] = []
    for subject in list {
      guard let name = subject["name"]?.string, let digest = subject["digest"]?["sha256"]?.string else { return nil }
      subjects.append(
        SurveyedArtifact(
          name: name, bytes: 0, digest: digest, nameDigest: subject["annotations"]?["name_sha256"]?.string))
    }
    (self.subjects, self.run, self.verdict, auditDigest) = (subjects, run, verdict, digest)
  }
}

/// A DSSE envelope (Dead Simple Signing Envelope, v1) with one ed25519 signature (RFC 8032).
package enum Envelope {
  static let payloadType = "application/vnd.in-toto+json"

  /// Signs a payload.
  package static func bytes(_ payload: [UInt8], seed: [UInt8]) throws(HarnessError) -> [UInt8] {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
      let signature = try? key.signature(for: encoded(payload))
    else { throw HarnessError(.invalid, "the signing key is not one of 32 bytes; make one with 'leakgate key new'") }
    return JSONText.bytes { writer in
      writer.beginObject()
      writer.member("payloadType", payloadType)
      writer.member("payload", Base64.encoded(payload))
      writer.key("signatures")
      writer.beginArray()
      writer.beginObject()
      writer.member("keyid", Digest.hex(Array(key.publicKey.rawRepresentation)))
      writer.member("sig", Base64.encoded(Array(signature)))
      writer.endObject()
      writer.endArray()
      writer.endObject()
    }
  }

  /// The public key of a signing key.
  package static func publicKey(seed: [UInt8]) throws(HarnessError) -> [UInt8] {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
      throw HarnessError(.invalid, "the signing key is not one of 32 bytes; make one with 'leakgate key new'")
    }
    return Array(key.publicKey.rawRepresentation)
  }

  /// The payload of an envelope, where one of its signatures is good under the public key, or no key is given.
  package static func payload(of bytes: [UInt8], publicKey: [UInt8]?) -> [UInt8]? {
    guard let node = try? JSONReader.read(bytes, limit: 512 << 20), node["payloadType"]?.string == payloadType,
      let payload = node["payload"]?.string.flatMap(Base64.decoded)
    else { return nil }
    guard let publicKey else { return payload }
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return nil }
    let signatures = node["signatures"]?.array?.compactMap { $0["sig"]?.string.flatMap(Base64.decoded) } ?? []
    let signed = encoded(payload)
    return signatures.contains { key.isValidSignature($0, for: signed) } ? payload : nil
  }

  /// What is signed: the pre-authentication encoding of DSSE.
  private static func encoded(_ payload: [UInt8]) -> [UInt8] {
    Array("DSSEv1 \(payloadType.utf8.count) \(payloadType) \(payload.count) ".utf8) + payload
  }
}
