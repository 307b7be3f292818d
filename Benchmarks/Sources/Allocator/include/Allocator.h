#ifndef ALLOCATOR_H
#define ALLOCATOR_H

#include <stdbool.h>
#include <stdint.h>

// The bytes that the allocator has handed out; -1 where it cannot be asked.
int64_t allocator_bytes_in_use(void);

// Whether the allocator can be told to ask for pages of 2 MiB (glibc.malloc.hugetlb).
bool allocator_knows_huge_pages(void);

#endif
