import Testing

@testable import Scanning

struct CrewTests {
  @Test func `help is there once no more workers are left than half the threads`() {
    for (workers, jobs) in [(1, 1), (1, 2), (2, 2), (5, 8), (8, 8)] {
      let crew = Crew(workers: workers, jobs: jobs)
      for left in stride(from: workers, to: 0, by: -1) {
        #expect(crew.maySpare == (2 * left <= jobs), "\(left) of \(workers) workers, \(jobs) threads")
        crew.leave()
      }
      #expect(crew.isMany == (jobs > 1))
    }
  }
}
