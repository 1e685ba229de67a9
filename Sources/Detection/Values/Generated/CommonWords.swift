// Made by scripts/train-value-judge.py words; do not edit.

/// Words and pairs of letters of ordinary text and source.
enum CommonWords {
  /// Words of 3 to 12 letters in alphabetical order.
  static let text: StaticString = """
    abc abcdef ability able abort aborted about above abs absent absolute abspath abstract accent accept accepted
    accepting accepts access accessed accessible according accordingly account acknowledge acme acquire across act
    action actions active acts actual actually acute adapted add added adding addition additional addr address
    addresses adds adjust advantage advertising affect affected after again against agree agreement ahead aix alef
    algorithm alias aliases align alignment alive all allocate allocated allocation allow allowed allowing allowlist
    allowlists allows almost alone along alpha alphabet alphanumeric already also alt alter altered alternate
    alternative alternatives although always ambiguous among amount amp ampersand anchor anchored anchors and andre
    angle annotation annotations another answer any anymore anything anyway anywhere apart api apostrophe app appear
    appears append appended appending apple applicable application applications applied applies apply approach
    appropriate arabic arbitrary architecture archive archives are aren arg arglist argparse args argument arguments
    argv arising arithmetic around array artifact artifacts ascending ascii ask asked asks assert assertion assign
    assigned assignment assignments associated assume assumed assumes assuming ast asterisk async asynchronous
    asyncio atexit atom atomic attach attached attempt attempted attempting attempts attr attribute attributes attrs
    audit aug auth author authors auto automatic automaton available avoid avoids await aware away back background
    backlog backslash backslashes backspace backward backwards bad bar bare barry base based basename bases basic
    basis baz because become becomes been before begin beginning begins behavior behaviour behind being bell belong
    belongs below beside best beta better between beyond big bin binary binascii bind binding bisect bit bits black
    blank blanks block blocked blocking blocks blocksize body bogus bom bool boolean bootstrap both bottom bound
    boundaries boundary bounded bounds box bpo bracket brackets branch break breaking breaks breve broken bsd buf
    buffer buffered buffering buffers bufsize bug bugs build builder building builds built builtin builtins bullet
    but byte bytearray bytecode bytes bzip cache cached caches calculate calculated call callable callback callbacks
    called caller callers calling calls came can cancel cancellation cancelled candidate cannot canonical capacity
    capital capture care caron carriage carry case cases cast cat catch category caught cause caused causes ccompiler
    cdata cedilla cell cent certain certificate cgi chain chance chang change changed changes changing char character
    characters charmap chars charset chdir che check checked checking checks checksum child children chmod choice
    choices choose chosen chr chunk chunks circular circumflex class classes classmethod clause clean cleanup clear
    cleared client clients clock clone close closed closes closing closure cls cmd cmp cnri code codec codecs codes
    col collapse collect collected collection collections collin colon color column columns com combination combine
    combined combining come comes comma command commands commas comment comments commercial commit common commonly
    communicate comp compact comparable compare compared compares comparing comparison comparisons compat compatible
    compilation compile compiled compiler compiles compiling complete completed completely completes completion
    complex complexity compliant complicated component components compress compressed compression compute computed
    concatenated concrete concurrent condition conditional conditions confidence config configure configured conflict
    conform conn connect connected connection connections consecutive consider considered consistent consisting
    consists console const constant constants construct constructed construction constructor constructs consume
    consumed consuming contact contain contained container containers containing contains content contents context
    contextlib contexts continuation continue contract contributor control controlling controls convenience
    convenient convention conversion convert converted converter converting converts cookie copied copies copy
    copying copyright core coro coroutine coroutines corpus correct correctly correspond corresponds cost could
    couldn count counted counter counting counts course cover coverage covers cpp cpu cpython crash crc creat create
    created creates creating creation credential critical crlf cross ctx ctype ctypes cur curdir curly currency
    current currently cursor custom customize cut cwd cxx cycle cycles cygwin cyrillic daemon dagger damages dangling
    dark darwin dash dashes data database date datetime day dbm deal debug debugging dec decide decides decimal
    decision decl declaration declared decode decoded decoder decoding decorated decorator dedent deep deepcopy def
    default defaultdict defaulting defaults defer define defined defines defining definition definitions degree
    deinit del delattr delay delete deleted delimited delimiter delitem delta denied depend dependencies dependency
    dependent depending depends deprecated deprecation depth deque derived desc describe described describes
    describing description descriptions descriptor descriptors designed desired dest destination destroy destroyed
    detach detail detailed details detect detected detection detector determine determined determines dev device
    devnull diaeresis dict dictionaries dictionary dicts did didn diff differ difference differences different
    differs digest digit digits dir direct directly directories directory dirname dirs disable disabled discard
    discarded disclaims discussion disk dispatch display displayed dist distance distinguish distribute distributed
    distribution distutils divide division divmod dll doc docs docstring docstrings doctest doctype document
    documented documents does doesn doing dollar dom domain don done dont dos dot dotall dotless dots dotted double
    down drawings drive driver drop dropped dry dst due dumb dummy dump dumps dup duplicate duplicates duration
    during dynamic dynamically each earlier early easier easily easy echo edges effect effective efficient
    efficiently effort eight either elem element elements elif ellipsis else elsewhere email embed embedded emit
    emitted empty enable enabled enc encode encoded encoder encoding encodings encountered encrypted end ended endian
    endif ending ends endswith engine enough enquiry ensure ensures enter entered entire entirely entities entity
    entries entropy entry enum enumerate enumerated env environ environment eof epoch epsilon equal equals equatable
    equivalent err errno error errors escape escaped escapes escaping especially essentially etc eth etree euro eval
    even event events eventually ever every everything everywhere exact exactly example examples exc exceeded exceeds
    except excepthook exception exceptions excerpt exclamation exclude excluded excluding exclusions exclusive exe
    exec executable executables execute executed executing execution executor exhausted exist existence existing
    exists exit exitcode exited exiting exits exp expand expanded expanduser expansion expat expect expected expects
    expensive explain explanation explicit explicitly export exports expr express expressed expression expressions
    ext extend extended extends extension extensions external extra extract extracted extracting fact factor factory
    facts fail failed failing fails failure failures fairly fake fall fallback falls false family fancy far fast
    faster fatal fault faulthandler fcntl fdopen fds feature features feb fee feed feminine fetch few ffff field
    fields fifo figure file filename filenames fileno fileobj fileprivate files filesystem fill filled filler filling
    fills filter filters final finalize finalized finalizer finally find findall finder finding findings finds fine
    fingerprint fingerprints finish finished first firstlineno fit fitness five fix fixed fixer fixes fixup flag
    flags flat float floating floats flow flush fmt fname fnmatch fold folded folder folders folding follow followed
    following follows foo for force foreign forever forget fork forking form format formats formatted formatter
    formatting former forms forward found foundation four fraction fragment frame frames framework fredrik free freed
    from front frozen frozenset fsdecode fsencode fspath fstat ftp full fullname fully func function functions
    functools further fut future futures gamma gap gaps garbage gate gen gencodec general generally generate
    generated generates generating generation generator generators generic german get getattr getcodec getcwd
    getframe getitem getline getopt getpeername getpid getregentry gets getsockname getstate getting getvalue ghe git
    github gitleaks give given gives giving glibc glob global globals gmt gnu goes going gone good google got grammar
    granted grave greater greatest greek groq group groups guarantee guaranteed guard guess guessed guido gzip hack
    had half hand handle handled handler handlers handles handling handshake handy happen happened happens hard has
    hasattr hash hashable hashlib hasn have haven having head header headers heading heapq held hello help helper
    helpers helpful helps hence here hereby hex hexadecimal hidden hide hierarchy high higher highest hint history
    hit hits hmac hold holding holds home hook hooks horizontal host hostname hour hours house how however html http
    https human hye hyphen idea ident identical identified identifier identifiers identifies identify identifying
    identity idle ids idx iff ignore ignorecase ignored ignores ignoring illegal image immediately immutable imp impl
    implement implemented implementing implements implicit implicitly implied implies import important imported
    importer importing importlib imports inc include included includes including incoming incompatible incomplete
    inconsistent incorrect increment incremental indent indentation indented independent index indicate indicated
    indicates indicating indicator indices indirect indirectly individual inet inf infinite infinity info information
    inherit inherited init initial initialize initialized initializer inline inner inout input inputs insensitive
    insert inserted inside inspect inst install installation installed installing instance instances instantiate
    instantiated instead instruction instructions int integer integers integral intended interactive interesting
    interface interfaces intermediate internal internally internet interpreted interpreter interrupt interrupted
    intersection into ints invalid invariant invert inverted invocation invoke invoked invoking isabs isdigit isdir
    isfile isinstance islink isn iso issubclass issue issued issues item items iter iterable iterables iterate
    iterating iteration iterator iterators itertools its itself jan java job jobs join joined joining json jsonl
    judge judged judging jump just kaf keep keeping keeps kept kernel key keyboard keyed keys keyword keywords kill
    kind kinds klass know knowledge known knows kwargs kwds label labels lambda lang language large larger last late
    later latin latter launch law layer lazy lead leading leaf leak leakgate leaking least leave leaves leaving
    ledger left legacy legal lemburg len length lengths less let lets letter letters level levels liable lib
    libraries library license licensed lies life ligature light like likely limit limited limits line linear
    linecache lineno lines linesep link linked linker linking links linux list listdir listed listen listing lists
    literal literals little live lives load loaded loader loading loads local locale localhost locals localtime
    located location locations lock locks log logger logging logic logical login long longer longest look lookahead
    lookbehind looked looking looks lookup loop loops loss lost lot lots low lower lowercase lowercased lowest lru
    lstat lstrip lundh mac machine machinery macron macros made magic main mainly maintain maintained major make
    makedirs makefile makes making mal malformed management manager manifest manipulation manually many map mapped
    mapping mappings maps marc mark marked marker markers marks marshal masculine mask match matched matcher matches
    matching math matter max maximum maxlen maxsize may maybe mbc mean meaning meaningful means meant mechanism
    medium member members memo memory memoryview mentioned merge merged message messages meta metaclass metadata meth
    method methods micro microsoft micsft middle might mille milliseconds mime min minimal minimum minor minus minute
    minutes misc mismatch missing mix mixed mixin mkdir mkpath mkstemp mmap mod mode model modes modification
    modified modifier modify modname module modules moment mon monotonic month more most mostly move moved mro msg
    msvcrt mtime much mul multi multibyte multiline multipart multiple multiply must mutable mutating mutex mutually
    naive name named namedtuple names namespace namespaces naming nargs native nbytes near nearly necessarily
    necessary need needed needs neg negated negative negligence neither nested net network never new newer newline
    newlines newly next nice nil nine nobody node nodes non none nonlocal nonzero nor normal normalize normalized
    normally normcase normpath not notation note notes nothing notice notify now nul null num number numbers numeric
    obj object objects obsolete obtain obtained obvious occur occurred occurrence occurrences occurs oct odd off
    offset offsets often ogonek old older omega omit omitted omitting once one ones only onto opaque opcode opcodes
    open opened opening opens operating operation operations operator operators opt optimization optimize optimized
    option optional optionally options opts ord order ordered ordering ordinal ordinary org orig origin original
    originally osx other others otherwise oudkerk our out outcome outer output outputs outside over overflow overhead
    overlap overridden override overrides overriding overwrite overwritten own owner pack package packages packs pad
    padded padding page pair pairs parallel param parameter parameters params pardir parent parentheses parenthesis
    parents parse parsed parser parsers parses parsing part partial partially particular partition parts party pass
    passed passes passing password past pat patch path pathlib pathname paths pathsep pattern patterns pause payload
    pcre pem pending people pep per percent perform performance performed perhaps period perky permission permissions
    person pertaining pgen phi pick pickle pickled pickling pid piece pieces pilcrow pipe pipes pkg place placed
    placeholder places plain plat platform platforms please plus point pointer pointing points policy poll pool pop
    popen popleft port portion pos position positional positive posix posixpath possibility possible possibly post
    potential potentially pound pow power pprint practice pragma pre precedence precedes preceding precision
    predicate prefer preferred prefilter prefix prefixed prefixes prepare prepend prepended presence present preserve
    preserved preserving presumably pretty prev prevent prevents previous previously primarily print printable
    printed printing prints prior priority private probably problem problems proc process processed processes
    processing processor produce produced produces product profits prog program programs progress project prompt
    propagate proper properly properties property protect proto protocol protocols provide provided provider provides
    providing proxy pseudo psf public publicity pull pure purpose purposes push put pwd pyc pygram python pytree
    qualified qualname quantifier quantity quarter quarters query question queue queues quick quiet quit quite
    quotation quote quoted quotes quoting race raise raised raises raising random range ranges rather raw raymond
    rdonly rdwr reach reached reaches read readable reader reading readinto readline readlines readlink reads ready
    real really realpath reason reasonable reasons rebuild receive received recent recognize recognized recommended
    record records recurse recursion recursive recursively recv red redacted redirect reduce reduced reduces
    reduction redundant ref refer reference referenced references refers refs refused refuses regard regardless regex
    regexes regexp register registered registry regular reject rel related relative release released releases
    relevant reload rely remain remainder remaining remains remediation remember remote removal remove removed
    removes removing rename renamed repeat repeated repeatedly repeating repeats replace replaced replacement
    replaces replacing report reported reporter reporting reports repository repr represent represented representing
    represents request requested requests require required requirement requires requiring res reserved reset
    resolution resolve resolved resource resources respect respectively response responses responsible rest restore
    result resulting results resume ret retained retrieve retrieved retry return returncode returned returning
    returns reuse revealed reverse reversed rewritten rfc rfind right rights ring risk room root roots rossum round
    routine routines row rows rpartition rstrip rule rules run runner running runs runtime safe safely safety same
    sample sanity satisfy save saved sax say says scalar scan scanned scanning scheduled scheme schemes scope scratch
    script scripts search searched searches searching sec second seconds secret secrets section sections security see
    seed seeded seek seekable seem seems seen sees select selected selection selector self semantics semaphore semi
    semicolon send sendable sendall sendfile sending sends sense sensible sensitive sent sentinel sep separate
    separated separately separator separators seq sequence sequences series serve server servers service serving
    session set setattr setdefault setitem sets setsockopt setstate setter setting settings setup seven several
    severity sha shade shall shape share shared sharp shcha shell shift shik short shortcut shorter should shouldn
    show shown shows shut shutdown shutil side sig sigint sigma sign signal signals signature signed significant
    silent silently similar similarly simple simplefilter simplify simply since single sink site situation six size
    sizes skip skipped skipping skips slash slashes slated sleep slice slightly slot slots slow slower small smaller
    sock socket sockets soft software sol solaris solidus some someone something sometimes somewhere soon sort sorted
    source sources space spaces spam span spawn spawning spec special specialized specific specifically specified
    specifier specifies specify specifying speed split splitdrive splitext splitlines square src ssl stack stacklevel
    stand standard stands star start started starting starts startswith startup stat state statement statements
    states static staticmethod statistics stats status stay stays std stderr stdin stdlib stdout step steps still
    stmt stop stopped stops stopwords storage store stored storing str stream streamreader streams streamwriter
    strerror strftime strict strictly string strings strip stripped stroke strong struct structure structures stuff
    style sub subclass subclassed subclasses subclassing subject submit submodule submodules subprocess subscript
    subsequences subsequent subset substitute substring subtract subtype succeed succeeds success successful
    successfully such sufficient suffix suffixes suitable suite sum summary sun super superscript supplied supply
    support supported supporting supports supposed suppress sure surrogate swift switch symbol symbolic symbols
    symlink symlinks syms sync synchronous syntax sys syscall sysconfig system systems tab table tables tabs
    tabulation tag tags tail take taken takes taking target targets task tasks tau tcp tell telling tells temp
    tempfile template templates temporarily temporary term terminal terminate terminated terminating terminator terms
    test testable tested testing tests text texts textwrap than thanks that the their them themselves then there
    therefore these theta they thing things think third this thorn those though thread threading threads three
    threshold through throw throws thus tilde time timed timeout times timestamp timezone title tls tmp todo together
    tok token tokenize tokens told toml too took tool tools top toplevel tortious total touch trace traceback
    tracebacks tracing track tracker trade traditional trailer trailing trans transfer transform translate translated
    translation transmission transport treat treated tree trial trick tried tries trigger triggered triple true
    truediv trunc truncate truncated truncating try trying tse tty tuple tuples turn turned turns twice two txt typ
    type typed types typical typically typing ufffe uid uint unable uname unavailable unbounded unchanged unclosed
    undefined under underlying underscore understood undocumented unexpected unicode union unique unit units unittest
    universal unix unknown unless unlike unlink unnecessary unpack unquote unreadable unrecognized unregister unsafe
    unset unspecified unsupported until unused unwrap update updated updates updating upon upper uri url urllib
    usable usage use used useful user username users uses using usr usual usually utc utf util utilities utility
    utils uuid val valid validate validating validation value values van var variable variables variant various vars
    vendors verbose verbosity verdict verifies verify version versions vertical very via view virtual visible void
    vulgar wait waiter waiting waitpid waits wake wakeup walk want wanted wants warn warning warnings warranties
    warranty warsaw was wasn way ways weak weakref web well went were what whatever whatsoever when whence whenever
    where whereas whether which while white whitespace who whole whose why wide width wiki wikipedia will win winapi
    window windows winter with within without won word words work workaround worker workers working works workspace
    world worst worth would wouldn wrap wrapped wrapper wrapping wraps writable write writelines writer writes
    writing written wrong wronly wrote www xaa xab xac xad xae xaf xba xbb xbc xbd xbe xbf xca xcb xcc xcd xce xcf
    xda xdb xdc xdd xde xdf xea xeb xec xed xee xef xfa xfb xfc xfd xfe xff xml xor xxx year yen yeru yes yet yield
    yielding yields you your zero zhe zip zipfile zlib zone
    """

