#ifndef RUNTIME_CALLS_H
#define RUNTIME_CALLS_H

#include <stdbool.h>
#include <stdint.h>

// How often the allocator and the Swift runtime were called. Retains inside the standard library's
// own binary are not among them.
typedef struct {
  int64_t allocations;
  int64_t retains;
  int64_t exclusivity_checks;
} runtime_calls;

bool runtime_calls_can_be_counted(void);

// Counts the calls of the calling thread from here on.
void runtime_calls_start(void);

// Counts no more, and gives what was counted since the start.
runtime_calls runtime_calls_stop(void);

#endif
