@testable import Detection
import Rules
import Testing

/// Names of keys are judged by their words.
@Suite struct KeyNameTests {
  @Test(arguments: [
    ("password", KeyRole.password), ("DB_PASSWORD", .password), ("dbPassword", .password), ("dbpassword", .password),
    ("MYSQLPASS", .password), ("PGPASSWORD", .password), ("spring.datasource.password", .password),
    ("auth.basic.pass", .password), ("ansible_ssh_pass", .password), ("passphrase", .password), ("smtp_pwd", .password),
    ("userPassword2", .password), ("password_confirmation", .password), ("contraseña", .password), ("senha", .password),
    ("motDePasse", .password), ("Passwort", .password), ("пароль", .password), ("Пароль", .password), ("密码", .password),
    ("パスワード", .password), ("비밀번호", .password), ("hasło", .password), ("my_pw", .password),
    ("client_secret", .secret), ("clientSecret", .secret), ("SECRET", .secret), ("secret_key_base", .secret),
    ("AWS_SECRET_ACCESS_KEY", .secret), ("hmacSecret", .secret), ("api_key_secret", .secret),
    ("access_token", .token), ("_authToken", .token), ("OPENAI_TOKEN", .token), ("X-Auth-Token", .token),
    ("tokens", .token),
    ("oauth_token_secret", .secret), ("bearerToken", .token),
    ("apiKey", .key), ("API-KEY", .key), ("x_api_key", .key), ("OPENAI_API_KEY", .key), ("privateKey", .key),
    ("encryption_key", .key), ("apikey", .key), ("new_api_key", .key), ("data_encryption_key", .key),
    ("file_signing_key", .key), ("bindpw", .password), ("rootbindpw", .password), ("dnpass", .password),
    ("ldap_default_authtok", .password), ("requirepass", .password), ("dbpw", .password),
    ("stripeApiKey", .key), ("AccountKey", .key),
    ("credentials", .credential), ("auth", .credential), ("proxy_auth", .credential), ("Authorization", .credential),
  ]) func `secret names are`(_ name: String, _ role: KeyRole) {
    #expect(KeyName(name).role == role, "\(KeyName(name))")
  }

  @Test(arguments: [
    "max_tokens", "num_tokens", "tokenizer", "credential_source_class", "secret_name", "passwordPolicy", "token_count",
    "completion_tokens", "tokenType", "token_type", "password_hash", "passwordLength", "password_file", "secretKeyRef",
    "secretName", "public_key", "publicKey", "primary_key", "foreignKey", "sort_key", "new_key", "data_key", "keyboard",
    "monkey", "hotkey",
    "author", "authority", "authenticated", "passenger", "compass", "bypass", "passed", "keyword", "key_name", "keyId",
    "token_url", "auth_url", "password_reset", "isPasswordRequired", "next_token",
    "eos_token", "secretary", "pass_rate", "pass_count", "cacheKey", "passthrough", "logprob_token_ids",
    "tokens_per_second",
    "credentialSource", "auth_provider", "passphrase-fd", "password-stdin", "authMethod", "token_expires_at",
    "password_policy.min_length",
  ]) func `harmless names are none`(_ name: String) {
    #expect(KeyName(name).role == nil, "\(KeyName(name))")
  }

  @Test(arguments: [
    "forgot_password", "has_password", "reset_token", "password_reset_token",
    "show_password",
    "CHANGE_PASSWORD", "missing_secret",
  ]) func `names of questions, verbs and numbers are doubtful`(_ name: String) {
    #expect(KeyName(name).role != nil && KeyName(name).isDoubtful, "\(KeyName(name))")
  }

  @Test(arguments: [
    ("pass_phrase", KeyRole.password), ("passPhrase", .password), ("pin_code", .password), ("rootpw", .password),
    ("recovery_code", .password), ("seedPhrase", .secret), ("backup_codes", .password), ("unlock_code", .password),
    ("access_code", .password), ("pass_word", .password), ("p_word", .password), ("session_id", .token),
    ("JSESSIONID", .token),
    ("connect.sid", .token), ("ASP.NET_SessionId", .token), ("jwt", .token), ("otp_secret", .secret),
  ]) func `nouns of two words and of sessions are told`(_ name: String, _ role: KeyRole) {
    #expect(KeyName(name).role == role, "\(KeyName(name))")
  }

  @Test func `what a name alone does not tell is weak`() {
    #expect(KeyName("key").isWeak && KeyName("auth").isWeak && KeyName("pass").isWeak)
    #expect(!KeyName("api_key").isWeak && !KeyName("db.pass").isWeak && !KeyName("password").isWeak)
  }

  private func words(_ name: String) -> [NameWord] { KeyName.split(Array(name.utf8)[...]) }

  @Test func `words are told apart at separators, digits and changes of case`() {
    #expect(words("OPENAIApiKey_v2-x") == ["openai", "api", "key", "v", "2", "x"])
    #expect(words("dbpassword") == ["db", "password"])
    #expect(words("clientsecret") == ["client", "secret"])
    #expect(words("monkey") == ["monkey"])
  }
}
