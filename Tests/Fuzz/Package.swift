// swift-tools-version: 6.2
import PackageDescription

// A package of its own that compiles the engine's sources for libFuzzer: `Sources` and `TestSupport` are links to the
// root's folders (docs/decisions/0007-benchmarks-compile-the-sources.md, docs/decisions/0026-fuzzing.md).

/// The root package's language settings; warnings are its matter.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .strictMemorySafety(),
]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")

let package = Package(
  name: "fuzz",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    .systemLibrary(name: "CPCRE2", path: "Sources/CPCRE2"),
    .systemLibrary(name: "CZlib", path: "Sources/CZlib"),
    .systemLibrary(name: "CBZip2", path: "Sources/CBZip2"),
    .systemLibrary(name: "CLZMA", path: "Sources/CLZMA"),
    .systemLibrary(name: "CZstd", path: "Sources/CZstd"),
    .target(
      name: "Containers", dependencies: ["CZlib", "CBZip2", "CLZMA", "CZstd"], path: "Sources/Containers",
      swiftSettings: settings
    ),
    .target(name: "PCRE2", dependencies: ["CPCRE2"], path: "Sources/PCRE2", swiftSettings: settings),
    .target(name: "ByteText", path: "Sources/ByteText", swiftSettings: settings),
    .target(name: "Findings", dependencies: [crypto], path: "Sources/Findings", swiftSettings: settings),
    .target(
      name: "Rules", dependencies: ["Findings", "TOMLKit", crypto], path: "Sources/Rules", swiftSettings: settings
    ),
    .target(
      name: "Detection", dependencies: ["ByteText", "Containers", "PCRE2", "Rules", "Findings"],
      path: "Sources/Detection", swiftSettings: settings
    ),
    .target(
      name: "TestSupport", dependencies: ["Containers", "Detection", "Findings", "PCRE2", "Rules"], path: "TestSupport",
      sources: [
        "Encodings.swift", "FuzzTarget.swift", "FuzzTarget+Containers.swift", "RuleMaking.swift",
        "Scanning+Bytes.swift",
      ],
      swiftSettings: settings
    ),
    .executableTarget(name: "Fuzz", dependencies: ["TestSupport"], path: "Fuzz", swiftSettings: settings),
  ]
)
