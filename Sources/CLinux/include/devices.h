#ifndef CLINUX_DEVICES_H
#define CLINUX_DEVICES_H

#include <linux/ethtool.h>
#include <linux/if_tun.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>

// Makes an open /dev/net/tun the TUN device of this name, which must be shorter than IFNAMSIZ.
static inline int clinux_tun_attach(int descriptor, const char *name) {
  struct ifreq request;
  memset(&request, 0, sizeof request);
  strncpy(request.ifr_name, name, IFNAMSIZ - 1);
  request.ifr_flags = IFF_TUN | IFF_NO_PI;
  return ioctl(descriptor, TUNSETIFF, &request);
}

// One of ethtool's commands that take one number (ETHTOOL_STSO and its like), through any socket.
static inline int clinux_ethtool_set(int descriptor, const char *name, uint32_t command, uint32_t value) {
  struct ethtool_value order = {.cmd = command, .data = value};
  struct ifreq request;
  memset(&request, 0, sizeof request);
  strncpy(request.ifr_name, name, IFNAMSIZ - 1);
  request.ifr_data = (void *)&order;
  return ioctl(descriptor, SIOCETHTOOL, &request);
}

#endif
