import Detection
import Findings
import Rules
import TestSupport
import Testing

/// What people and programs announce of a secret stands between its name and its value.
@Suite struct AnnouncementTests {
  private static let engine = Result { try Engine(pack: KeyRules.pack, options: EngineOptions(policy: .code)) }

  private func secrets(_ text: String, named name: String = "out.log", cutAt size: Int? = nil) throws -> [String] {
    try Self.engine.get().secrets(in: text, named: name, cutAt: size)
  }

  @Test(arguments: [
    "Password for bob: §", "Password for user 'bob': §", "- **Password for bob**: `§`", "Your temporary password is §",
    "Generated root password: §", "the new API key for prod is: §", "API key for the staging environment = §",
    "Initial admin password written: §", "A temporary password is generated for root@localhost: §",
    "The password of the account deploy was reset to: §", "admin password has been set to §",
    "Password for user elastic changed to §", "Setting password to '§'", "Your password will be §",
    "The password of bob is §.", "Admin password (save this!): §", "Token generated successfully: §",
    "Created access token \"ci\": §", "Log in as `admin` with password `§`.", "PASSWORD elastic = §",
    "Please use the following password to proceed to installation:\n\n§\n\nThis may also be found elsewhere.",
    "Your new password:\n\n    §\n", "Das Passwort für bob lautet §", "La contraseña de bob es: §",
    "Le mot de passe de bob est : §", "A senha do usuário é §", "credentials: admin / §", "Username/Password: bob/§",
    "The password of bob is § and that of eve is not told", "Password............: §",
    "{\"msg\":\"generated password for admin: §\"}", "Unseal Key 1: §",
  ]) func `the value behind what is said is found`(_ template: String) throws {
    var random = SeededRandom(seed: 83)
    let value = random.value(Letters.alphanumeric, 20)
    let text = template.split(separator: "§", omittingEmptySubsequences: false).joined(separator: value)
    #expect(try secrets(text) == [value], "\(text)")
    for size in [1, 20] { #expect(try secrets(text, cutAt: size) == [value], "\(size)") }
  }

  @Test(arguments: [
    "Password for the database: see the vault", "The token of the request is: missing",
    "Set the password to something else",
    "password for root: none", "The key for each entry is: name", "Enter the password for bob: ",
    "print(\"Password for \" + user + \": \" + password)", "log(\"token for %s: %s\", name, value)",
    "Password (optional): string", "The secret of good code is: simplicity", "token in the list: foo_bar_baz",
    "the password was changed to comply with the policy", "Password for user 'bob': ${PASSWORD}",
    "Your password:\n\nMust-have-12-characters", "user/password: required", "credentials: user / password",
  ]) func `what only speaks of secrets stays clean`(_ text: String) throws {
    #expect(try secrets(text) == [], "\(text)")
    #expect(try secrets(text, named: "a.py") == [], "\(text)")
  }
}
