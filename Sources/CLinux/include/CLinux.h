// What Swift's Glibc module lacks: system calls, ioctls and macros, inline and without policy.
// One header for each part of the kernel's interface.
#ifndef CLINUX_H
#define CLINUX_H

#include "namespaces.h"
#include "sockets.h"
#include "scripts.h"
#include "devices.h"
#include "files.h"
#include "netlink.h"
#include "packets.h"
#include "tracing.h"
#include "waiting.h"
#include "system.h"
#include "children.h"
#include "guests.h"
#include "startup.h"

#endif
