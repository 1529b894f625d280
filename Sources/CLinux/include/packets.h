#ifndef CLINUX_PACKETS_H
#define CLINUX_PACKETS_H

#endif
