#ifndef CLINUX_SCRIPTS_H
#define CLINUX_SCRIPTS_H

#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

// Calls as a script makes them: with whatever arguments it names, and waiting where the kernel does.

// Keeps a signal from the calling thread; what is pending then ends with it.
static inline int clinux_block(int signal) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal);
  return pthread_sigmask(SIG_BLOCK, &set, NULL);
}

// Makes an open /dev/net/tun a device whose packets have a header that tells of segments to be cut, as Ethernet cards
// that cut segments have them. The name must be shorter than IFNAMSIZ.
static inline int clinux_tun_attach_cutting(int descriptor, const char *name) {
  struct ifreq request;
  memset(&request, 0, sizeof request);
  strncpy(request.ifr_name, name, IFNAMSIZ - 1);
  request.ifr_flags = IFF_TUN | IFF_NO_PI | IFF_VNET_HDR;
  if (ioctl(descriptor, TUNSETIFF, &request) != 0) return -1;
  return ioctl(descriptor, TUNSETOFFLOAD, TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6 | TUN_F_TSO_ECN);
}

static inline int clinux_call_fcntl(int descriptor, int command, long argument) {
  return fcntl(descriptor, command, argument);
}

static inline int clinux_call_accept(int descriptor, void *address, uint32_t *length) {
  return accept(descriptor, (struct sockaddr *)address, length);
}

static inline ssize_t clinux_call_sendto(
    int descriptor, const void *buffer, size_t count, int flags, const void *address, uint32_t length) {
  return sendto(descriptor, buffer, count, flags, (const struct sockaddr *)address, length);
}

static inline ssize_t clinux_call_recvfrom(int descriptor, void *buffer, size_t count, int flags) {
  return recvfrom(descriptor, buffer, count, flags, NULL, NULL);
}

// A message in parts of these lengths, all of one buffer that is as long as the longest: scripts send zeros, and do not look at
// what they get. A null buffer is passed on. With `vectors` the call is writev() or readv().
static inline ssize_t clinux_call_message(
    int descriptor, int sends, int vectors, void *buffer, const size_t *lengths, size_t count, const void *address,
    uint32_t address_length, void *control, size_t *control_length, int *message_flags, int flags) {
  struct iovec *parts = calloc(count ? count : 1, sizeof *parts);
  if (!parts) return -1;
  for (size_t index = 0; index < count; index++) {
    parts[index].iov_base = buffer;
    parts[index].iov_len = lengths[index];
  }
  struct msghdr message = {
      .msg_name = address_length ? (void *)address : NULL, .msg_namelen = address_length, .msg_iov = parts,
      .msg_iovlen = count, .msg_control = *control_length ? control : NULL, .msg_controllen = *control_length};
  ssize_t length;
  if (vectors)
    length = sends ? writev(descriptor, parts, (int)count) : readv(descriptor, parts, (int)count);
  else
    length = sends ? sendmsg(descriptor, &message, flags) : recvmsg(descriptor, &message, flags);
  int error = errno;
  *control_length = message.msg_controllen;
  *message_flags = message.msg_flags;
  free(parts);
  errno = error;
  return length;
}

static inline int clinux_call_epoll_ctl(int descriptor, int order, int other, uint32_t events, uint64_t data) {
  struct epoll_event event = {.events = events, .data = {.u64 = data}};
  return epoll_ctl(descriptor, order, other, &event);
}

// The first event that is there, of as many as are asked for.
static inline int clinux_call_epoll_wait(int descriptor, int most, int timeout, uint32_t *events, uint64_t *data) {
  struct epoll_event found[16];
  memset(found, 0, sizeof found);
  int count = epoll_wait(descriptor, found, most > 16 ? 16 : most, timeout);
  if (count > 0) {
    *events = found[0].events;
    *data = found[0].data.u64;
  }
  return count;
}

static inline int clinux_call_epoll_create(int size) { return epoll_create(size); }

static inline int clinux_call_pipe(int ends[2]) { return (int)syscall(SYS_pipe2, ends, 0); }

static inline ssize_t clinux_call_splice(int from, int to, size_t count, unsigned flags) {
  return syscall(SYS_splice, from, NULL, to, NULL, count, flags);
}

#endif
