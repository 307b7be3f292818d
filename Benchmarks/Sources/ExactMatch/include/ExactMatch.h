#ifndef EXACT_MATCH_H
#define EXACT_MATCH_H

#include <stddef.h>
#include <stdint.h>

// Open addressing with linear probing, as a C programmer writes it for this very purpose: what an
// exact match on (virtual subnet, customer address) costs at best. Half of the slots are free.

typedef enum { exact_dependent, exact_independent, exact_batched } exact_order;

typedef struct {
  uint32_t subnet;
  uint32_t address;
} exact_key4;

typedef struct {
  uint64_t high;
  uint64_t low;
  uint64_t subnet;
  uint64_t unused;
} exact_key6;

typedef struct exact_table4 exact_table4;
typedef struct exact_table6 exact_table6;

// The value of a key is its place in the list, counted from 1; 0 is for a key that is not there.
exact_table4 *exact_build4(const exact_key4 *keys, size_t count);
exact_table6 *exact_build6(const exact_key6 *keys, size_t count);

// Looks all keys up and gives the sum of what is found.
uint64_t exact_run4(const exact_table4 *table, const exact_key4 *keys, size_t count,
                    exact_order order);
uint64_t exact_run6(const exact_table6 *table, const exact_key6 *keys, size_t count,
                    exact_order order);

size_t exact_bytes4(const exact_table4 *table);
size_t exact_bytes6(const exact_table6 *table);
void exact_free4(exact_table4 *table);
void exact_free6(exact_table6 *table);

#endif
