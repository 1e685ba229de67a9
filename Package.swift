// swift-tools-version: 6.2
import PackageDescription

/// Settings every target is built with: the language rules of docs/architecture.md.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// Built for size: code that runs once a scan or once a finding, so that the binary stays within its limit.
let small: [SwiftSetting] = [.unsafeFlags(["-Osize"], .when(configuration: .release))]

/// What runs for each hit: that nothing is read while it is written is checked by debug builds, and so by every test.
let fast: [SwiftSetting] = [.unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))]

let package = Package(
  name: "leakgate",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "leakgate", targets: ["leakgate"]),
    .library(name: "LeakGateEngine", targets: ["ByteText", "PCRE2", "Rules", "Findings", "Detection"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CPCRE2",
      providers: [.apt(["libpcre2-dev"]), .yum(["pcre2-devel"]), .brew(["pcre2"])]
    ),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .yum(["zlib-devel"]), .brew(["zlib"])]),
    .systemLibrary(name: "CBZip2", providers: [.apt(["libbz2-dev"]), .yum(["bzip2-devel"]), .brew(["bzip2"])]),
    .systemLibrary(name: "CLZMA", providers: [.apt(["liblzma-dev"]), .yum(["xz-devel"]), .brew(["xz"])]),
    .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"]), .yum(["libzstd-devel"]), .brew(["zstd"])]),
    .systemLibrary(
      name: "CDeflate", providers: [.apt(["libdeflate-dev"]), .yum(["libdeflate-devel"]), .brew(["libdeflate"])]),
    .systemLibrary(name: "CProcess"),
    .systemLibrary(name: "CByteText"),
    .target(name: "Containers", dependencies: ["CZlib", "CBZip2", "CLZMA", "CZstd"], swiftSettings: settings + small),
    .target(name: "PCRE2", dependencies: ["CPCRE2"], swiftSettings: settings),
    .target(name: "ByteText", dependencies: ["CByteText"], swiftSettings: settings),
    .target(
      name: "Findings",
      dependencies: [.product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: settings
    ),
    .target(
      name: "Rules",
      dependencies: ["Findings", "TOMLKit", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: settings
    ),
    .target(
      name: "Detection",
      dependencies: ["ByteText", "Containers", "PCRE2", "Rules", "Findings"],
      swiftSettings: settings + fast
    ),
    .target(
      name: "Artifacts",
      dependencies: ["CDeflate", "Findings", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: settings + small
    ),
    .target(
      name: "Scanning",
      dependencies: ["Containers", "Detection", "Artifacts", "Findings"],
      swiftSettings: settings
    ),
    .target(name: "Reports", dependencies: ["Findings", "Rules"], swiftSettings: settings + small),
    .target(
      name: "Harness",
      dependencies: [
        "Artifacts", "ByteText", "CProcess", "Detection", "Findings", "Reports", "Rules", "Scanning", "TOMLKit",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: settings + small
    ),
    .target(
      name: "CommandLineTool",
      dependencies: [
        "Detection", "Artifacts", "Findings", "Harness", "PCRE2", "Reports", "Rules", "Scanning",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings + small
    ),
    .executableTarget(name: "leakgate", dependencies: ["CommandLineTool"], swiftSettings: settings),
    .executableTarget(
      name: "devtool",
      dependencies: ["Detection", "Rules", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: settings
    ),

    .target(
      name: "TestSupport",
      dependencies: [
        "Containers", "Detection", "Findings", "PCRE2", "Rules", "TOMLKit", "CZlib", "CBZip2", "CLZMA", "CZstd",
      ],
      path: "Tests/TestSupport",
      swiftSettings: settings
    ),
    .testTarget(name: "ContainersTests", dependencies: ["Containers", "TestSupport"], swiftSettings: settings),
    .testTarget(name: "PCRE2Tests", dependencies: ["PCRE2"], swiftSettings: settings),
    .testTarget(name: "ByteTextTests", dependencies: ["ByteText", "TestSupport"], swiftSettings: settings),
    .testTarget(name: "FindingsTests", dependencies: ["Findings", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "RulesTests", dependencies: ["Findings", "PCRE2", "Rules", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "DetectionTests",
      dependencies: ["ByteText", "Detection", "Findings", "PCRE2", "Rules", "TestSupport"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "ArtifactsTests", dependencies: ["Artifacts", "Findings", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "ScanningTests",
      dependencies: ["Scanning", "Artifacts", "Detection", "Findings", "Rules", "TestSupport"],
      swiftSettings: settings
    ),
    .testTarget(name: "ReportsTests", dependencies: ["Reports", "Findings", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "HarnessTests",
      dependencies: ["Harness", "Detection", "Findings", "Reports", "Rules", "Scanning", "TestSupport", "leakgate"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "CommandTests",
      dependencies: ["Artifacts", "CommandLineTool", "Findings", "Rules", "TestSupport", "leakgate"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "RuleTests",
      dependencies: ["Detection", "Findings", "Rules", "TestSupport"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "CorpusTests",
      dependencies: ["Detection", "Findings", "Rules", "TestSupport"],
      swiftSettings: settings
    ),
    .testTarget(name: "ArchitectureTests", dependencies: ["TestSupport"], swiftSettings: settings),
  ]
)
