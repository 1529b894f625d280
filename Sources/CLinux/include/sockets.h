#ifndef CLINUX_SOCKETS_H
#define CLINUX_SOCKETS_H

#include <fcntl.h>
#include <linux/filter.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

// Shown to _GNU_SOURCE only; see namespaces.h.
extern int accept4(int descriptor, struct sockaddr *address, socklen_t *length, int flags);
extern int ppoll(struct pollfd *descriptors, nfds_t count, const struct timespec *timeout, const sigset_t *mask);

// <linux/tcp.h> clashes with Swift's Glibc module, and an older C library lacks some of these.
#define CLINUX_SO_ATTACH_FILTER 26
#define CLINUX_SO_DETACH_FILTER 27
#define CLINUX_SO_NETNS_COOKIE 71
#define CLINUX_SO_MEMINFO 55
#define CLINUX_SO_PEEK_OFF 42
#define CLINUX_SO_MAX_PACING_RATE 47

#define CLINUX_TCP_SYNCNT 7
#define CLINUX_TCP_LINGER2 8
#define CLINUX_TCP_DEFER_ACCEPT 9
#define CLINUX_TCP_WINDOW_CLAMP 10
#define CLINUX_TCP_QUICKACK 12
#define CLINUX_TCP_CONGESTION 13
#define CLINUX_TCP_MD5SIG 14
#define CLINUX_TCP_USER_TIMEOUT 18
#define CLINUX_TCP_REPAIR 19
#define CLINUX_TCP_REPAIR_QUEUE 20
#define CLINUX_TCP_QUEUE_SEQ 21
#define CLINUX_TCP_REPAIR_OPTIONS 22
#define CLINUX_TCP_FASTOPEN 23
#define CLINUX_TCP_SAVE_SYN 27
#define CLINUX_TCP_SAVED_SYN 28
#define CLINUX_TCP_REPAIR_WINDOW 29
#define CLINUX_TCP_FASTOPEN_CONNECT 30

#define CLINUX_TCP_THIN_LINEAR_TIMEOUTS 16
#define CLINUX_TCP_NOTSENT_LOWAT 25
#define CLINUX_TCP_INQ 36
#define CLINUX_TCP_CM_INQ CLINUX_TCP_INQ

#define CLINUX_SIOCOUTQ 0x5411
#define CLINUX_SIOCOUTQNSD 0x894B
#define CLINUX_SIOCATMARK 0x8905
#define CLINUX_SIOCINQ 0x541B

// Socket addresses as the octets that they are: Swift then needs no pointer to a struct it does not have.
static inline int clinux_bind(int descriptor, const void *address, uint32_t length) {
  return bind(descriptor, (const struct sockaddr *)address, length);
}

static inline int clinux_connect(int descriptor, const void *address, uint32_t length) {
  return connect(descriptor, (const struct sockaddr *)address, length);
}

static inline int clinux_accept(int descriptor, void *address, uint32_t *length) {
  return accept4(descriptor, (struct sockaddr *)address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
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

// recv() that also tells, under TCP_INQ, how much is left to read; -1 where the kernel says nothing of it.
static inline ssize_t clinux_receive_with_rest(int descriptor, void *buffer, size_t capacity, int *rest) {
  union {
    struct cmsghdr header;
    char octets[CMSG_SPACE(sizeof(int))];
  } control;
  struct iovec vector = {.iov_base = buffer, .iov_len = capacity};
  struct msghdr message = {
      .msg_iov = &vector, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
  ssize_t length = recvmsg(descriptor, &message, MSG_DONTWAIT);
  *rest = -1;
  if (length < 0) return length;
  for (struct cmsghdr *part = CMSG_FIRSTHDR(&message); part; part = CMSG_NXTHDR(&message, part))
    if (part->cmsg_level == IPPROTO_TCP && part->cmsg_type == CLINUX_TCP_CM_INQ)
      memcpy(rest, CMSG_DATA(part), sizeof *rest);
  return length;
}

// sendfile(), from the file's beginning.
static inline ssize_t clinux_send_file(int descriptor, int file, size_t count) {
  off_t offset = 0;
  return sendfile(descriptor, file, &offset, count);
}

// splice() between a pipe and a socket; it waits for neither.
static inline ssize_t clinux_splice(int from, int to, size_t count, int has_more) {
  return syscall(SYS_splice, from, NULL, to, NULL, count, 0x02U | (has_more ? 0x04U : 0));
}

static inline int clinux_pipe(int ends[2]) { return (int)syscall(SYS_pipe2, ends, O_CLOEXEC | O_NONBLOCK); }

// A filter of one instruction that keeps this many octets of each packet: 0 rejects it.
static inline int clinux_attach_constant_filter(int descriptor, uint32_t kept) {
  struct sock_filter instruction = BPF_STMT(BPF_RET | BPF_K, kept);
  struct sock_fprog program = {.len = 1, .filter = &instruction};
  return setsockopt(descriptor, SOL_SOCKET, CLINUX_SO_ATTACH_FILTER, &program, sizeof program);
}

#endif
