#ifndef CLINUX_NAMESPACES_H
#define CLINUX_NAMESPACES_H

#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// The C library has these three; its headers show them to _GNU_SOURCE only, which Swift's Glibc module
// is not built with.
extern int unshare(int flags);
extern int setns(int descriptor, int type);
extern const char *strerrorname_np(int number);

#define CLINUX_CLONE_NEWUSER 0x10000000
#define CLINUX_CLONE_NEWNET 0x40000000

// Linux 5.3 and 5.6, under the same numbers on every architecture; older headers do not name them.
static inline int clinux_pidfd_open(int process) { return (int)syscall(434, process, 0U); }
static inline int clinux_pidfd_getfd(int process, int descriptor) {
  return (int)syscall(438, process, descriptor, 0U);
}

// SIOCGSKNS: a descriptor of the namespace that a socket is in.
static inline int clinux_socket_namespace(int descriptor) { return ioctl(descriptor, 0x894CUL); }

#endif
