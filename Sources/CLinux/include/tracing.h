#ifndef CLINUX_TRACING_H
#define CLINUX_TRACING_H

#endif
