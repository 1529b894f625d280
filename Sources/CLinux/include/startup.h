// What the C library hands to the program.
#ifndef CLINUX_STARTUP_H
#define CLINUX_STARTUP_H

/// The number of arguments, with the program's name.
int clinux_argument_count(void);

/// The argument at this place; NULL behind the last one.
const char *_Nullable clinux_argument(int index);

#endif