  /// For each letter, in eighths of a bit, how surprising each letter behind it is within a word.
  static let pairs: [UInt8] = [
    // a
    80, 39, 31, 35, 72, 56, 44, 82, 37, 89, 49, 23, 33, 27, 99, 38, 96, 23, 29, 21, 48, 51, 59, 58, 49, 89,
    // b
    25, 57, 40, 52, 23, 70, 78, 82, 33, 34, 80, 20, 58, 69, 28, 49, 97, 34, 38, 57, 24, 86, 96, 95, 32, 74,
    // c
    25, 82, 48, 66, 23, 73, 81, 26, 40, 111, 32, 32, 59, 73, 17, 70, 79, 36, 51, 25, 39, 73, 77, 95, 57, 119,
    // d
    31, 62, 62, 38, 10, 60, 59, 82, 19, 78, 81, 41, 71, 61, 30, 70, 89, 44, 34, 55, 36, 72, 81, 73, 51, 92,
    // e
    34, 62, 32, 27, 45, 39, 52, 70, 60, 96, 73, 35, 39, 24, 65, 40, 55, 21, 25, 29, 73, 48, 57, 34, 54, 90,
    // f
    26, 74, 55, 58, 30, 31, 72, 89, 15, 105, 94, 37, 68, 66, 19, 68, 88, 30, 45, 37, 30, 92, 82, 90, 52, 118,
    // g
    34, 75, 64, 71, 13, 72, 48, 32, 26, 91, 90, 35, 52, 33, 43, 64, 122, 30, 26, 44, 31, 60, 73, 99, 83, 71,
    // h
    17, 82, 73, 66, 13, 82, 93, 83, 23, 126, 73, 64, 57, 66, 21, 85, 118, 36, 55, 37, 48, 92, 93, 97, 57, 97,
    // i
    45, 45, 34, 42, 43, 43, 39, 103, 66, 95, 64, 30, 35, 14, 29, 45, 84, 40, 30, 25, 80, 44, 113, 49, 117, 48,
    // j
    38, 97, 56, 67, 10, 71, 97, 84, 43, 97, 50, 71, 81, 84, 15, 62, 97, 69, 34, 78, 21, 97, 56, 97, 60, 97,
    // k
    30, 68, 62, 54, 9, 66, 45, 60, 25, 82, 81, 38, 81, 33, 58, 59, 77, 51, 25, 57, 49, 82, 36, 84, 66, 112,
    // l
    26, 68, 65, 37, 15, 42, 70, 84, 22, 95, 77, 26, 74, 64, 27, 55, 108, 64, 33, 37, 38, 70, 69, 104, 36, 93,
    // m
    18, 39, 77, 57, 14, 63, 91, 96, 31, 109, 69, 52, 40, 61, 29, 21, 111, 67, 39, 57, 38, 95, 73, 109, 70, 88,
    // n
    30, 76, 29, 25, 26, 48, 22, 75, 36, 91, 52, 52, 68, 50, 31, 55, 78, 72, 30, 21, 44, 49, 83, 104, 54, 98,
    // o
    56, 44, 38, 29, 58, 53, 52, 88, 50, 96, 50, 36, 32, 18, 43, 35, 99, 20, 39, 33, 30, 46, 37, 69, 86, 79,
    // p
    20, 81, 63, 57, 21, 64, 73, 53, 35, 132, 71, 26, 78, 74, 25, 32, 80, 24, 46, 28, 40, 83, 68, 102, 41, 116,
    // q
    59, 70, 67, 62, 69, 77, 83, 87, 75, 83, 91, 53, 75, 51, 67, 72, 59, 50, 50, 67, 1, 75, 66, 79, 87, 68,
    // r
    27, 66, 45, 43, 15, 59, 42, 82, 27, 108, 52, 55, 42, 36, 27, 59, 113, 37, 33, 30, 40, 61, 64, 98, 39, 115,
    // s
    40, 84, 40, 65, 16, 61, 59, 38, 27, 94, 54, 52, 56, 61, 36, 37, 69, 65, 28, 17, 33, 76, 56, 84, 44, 100,
    // t
    26, 79, 48, 56, 18, 56, 92, 22, 22, 110, 93, 53, 63, 71, 35, 54, 98, 26, 34, 39, 37, 77, 57, 75, 41, 82,
    // u
    41, 40, 42, 51, 30, 46, 49, 102, 40, 119, 83, 25, 31, 22, 52, 32, 108, 24, 27, 24, 80, 84, 98, 77, 98, 94,
    // v
    15, 72, 61, 95, 7, 67, 77, 89, 25, 118, 95, 81, 64, 68, 45, 73, 99, 71, 69, 73, 61, 68, 67, 72, 79, 84,
    // w
    21, 78, 67, 50, 30, 69, 89, 20, 18, 99, 92, 43, 78, 34, 27, 77, 88, 27, 36, 70, 78, 76, 54, 64, 79, 84,
    // x
    33, 49, 20, 49, 26, 43, 77, 62, 27, 114, 98, 54, 47, 73, 59, 25, 101, 64, 51, 15, 64, 68, 68, 36, 50, 67,
    // y
    57, 49, 49, 59, 37, 59, 62, 76, 35, 112, 100, 45, 37, 32, 37, 20, 96, 43, 20, 16, 71, 54, 39, 67, 58, 58,
    // z
    30, 60, 58, 59, 5, 60, 83, 54, 27, 67, 78, 51, 56, 63, 30, 60, 91, 68, 56, 55, 69, 66, 60, 59, 46, 52,
  ]
}
