// Programs that are started and end with the one that started them.
#ifndef CLINUX_CHILDREN_H
#define CLINUX_CHILDREN_H

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct clinux_start {
  // The program's name, which is looked for in PATH, and what it is given; a null pointer ends them.
  char *const *words;
  // Where standard output and standard error go; -1 for ours.
  int output, errors;
  // Descriptors that the program gets under their numbers.
  const int *inherited;
  int inherited_count;
  int own_group;

  int child, error;
  sem_t begun;
};

static inline int clinux_exited(int status) { return WIFEXITED(status); }
static inline int clinux_exit_status(int status) { return WEXITSTATUS(status); }
static inline int clinux_ending_signal(int status) { return WTERMSIG(status); }

// Swift's Glibc module hides it, for a process of several threads cannot go on after it.
static inline int clinux_fork(void) { return fork(); }

// In the child, which has its parent's memory and leaves it as it is: no handler of the parent's runs here.
static inline void clinux_drop_handlers(void) {
  for (int number = 1; number < NSIG; number++) {
    struct sigaction action;
    if (sigaction(number, NULL, &action) < 0 || action.sa_handler == SIG_IGN) continue;
    action.sa_handler = SIG_DFL;
    action.sa_flags = 0;
    sigaction(number, &action, NULL);
  }
}

// In the child, where nothing is safe that takes a lock. Writes errno where there is no such program.
static inline void clinux_become(const struct clinux_start *start, int parent, int failure) {
  // The kernel kills it when the thread that called fork() ends. That may have happened already.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(127);
  if (start->own_group) setpgid(0, 0);
  int nothing = open("/dev/null", O_RDONLY);
  int problem = nothing < 0 || dup2(nothing, 0) < 0;
  if (start->output >= 0) problem |= dup2(start->output, 1) < 0;
  if (start->errors >= 0) problem |= dup2(start->errors, 2) < 0;
  if (nothing > 2) close(nothing);
  for (int index = 0; index < start->inherited_count; index++)
    problem |= fcntl(start->inherited[index], F_SETFD, 0) < 0;
  clinux_drop_handlers();
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, 0);
  if (!problem) execvp(start->words[0], start->words);
  int error = errno;
  (void)!write(failure, &error, sizeof error);
  _exit(127);
}

// Waits until the pipe's other end is closed, which the kernel does when this process ends, and then kills the group of
// a child with all that it has started: the kernel itself would kill the child alone. Its own place in the group keeps the
// group's number from being given to others. Returns the watcher's process id, or -1.
static inline int clinux_watch(int group, int end) {
  int watcher = fork();
  if (watcher != 0) return watcher;
  prctl(PR_SET_NAME, "tcpprobe-watch");
  if (setpgid(0, group) < 0 || dup2(end, 0) < 0) _exit(0);
  // Kernels before 5.9 have no such call.
  if (syscall(SYS_close_range, 1U, ~0U, 0U) < 0)
    for (int descriptor = 1; descriptor < 1024; descriptor++) close(descriptor);
  char octet;
  while (read(0, &octet, 1) < 0 && errno == EINTR) {}
  kill(-group, SIGKILL);
  _exit(0);
}

// A thread that starts a program, and lives until that has ended.
static void *clinux_keep(void *context) {
  struct clinux_start *start = context;
  int ends[2], watched[2] = {-1, -1}, child = -1, watcher = -1;
  int own_group = start->own_group;
  start->error = 0;
  if (syscall(SYS_pipe2, ends, O_CLOEXEC) < 0) {
    start->error = errno;
  } else {
    int parent = getpid();
    // The child has a copy of every descriptor until it begins: a socket that another thread closes meanwhile stays open.
    // vfork() copies no memory, so that this is short.
    child = vfork();
    if (child == 0) clinux_become(start, parent, ends[1]);
    if (child < 0) start->error = errno;
    close(ends[1]);
    // Nothing comes where the program has begun: its end of the pipe was closed by execve().
    ssize_t count;
    do count = child < 0 ? 0 : read(ends[0], &start->error, sizeof start->error);
    while (count < 0 && errno == EINTR);
    close(ends[0]);
    if (child > 0 && start->error != 0) {
      waitpid(child, 0, 0);
      child = -1;
    }
  }
  if (child > 0 && own_group && syscall(SYS_pipe2, watched, O_CLOEXEC) == 0) {
    watcher = clinux_watch(child, watched[0]);
    close(watched[0]);
  }
  start->child = child;
  sem_post(&start->begun);
  // It is left for its owner to wait for.
  siginfo_t end;
  while (child > 0 && waitid(P_PID, (id_t)child, &end, WEXITED | WNOWAIT) < 0 && errno == EINTR) {}
  if (watched[1] >= 0) close(watched[1]);
  while (watcher > 0 && waitpid(watcher, 0, 0) < 0 && errno == EINTR) {}
  return NULL;
}

// Starts a program that is killed when this process ends, and not when the calling thread does. Returns an errno.
static inline int clinux_begin(struct clinux_start *start) {
  if (sem_init(&start->begun, 0, 0) < 0) return errno;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  // The thread takes no signal that another waits for.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_t thread;
  int error = pthread_create(&thread, &attributes, clinux_keep, start);
  pthread_sigmask(SIG_SETMASK, &before, 0);
  pthread_attr_destroy(&attributes);
  if (error == 0) {
    while (sem_wait(&start->begun) < 0 && errno == EINTR) {}
    error = start->error;
  }
  sem_destroy(&start->begun);
  return error;
}

// memfd_create, without a program in it where the kernel (6.3) knows the flag: some machines allow no other.
static inline int clinux_memory_file(const char *name) {
  int descriptor = (int)syscall(SYS_memfd_create, name, 0x0001U | 0x0008U);
  if (descriptor < 0 && errno == EINVAL) descriptor = (int)syscall(SYS_memfd_create, name, 0x0001U);
  return descriptor;
}

#endif
