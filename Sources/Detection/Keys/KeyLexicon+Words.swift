extension KeyLexicon {
  /// Words before any noun with which everybody may know the value, or it opens nothing.
  static let harmlessOfAll: NameWords = words(
    "hashed hash encrypted crypted public pub no not non without invalid wrong incorrect bad")

  /// Words before any noun that make a question, a verb or a number of it, if its value does not say otherwise.
  static let doubtfulStarts: NameWords = words(
    """
    is has have had can should must will did does use uses using require requires required need needs
    show hide toggle validate validates forgot forgotten lost reset change changed update missing
    expired empty blank enable enabled disable disabled allow allowed generate ask prompt prompts enter
    get fetch retrieve lookup min max minimum maximum num number count counts total remember check checks verify verifies
    """)

  /// Weak nouns that name credentials and nothing else.
  static let credentialNouns: NameWords = words("credential credentials creds authorization pin pincode")

  /// The number of a session, written as one word.
  static let sessionNumber: NameWord = "sessionnumber"

  /// Two words that are one noun, by the first and the second of them.
  static let compounds: NameTable<NameTable<NameWord>> = {
    let lines = """
      pass phrase passphrase
      pass phrases passphrases
      pass code passcode
      pass word password
      p word password
      access code accesscode
      unlock code accesscode
      backup code recoverycode
      backup codes recoverycodes
      pin code pincode
      seed phrase mnemonic
      seed words mnemonic
      recovery phrase mnemonic
      recovery code recoverycode
      recovery codes recoverycodes
      session id sessionnumber
      """
    let all = lines.utf8.split(separator: 0x0A).map { line in line.split(separator: 0x20).map { NameWord($0) } }
    return NameTable(
      all.map { first in (first[0], NameTable(all.filter { $0[0] == first[0] }.map { ($0[1], $0[2]) })) })
  }()

  static let harmlessOfPasswords: NameWords = words("hint policy strength one")

  static let harmlessOfPass: NameWords = words(
    """
    by com tres multi single first second third two all boarding low high band render build compiler tests n render
    overall total success fail failed function module loop machine analysis initialize optimization opt event shadow depth
    lighting geometry forward deferred vertex fragment
    """)

  static let harmlessOfTokens: NameWords = words(
    """
    prompt completion input output n next page continuation pagination cursor eos bos pad unk sep cls mask special stop
    start begin first last prev previous open close opening closing bracket string keyword identifier operator lexer parser
    design cancel cancellation abort vocab context budget used cached reasoning image audio text generated thinking
    idempotency lock starting syntax
    """)

  static let harmlessOfKeys: NameWords = words(
    """
    primary foreign sort sorting partition cache range route row column object map dict dictionary json xml index unique
    composite natural registry hot arrow tab shift ctrl control alt esc escape space backspace delete home function meta
    modifier translation i18n message label group order attribute attr field property prop param parameter config
    setting settings option header query metric tag lookup parent child item list array entry next last first start end
    old new data file bucket blob topic event command menu nav theme style react story issue project doc page tree node
    by for of the this a any each idempotency dedup shard sharding candidate surrogate compound lock env image
    resource section sub block state status filter form context scope authorized recv install restored
    """)

  /// Words behind a noun that make another thing of the name: what it is called, where it lies, how long it is.
  static let harmlessEnds: NameWords = words(
    """
    name names id ids type types kind kinds class classes path paths file filename files dir directory folder location
    uri url urls endpoint host port length len size count counts limit limits num min max policy policies rule rules
    regex regexp pattern patterns format strength validator validators validation valid check checker required enabled
    disabled enable allowed expires expiry expiration expired expire ttl age timeout lifetime duration date time timestamp
    at on by created updated changed modified source sources src provider providers manager store storage service handler
    helper factory builder generator util utils controller view model field fields input box label labels title hint
    hints placeholder prompt message messages msg error errors err exception warning help description desc note info
    docs link page form dialog screen window panel button icon image hash hashes hashed digest checksum fingerprint
    thumbprint md5 sha1 sha256 salt iv algorithm algo alg method methods mode scheme schema usage scope scopes grant
    grants role roles group user username email owner holder variable parameter parameters param params arg args option
    options opt opts flag flags header headers prefix suffix separator delimiter index idx position pos offset start
    end range ref refs reference references arn version versions state status stat stats encoding charset issuer
    audience subject claim claims map mapping list dict table column row template rotation rotate recovery request
    requests response callback listener event events hook action actions level budget cost price rate ratio per sec
    logprob logprobs probability vocab vocabulary embedding embeddings izer ring board word words pair pairs frame frames
    stroke press down up through code codes complexity mask hex bits protocol protocols plugin config settings domain
    space binding selector item items node nodes spec domain prefixes server client backend authority challenge realm
    module middleware guard fd stdin flow library lib context session sessions cookie cookies attempts failures failed failure
    success scan scans scanner scanning leak leaks detection reset
    with encryption hashing hasher last used re rx radius blur color colour width height margin padding shadow border background font meter
    """)

  /// Words behind a noun that change nothing.
  static let neutralEnds: NameWords = words(
    """
    value val values plain plaintext raw string str data content b64 base64 encoded confirmation confirm confirmed again
    repeat retype verify new old current default prod production dev development test testing staging stage qa live
    sandbox local primary secondary secure text env s x y a b c in out is base v multi unsafe real admin root my main
    """)

  /// Words before a noun that say whose secret it is.
  static let qualifiers: NameWords = words(
    """
    api access secret private priv encryption encrypt signing sign master account app application consumer client ssh pgp
    gpg rsa dsa ec aes des hmac crypto cipher decrypt decryption session shared security subscription integration service
    server issuer host write read admin root deploy symmetric webhook jwt oauth oauth2 sso saml oidc token user usr
    wallet recovery aws amazon azure google gcp github gitlab bitbucket slack stripe twilio sendgrid mailgun openai
    anthropic facebook twitter linkedin dropbox heroku docker npm pypi nuget jira confluence datadog sentry newrelic
    mysql mariadb postgres postgresql pg mongo mongodb redis rabbitmq amqp kafka elastic elasticsearch ldap ad smtp imap
    pop3 mail email ftp sftp proxy http https db database sql mssql oracle sa jdbc odbc wifi wpa psk keystore truststore
    store cert certificate ca tls ssl vault consul etcd nomad kube kubernetes k8s jenkins sonar artifactory nexus
    registry repo repository login auth refresh id bearer personal pat bot device push web site my the our test dev prod
    production staging default initial temp tmp new old current plain login system sys machine box backup storage
    firebase supabase algolia mapbox maps cloudflare digitalocean hcloud salesforce shopify square paypal braintree x
    super duo ansible become sudo su bind guest owner customer member license signature flask django rails node java
    """)

  /// Words right before a noun that leave no doubt whatever stands before them.
  static let certainQualifiers: NameWords = words(
    "api secret private priv encryption decryption signing encrypt decrypt crypto hmac")

  /// Words that hold a noun by accident.
  static let wholeWords: NameWords = words(
    """
    compass bypass trespass overpass underpass passage passenger passive passion passport passthru passthrough
    passing passed passes keyboard keyword keywords keyring keystroke keypad keychain keyspace keyframe keyframes
    keypress keydown keyup keynote deadkeys nodeadkeys monkey turkey donkey hockey jockey whiskey turnkey hotkey hotkeys author authors
    authority authored tokenizer tokenizers tokenize tokenized tokenization secretary secretariat credit credits incredible
    sacred accredit seeds seeded seedling proceed exceed succeed authenticated authenticator authorized authorizer
    authorize authenticate keyed keying passable mappings tokenomics encompass surpass impasse spawn pawn
    """)

  private static func words(_ text: String) -> NameWords {
    NameWords(text.utf8.split(whereSeparator: \.isSpace).map { NameWord($0) })
  }
}
