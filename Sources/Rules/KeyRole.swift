/// What kind of secret the name of a key announces.
package enum KeyRole: String, Sendable, CaseIterable {
  /// What a person or program types in: password, passphrase, PIN.
  case password
  /// What two sides share: client secret, signing secret, seed.
  case secret
  /// What is handed over in place of a password: access token, session, cookie.
  case token
  /// What opens an interface or a cipher: API key, private key, encryption key.
  case key
  /// What is called a credential, whatever it consists of.
  case credential
  /// User name and password in a URL.
  case url
}
