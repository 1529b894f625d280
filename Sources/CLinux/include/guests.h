// What the first process of a machine does, and how a machine of QEMU is ended with a status.
#ifndef CLINUX_GUESTS_H
#define CLINUX_GUESTS_H

#include <sys/reboot.h>
#include <sys/syscall.h>
#include <unistd.h>
#if defined(__x86_64__)
#include <sys/io.h>
#endif

static inline int clinux_finit_module(int descriptor, const char *parameters, int flags) {
  return (int)syscall(SYS_finit_module, descriptor, parameters, flags);
}

static inline int clinux_power_off(void) { return reboot(RB_POWER_OFF); }

// QEMU's isa-debug-exit: it ends with the status code * 2 + 1. Returns where there is no such device.
static inline void clinux_debug_exit(int port, unsigned char code) {
#if defined(__x86_64__)
  if (ioperm((unsigned long)port, 1, 1) == 0) outb(code, (unsigned short)port);
#endif
}

#endif
