#include "ExactMatch.h"

#include <stdlib.h>

// What a record says beside its key: the machine's MAC address and its host's address.
typedef struct {
  uint32_t subnet;
  uint32_t address;
  uint64_t mac;
  uint32_t provider;
  uint32_t value;
} slot4;

typedef struct {
  uint64_t high;
  uint64_t low;
  uint64_t mac;
  uint32_t subnet;
  uint32_t provider;
  uint32_t value;
} slot6;

// The finalizer of MurmurHash3 (Appleby, 2011).
static inline size_t mix(uint64_t bits) {
  bits ^= bits >> 33;
  bits *= 0xff51afd7ed558ccdULL;
  bits ^= bits >> 33;
  return (size_t)bits;
}

#define SUFFIX 4
#define KEY exact_key4
#define SLOT slot4
#define HASH(key) mix((uint64_t)(key).subnet << 32 | (key).address)
#define MATCHES(slot, key) ((slot).address == (key).address && (slot).subnet == (key).subnet)
#define FILL(slot, key) ((slot).address = (key).address, (slot).subnet = (key).subnet)
#include "table.inc"

#define SUFFIX 6
#define KEY exact_key6
#define SLOT slot6
#define HASH(key) mix(((key).high * 0x9e3779b97f4a7c15ULL) ^ (key).low ^ ((key).subnet << 40))
#define MATCHES(slot, key)                                                                       \
  ((slot).low == (key).low && (slot).high == (key).high && (slot).subnet == (key).subnet)
#define FILL(slot, key)                                                                          \
  ((slot).low = (key).low, (slot).high = (key).high, (slot).subnet = (uint32_t)(key).subnet)
#include "table.inc"
