#ifndef CLINUX_FILES_H
#define CLINUX_FILES_H

#include <fcntl.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/xattr.h>
#include <unistd.h>

// FALLOC_FL_KEEP_SIZE: room for so many octets, and nothing of the file changes.
static inline int clinux_reserve(int descriptor, long count) {
  return (int)syscall(SYS_fallocate, descriptor, 1, 0L, count);
}

static inline int clinux_has_attributes(int descriptor) { return flistxattr(descriptor, NULL, 0) > 0; }

// In Swift the name is that of a structure.
static inline int clinux_lock(int descriptor) { return flock(descriptor, LOCK_EX | LOCK_NB); }

#endif
