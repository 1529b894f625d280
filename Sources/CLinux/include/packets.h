#ifndef CLINUX_PACKETS_H
#define CLINUX_PACKETS_H

#include <arpa/inet.h>
#include <linux/filter.h>
#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>

// SOCK_DGRAM: the link header is cut off, so that octets begin at the IP header on every device.
// Protocol 0: nothing is received before clinux_packet_bind.
static inline int clinux_packet_socket(void) {
    return socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

static inline int clinux_packet_bind(int descriptor, int interface) {
    struct sockaddr_ll address = {
        .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = interface};
    return bind(descriptor, (struct sockaddr *)&address, sizeof address);
}

// The octets that are kept of the copy that comes in on a loopback device: more than both headers have.
enum { clinux_packet_kept = 128 };

// IPv4 and IPv6 only; on a loopback device the copy that comes in is cut to its headers.
static inline int clinux_packet_filter(int descriptor) {
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, SKF_AD_OFF + SKF_AD_PROTOCOL),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ETH_P_IP, 1, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ETH_P_IPV6, 0, 6),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, SKF_AD_OFF + SKF_AD_HATYPE),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARPHRD_LOOPBACK, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, SKF_AD_OFF + SKF_AD_PKTTYPE),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PACKET_OUTGOING, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, clinux_packet_kept),
        BPF_STMT(BPF_RET | BPF_K, 0xFFFFFFFF),
        BPF_STMT(BPF_RET | BPF_K, 0),
    };
    struct sock_fprog program = {.len = sizeof code / sizeof code[0], .filter = code};
    return setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
}

static inline int clinux_packet_timestamps(int descriptor) {
    int on = 1;
    return setsockopt(descriptor, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
}

// The forced size may pass net.core.rmem_max; without the privilege the limit holds.
static inline int clinux_packet_buffer(int descriptor, int octets) {
    if (setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &octets, sizeof octets) == 0) return 0;
    return setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &octets, sizeof octets);
}

// The kernel sets both counts back to zero whenever they are read.
static inline int clinux_packet_statistics(int descriptor, struct tpacket_stats *statistics) {
    socklen_t length = sizeof *statistics;
    return getsockopt(descriptor, SOL_PACKET, PACKET_STATISTICS, statistics, &length);
}

// The packet's own length, also where the buffer was too small for it.
static inline ssize_t clinux_packet_receive(
    int descriptor, void *buffer, size_t capacity, struct sockaddr_ll *address, struct timespec *stamp
) {
    union {
        struct cmsghdr header;
        char octets[CMSG_SPACE(sizeof(struct timespec))];
    } control;
    struct iovec vector = {.iov_base = buffer, .iov_len = capacity};
    struct msghdr message = {
        .msg_name = address, .msg_namelen = sizeof *address, .msg_iov = &vector, .msg_iovlen = 1,
        .msg_control = &control, .msg_controllen = sizeof control};
    ssize_t length = recvmsg(descriptor, &message, MSG_TRUNC | MSG_DONTWAIT);
    if (length < 0) return length;
    for (struct cmsghdr *part = CMSG_FIRSTHDR(&message); part; part = CMSG_NXTHDR(&message, part))
        if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SO_TIMESTAMPNS)
            memcpy(stamp, CMSG_DATA(part), sizeof *stamp);
    return length;
}

#endif
