#ifndef CLINUX_TRACING_H
#define CLINUX_TRACING_H

#include <linux/mount.h>
#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

static inline int clinux_perf_event_open(struct perf_event_attr *attributes, pid_t thread, int cpu) {
    return (int)syscall(SYS_perf_event_open, attributes, thread, cpu, -1, PERF_FLAG_FD_CLOEXEC);
}

static inline int clinux_perf_enable(int descriptor) { return ioctl(descriptor, PERF_EVENT_IOC_ENABLE, 0); }

static inline int clinux_perf_disable(int descriptor) { return ioctl(descriptor, PERF_EVENT_IOC_DISABLE, 0); }

static inline int clinux_perf_filter(int descriptor, const char *filter) {
    return ioctl(descriptor, PERF_EVENT_IOC_SET_FILTER, filter);
}

static inline pid_t clinux_thread(void) { return (pid_t)syscall(SYS_gettid); }

// The ring's head is the kernel's, its tail ours: the orders that perf_event.h asks for.
static inline __u64 clinux_perf_head(struct perf_event_mmap_page *page) {
    return __atomic_load_n(&page->data_head, __ATOMIC_ACQUIRE);
}

static inline void clinux_perf_set_tail(struct perf_event_mmap_page *page, __u64 tail) {
    __atomic_store_n(&page->data_tail, tail, __ATOMIC_RELEASE);
}

// glibc declares it only where all of GNU is asked for, which Swift's Glibc module does not stand.
extern void *memmem(const void *octets, size_t count, const void *wanted, size_t wanted_count);

static inline int clinux_fsopen(const char *type) {
    return (int)syscall(SYS_fsopen, type, FSOPEN_CLOEXEC);
}

static inline int clinux_fsconfig_create(int context) {
    return (int)syscall(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, NULL, NULL, 0);
}

static inline int clinux_fsmount(int context) {
    return (int)syscall(SYS_fsmount, context, FSMOUNT_CLOEXEC, 0);
}

#endif
