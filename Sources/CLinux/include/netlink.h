#ifndef CLINUX_NETLINK_H
#define CLINUX_NETLINK_H

// Numbers and layouts only: requests are written and replies are read as octets.
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>

#endif
