#ifndef ALLOCATOR_H
#define ALLOCATOR_H

#include <stdint.h>

// The bytes that the allocator has handed out; -1 where it cannot be asked.
int64_t allocator_bytes_in_use(void);

#endif
