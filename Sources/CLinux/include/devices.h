#ifndef CLINUX_DEVICES_H
#define CLINUX_DEVICES_H

#endif
