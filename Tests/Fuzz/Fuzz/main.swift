import TestSupport

// Usage: Fuzz TARGET [options and folders of libFuzzer]
//
// libFuzzer's own `main` is left out: this one names the target and hands over.

/// libFuzzer's entry for programs with a `main` of their own (LLVM, FuzzerInterface.h).
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

nonisolated(unsafe) private var target = FuzzTarget.keys

let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
guard let chosen = CommandLine.arguments.dropFirst().first.flatMap(FuzzTarget.init) else {
  fatalError("name a target: \(names)")
}
unsafe target = chosen

// SAFETY: the vector lives as long as the process; the name of the target is left out of it.
let vector = unsafe CommandLine.unsafeArgv
unsafe vector[1] = vector[0]
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe vector + 1
var count = CommandLine.argc - 1
let status = unsafe runDriver(&count, &arguments, testOneInput)
if status != 0 { fatalError("libFuzzer ended with \(status)") }

/// What libFuzzer calls with every input.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  // SAFETY: libFuzzer gives so many bytes for the time of the call.
  let bytes = unsafe Array(UnsafeBufferPointer(start: data, count: size))
  do {
    if let law = try unsafe target.run(bytes) { fatalError(law) }
  } catch {
    fatalError("\(error)")
  }
  return 0
}
