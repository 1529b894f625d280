#ifndef CLINUX_NAMESPACES_H
#define CLINUX_NAMESPACES_H

// The C library has these three; its headers show them to _GNU_SOURCE only, which Swift's Glibc module
// is not built with.
extern int unshare(int flags);
extern int setns(int descriptor, int type);
extern const char *strerrorname_np(int number);

#define CLINUX_CLONE_NEWUSER 0x10000000
#define CLINUX_CLONE_NEWNET 0x40000000

#endif
