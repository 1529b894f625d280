#include "CLinux.h"

#include <stdlib.h>
#include <unistd.h>

static int given_count;
static char *const *given_arguments;

// Runs before Swift's runtime starts, where the program is one static file; elsewhere the runtime does without /proc.
//
// The runtime looks for its own place in /proc, and aborts where there is none, unless SWIFT_ROOT names a place. It also
// reads the arguments from there, which the C library hands over as well.
__attribute__((constructor(101))) static void begin(int count, char **arguments, char **environment) {
  (void)environment;
  given_count = count;
  given_arguments = arguments;
  if (access("/proc/self/exe", F_OK) != 0) setenv("SWIFT_ROOT", "/", 0);
}

int clinux_argument_count(void) { return given_count; }

const char *clinux_argument(int index) {
  return index >= 0 && index < given_count ? given_arguments[index] : NULL;
}
