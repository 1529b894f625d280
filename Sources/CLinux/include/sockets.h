#ifndef CLINUX_SOCKETS_H
#define CLINUX_SOCKETS_H

#endif
