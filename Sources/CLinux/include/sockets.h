#ifndef CLINUX_SOCKETS_H
#define CLINUX_SOCKETS_H

#include <linux/filter.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>

// Shown to _GNU_SOURCE only; see namespaces.h.
extern int accept4(int descriptor, struct sockaddr *address, socklen_t *length, int flags);
extern int ppoll(struct pollfd *descriptors, nfds_t count, const struct timespec *timeout, const sigset_t *mask);

// <linux/tcp.h> clashes with Swift's Glibc module, and an older C library lacks some of these.
#define CLINUX_SO_ATTACH_FILTER 26
#define CLINUX_SO_DETACH_FILTER 27
#define CLINUX_SO_NETNS_COOKIE 71
#define CLINUX_SO_MEMINFO 55

#define CLINUX_TCP_SYNCNT 7
#define CLINUX_TCP_LINGER2 8
#define CLINUX_TCP_DEFER_ACCEPT 9
#define CLINUX_TCP_WINDOW_CLAMP 10
#define CLINUX_TCP_QUICKACK 12
#define CLINUX_TCP_CONGESTION 13
#define CLINUX_TCP_USER_TIMEOUT 18
#define CLINUX_TCP_REPAIR 19
#define CLINUX_TCP_REPAIR_QUEUE 20
#define CLINUX_TCP_QUEUE_SEQ 21
#define CLINUX_TCP_REPAIR_OPTIONS 22
#define CLINUX_TCP_FASTOPEN 23
#define CLINUX_TCP_REPAIR_WINDOW 29
#define CLINUX_TCP_FASTOPEN_CONNECT 30

#define CLINUX_SIOCOUTQ 0x5411
#define CLINUX_SIOCINQ 0x541B

// Socket addresses as the octets that they are: Swift then needs no pointer to a struct it does not have.
static inline int clinux_bind(int descriptor, const void *address, uint32_t length) {
  return bind(descriptor, (const struct sockaddr *)address, length);
}

static inline int clinux_connect(int descriptor, const void *address, uint32_t length) {
  return connect(descriptor, (const struct sockaddr *)address, length);
}

static inline int clinux_getsockname(int descriptor, void *address, uint32_t *length) {
  return getsockname(descriptor, (struct sockaddr *)address, length);
}

static inline int clinux_getpeername(int descriptor, void *address, uint32_t *length) {
  return getpeername(descriptor, (struct sockaddr *)address, length);
}

// ioctl is variadic, and Swift calls no variadic function.
static inline int clinux_ioctl_count(int descriptor, unsigned long request, int *count) {
  return ioctl(descriptor, request, count);
}

// A filter of one instruction that keeps this many octets of each packet: 0 rejects it.
static inline int clinux_attach_constant_filter(int descriptor, uint32_t kept) {
  struct sock_filter instruction = BPF_STMT(BPF_RET | BPF_K, kept);
  struct sock_fprog program = {.len = 1, .filter = &instruction};
  return setsockopt(descriptor, SOL_SOCKET, CLINUX_SO_ATTACH_FILTER, &program, sizeof program);
}

#endif
