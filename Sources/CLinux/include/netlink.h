#ifndef CLINUX_NETLINK_H
#define CLINUX_NETLINK_H

#endif
