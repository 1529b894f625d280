#ifndef CLINUX_WAITING_H
#define CLINUX_WAITING_H

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

// Bits that poll and epoll share. Some are shown to _GNU_SOURCE only; see namespaces.h.
#define CLINUX_POLLRDHUP 0x2000

#define CLINUX_SYS_FUTEX SYS_futex

#define CLINUX_IP_RECVERR 11
#define CLINUX_IPV6_RECVERR 25
#define CLINUX_IP_BIND_ADDRESS_NO_PORT 24
#define CLINUX_IP_LOCAL_PORT_RANGE 51

static inline int clinux_thread_id(void) { return (int)syscall(SYS_gettid); }

// fcntl is variadic, and Swift calls no variadic function.
static inline int clinux_let_block(int descriptor) {
  int flags = fcntl(descriptor, F_GETFL);
  return flags < 0 ? flags : fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK);
}

static inline int clinux_duplicate(int descriptor, int least) {
  return fcntl(descriptor, F_DUPFD_CLOEXEC, least);
}

static void clinux_ignore_signal(int signal) { (void)signal; }

// A handler that does nothing, and no SA_RESTART: a call that waits comes back with EINTR.
static inline int clinux_let_interrupt(int signal) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = clinux_ignore_signal;
  return sigaction(signal, &action, 0);
}

// A new thread has the mask of the one that made it, which may block everything.
static inline int clinux_unblock(int signal) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal);
  return pthread_sigmask(SIG_UNBLOCK, &set, 0);
}

// What epoll reports of one descriptor, level-triggered, within so many milliseconds: 0 for nothing.
static inline int clinux_epoll(int descriptor, uint32_t wanted, int timeout, uint32_t *found) {
  int set = epoll_create1(EPOLL_CLOEXEC);
  if (set < 0) return set;
  struct epoll_event event = {.events = wanted};
  int count = epoll_ctl(set, EPOLL_CTL_ADD, descriptor, &event);
  if (count == 0) count = epoll_wait(set, &event, 1, timeout);
  *found = count > 0 ? event.events : 0;
  int error = errno;
  close(set);
  errno = error;
  return count;
}

// A set that reports what comes to one descriptor once, when it comes (edge-triggered).
static inline int clinux_watch_edges(int descriptor, uint32_t wanted) {
  int set = epoll_create1(EPOLL_CLOEXEC);
  if (set < 0) return set;
  struct epoll_event event = {.events = wanted | (uint32_t)EPOLLET};
  if (epoll_ctl(set, EPOLL_CTL_ADD, descriptor, &event) == 0) return set;
  int error = errno;
  close(set);
  errno = error;
  return -1;
}

// The event that such a set has now: 0 for none.
static inline int clinux_next_event(int set, uint32_t *found) {
  struct epoll_event event;
  int count = epoll_wait(set, &event, 1, 0);
  *found = count > 0 ? event.events : 0;
  return count;
}

static inline int clinux_poll(int descriptor, short wanted, int timeout, short *found) {
  struct pollfd entry = {.fd = descriptor, .events = wanted};
  int count = poll(&entry, 1, timeout);
  *found = count > 0 ? entry.revents : 0;
  return count;
}

// connect() to no address of any family takes a connection apart.
static inline int clinux_disconnect(int descriptor) {
  struct sockaddr address;
  memset(&address, 0, sizeof address);
  address.sa_family = AF_UNSPEC;
  return connect(descriptor, &address, sizeof address);
}

#endif
