// Runs a program and tells how long it took and how much memory it had at most.
//
//   measure STDOUT PROGRAM [ARGUMENT...]
//
// The program's standard output goes to the file STDOUT, its standard error to /dev/null. Prints one line:
// nanoseconds from start to end, ru_maxrss as the system counts it, the wait status.
//
// Not done from Python: a child's greatest memory counts what its parent had when it was made, and starting a
// process from an interpreter takes as long as what is to be measured (getrusage(2), execve(2)).
#define _DEFAULT_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

int main(int count, char **arguments) {
  if (count < 3) return 64;
  int out = open(arguments[1], O_WRONLY | O_CREAT | O_TRUNC, 0600);
  int null = open("/dev/null", O_WRONLY);
  if (out < 0 || null < 0) {
    perror("measure");
    return 65;
  }
  long long began = now();
  pid_t child = vfork();
  if (child < 0) {
    perror("measure");
    return 66;
  }
  if (child == 0) {
    dup2(out, 1);
    dup2(null, 2);
    execvp(arguments[2], arguments + 2);
    _exit(127);
  }
  int status;
  struct rusage usage;
  if (wait4(child, &status, 0, &usage) < 0) {
    perror("measure");
    return 67;
  }
  printf("%lld %ld %d\n", now() - began, usage.ru_maxrss, status);
  return 0;
}
