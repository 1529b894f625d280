// swift-tools-version: 6.2
import PackageDescription

/// Every module is held to the same rules: memory safety is checked, and a warning is an error.
let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// The same for modules that stand between two of the kernel's moments in every run, optimized in a debug build, too: unoptimized
/// they are slow enough to make a stall of their own.
let fast = strict + [.unsafeFlags(["-O", "-assert-config", "Debug"], .when(configuration: .debug))]

let package = Package(
  name: "tcpprobe",
  products: [.executable(name: "tcpprobe", targets: ["tcpprobe"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    // Documentation only: no module uses it.
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    // The order is the order of the house: each module may import only what stands above it.
    .target(name: "CLinux"),
    .target(name: "TCP", swiftSettings: fast),
    .target(
      name: "Linux",
      dependencies: ["CLinux", "TCP", .product(name: "SystemPackage", package: "swift-system")],
      swiftSettings: fast),
    .target(
      name: "Documents", dependencies: ["TCP"],
      resources: [
        .embedInCode("Pages/three-steps.md"), .embedInCode("Pages/two-handshakes.md"),
        .embedInCode("Pages/handshake.md"), .embedInCode("Pages/data-transfer.md"),
        .embedInCode("Pages/close-sequence.md"),
        .embedInCode("Pages/what-if/last-ack-lost.md"), .embedInCode("Pages/what-if/fin-overtakes-data.md"),
        .embedInCode("Pages/what-if/server-never-closes.md"), .embedInCode("Pages/what-if/both-close.md"),
        .embedInCode("Pages/what-if/syn-lost.md"), .embedInCode("Pages/what-if/third-segment-lost.md"),
        .embedInCode("Pages/what-if/ack-lost.md"),
        .embedInCode("Pages/close-wait.md"), .embedInCode("Pages/reset.md"),
        .embedInCode("Pages/time-wait.md"),
        .embedInCode("Pages/reasons.md"),
        .embedInCode("Pages/timers.md"),
        .embedInCode("Pages/sockets.md"),
      ],
      swiftSettings: strict),
    // How people write ladders, and how a page of them is read.
    .target(name: "Notations", dependencies: ["Documents", "TCP"], swiftSettings: strict),
    .target(name: "Traces", dependencies: ["TCP", "Documents"], swiftSettings: fast),
    // Machines that are learned from what a system answers.
    .target(name: "Learning", dependencies: ["TCP"], swiftSettings: strict),
    .target(
      name: "Benches",
      dependencies: [
        "Linux", "Documents", "Learning", "Traces", "TCP",
        .product(name: "SystemPackage", package: "swift-system"),
      ], swiftSettings: fast),
    .target(
      name: "Scenarios", dependencies: ["Benches", "Linux", "Documents", "Traces", "TCP"],
      swiftSettings: strict),
    .target(
      name: "Guests",
      dependencies: ["Linux", "TCP", .product(name: "SystemPackage", package: "swift-system")],
      swiftSettings: strict),
    .target(
      name: "Claims", dependencies: ["Notations", "Documents", "Traces", "TCP"], swiftSettings: strict),
    .target(
      name: "Records", dependencies: ["Claims", "Learning", "Traces", "Notations", "Documents", "TCP"],
      swiftSettings: strict),
    .target(
      name: "Running",
      dependencies: [
        "Records", "Claims", "Scenarios", "Benches", "Learning", "Linux", "Traces", "Notations", "Documents",
        "TCP",
      ], swiftSettings: strict),
    .target(
      name: "Reports",
      dependencies: ["Records", "Claims", "Learning", "Traces", "Notations", "Documents", "TCP"],
      swiftSettings: strict),
    .executableTarget(
      name: "tcpprobe",
      dependencies: [
        "Guests", "Reports", "Running", "Records", "Claims", "Scenarios", "Benches", "Learning", "Traces",
        "Notations", "Documents", "Linux", "TCP",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    // What any test may stand on: numbers that are random, and the same each time.
    .target(name: "Chance", path: "Tests/Chance", swiftSettings: strict),
    // Pages in every notation, changed at random or made large.
    .target(
      name: "ChangedPages", dependencies: ["Chance", "Notations", "Documents", "TCP"],
      path: "Tests/ChangedPages",
      swiftSettings: strict),
    // Capture files, built octet by octet.
    .target(
      name: "MadeCaptures", dependencies: ["TCP"], path: "Tests/MadeCaptures", swiftSettings: strict),
    // Changes of a kernel's sources, and their results.
    .target(
      name: "ChangedKernels", dependencies: ["Chance", "Records", "Traces"], path: "Tests/ChangedKernels",
      swiftSettings: strict),
    // What kinds of tests there are, and what those of the kernel run on.
    .target(name: "Kinds", path: "Tests/Kinds", swiftSettings: strict),
    .testTarget(
      name: "DocumentsTests", dependencies: ["Chance", "Kinds", "Notations", "Documents", "TCP"],
      swiftSettings: strict),
    .testTarget(
      name: "NotationsTests",
      dependencies: ["ChangedPages", "MadeCaptures", "Chance", "Kinds", "Notations", "Documents", "TCP"],
      swiftSettings: strict),
    .testTarget(
      name: "ClaimsTests",
      dependencies: [
        "MadeCaptures", "Chance", "Kinds", "Scenarios", "Claims", "Traces", "Notations", "Documents", "TCP",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "MadeCaptures", "Chance", "Kinds", "Reports", "Records", "Scenarios", "Claims", "Learning", "Traces",
        "Notations", "Documents", "TCP",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "RecordsTests",
      dependencies: [
        "Kinds", "Records", "Scenarios", "Claims", "Learning", "Traces", "Notations", "Documents", "TCP",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "GuestsTests",
      dependencies: [
        "Kinds", "Guests", "Linux", "TCP", .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "TracesTests", dependencies: ["Chance", "Kinds", "Traces", "Documents", "TCP"],
      swiftSettings: strict),
    .testTarget(
      name: "LinuxTests",
      dependencies: [
        "Chance", "Kinds", "Linux", "TCP", .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    // Suites of the modules around it that need nothing of the machine.
    .testTarget(
      name: "PureTests",
      dependencies: [
        "trust", "ChangedKernels", "Chance", "Grounds", "Kinds", "Records", "Running", "Scenarios", "Benches",
        "Claims", "Learning", "Linux", "Traces", "Notations", "Documents", "TCP",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .testTarget(name: "TCPTests", dependencies: ["Chance", "Kinds", "TCP"], swiftSettings: strict),
    // What the tests below stand on: the benches that this machine has.
    .target(
      name: "Grounds",
      dependencies: ["Benches", "Scenarios", "Claims", "Linux", "Traces", "Notations", "Documents", "TCP"],
      path: "Tests/Grounds", swiftSettings: strict),
    // How far records can be trusted, measured: swift run -c release trust.
    .executableTarget(
      name: "trust",
      dependencies: [
        "ChangedKernels", "ChangedPages", "Chance", "Grounds", "Guests", "Running", "Records", "Scenarios",
        "Benches", "Claims", "Linux", "Traces", "Notations", "Documents", "TCP",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      path: "Trust",
      exclude: [
        "Kernel/coverage", "Kernel/config.qemu.fragment", "Kernel/config.uml.fragment", "Kernel/verdicts.md",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "BenchesTests",
      dependencies: [
        "Chance", "Grounds", "Kinds", "Benches", "CLinux", "Learning", "Linux", "Traces", "Documents", "TCP",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ScenariosTests",
      dependencies: [
        "Chance", "Grounds", "Kinds", "Scenarios", "Benches", "Claims", "Linux", "Traces",
        "Notations", "Documents", "TCP", .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "MadeCaptures", "Chance", "Grounds", "Kinds", "tcpprobe", "Reports", "Scenarios", "Claims",
        "Learning", "Linux", "Traces", "Notations", "Documents", "TCP",
      ],
      swiftSettings: strict),
    // A target of this package, for no other could import what is `package` here.
    .executableTarget(
      name: "benchmarks",
      dependencies: [
        "Running", "Records", "Claims", "Scenarios", "Benches", "Learning", "Linux", "Traces", "Notations",
        "Documents", "TCP", .product(name: "SystemPackage", package: "swift-system"),
      ],
      path: "Benchmarks", swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
