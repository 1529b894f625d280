// The names of sysconf(3) are missing from Swift's Glibc module where it links statically.
#ifndef CLINUX_SYSTEM_H
#define CLINUX_SYSTEM_H

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

static inline long clinux_page_size(void) { return sysconf(_SC_PAGESIZE); }
static inline long clinux_processors_online(void) { return sysconf(_SC_NPROCESSORS_ONLN); }
static inline long clinux_processors_configured(void) { return sysconf(_SC_NPROCESSORS_CONF); }

// Swift's Glibc module has RLIMIT_NOFILE and getrlimit(2) with types that do not fit each other.
static inline int clinux_get_open_files(struct rlimit *limit) { return getrlimit(RLIMIT_NOFILE, limit); }
static inline int clinux_set_open_files(const struct rlimit *limit) { return setrlimit(RLIMIT_NOFILE, limit); }

static inline int clinux_is_ignored(int signal) {
  struct sigaction action;
  return sigaction(signal, 0, &action) == 0 && action.sa_handler == SIG_IGN;
}

static inline void clinux_use_default_action(int number) { signal(number, SIG_DFL); }

#endif
