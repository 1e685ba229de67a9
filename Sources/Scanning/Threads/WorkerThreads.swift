#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Running threads that all do the same (pthread_create(3)).
struct WorkerThreads: ~Copyable {
  private var handles: [pthread_t] = []

  /// Bytes of stack of each; set because C libraries differ (musl gives 128 KiB).
  private static let stackSize = 1 << 20

  /// Starts so many threads, or as many as the system gives.
  init(_ count: Int, _ body: @escaping @Sendable () -> Void) {
    let task = Task(body)
    var attributes = pthread_attr_t()
    // SAFETY: the attributes are initialized before use and destroyed after the last thread was created.
    unsafe pthread_attr_init(&attributes)
    defer { unsafe pthread_attr_destroy(&attributes) }
    unsafe pthread_attr_setstacksize(&attributes, Self.stackSize)
    while handles.count < count, let handle = Self.start(task, &attributes) { handles.append(handle) }
  }

  /// Number of threads that run.
  var count: Int { handles.count }

  /// Waits until all have ended.
  mutating func join() {
    while let handle = handles.popLast() {
      // The handle is of a thread created here, and it is joined once.
      pthread_join(handle, nil)
    }
  }

  private static func start(_ task: Task, _ attributes: inout pthread_attr_t) -> pthread_t? {
    // SAFETY: balanced by takeRetainedValue in the thread, or by release where there is none.
    let argument = unsafe Unmanaged.passRetained(task)
    #if canImport(Darwin)
      var handle: pthread_t?
      let code = unsafe pthread_create(&handle, &attributes, { unsafe Task.run($0) }, argument.toOpaque())
    #else
      var handle = pthread_t()
      let code = unsafe pthread_create(&handle, &attributes, { unsafe Task.run($0) }, argument.toOpaque())
    #endif
    if code == 0 { return handle }
    unsafe argument.release()
    return nil
  }

  /// What a thread does, in a form that passes through a C pointer.
  private final class Task: Sendable {
    private let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }

    static func run(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
      // SAFETY: the argument is a Task retained for this thread, taken over once.
      guard let argument = unsafe argument else { return nil }
      unsafe Unmanaged<Task>.fromOpaque(argument).takeRetainedValue().body()
      return nil
    }
  }
}
