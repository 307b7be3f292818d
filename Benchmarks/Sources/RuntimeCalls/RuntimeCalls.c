#define _GNU_SOURCE
#include "RuntimeCalls.h"

// On AArch64 the runtime's functions preserve more registers than those of C.
#if defined(__GLIBC__) && defined(__x86_64__)

#include <dlfcn.h>
#include <stddef.h>

static _Thread_local runtime_calls calls;

// Defines a function that the program and its libraries call in place of the library's. It is one
// jump through a pointer, as the procedure linkage table is, to the library's function or, while
// calls are counted, to one that counts.
#define REPLACE(Result, name, Parameters, arguments, counter) \
  static Result count_##name Parameters {                     \
    calls.counter += 1;                                       \
    return original_##name arguments;                         \
  }                                                           \
  Result name Parameters { return current_##name arguments; }

// The same for a function that is found when it is first called: libraries call it before the
// program's own constructors run.
#define FIND_AND_REPLACE(Result, name, Parameters, arguments, counter)          \
  static Result find_##name Parameters;                                         \
  static Result(*original_##name) Parameters = find_##name;                     \
  static Result(*current_##name) Parameters = find_##name;                      \
  static Result find_##name Parameters {                                        \
    original_##name = (Result(*) Parameters)dlsym(RTLD_NEXT, #name);            \
    if (current_##name == find_##name) current_##name = original_##name;        \
    return original_##name arguments;                                           \
  }                                                                             \
  REPLACE(Result, name, Parameters, arguments, counter)

// dlsym may itself allocate.
void *__libc_malloc(size_t size);
static void *(*original_malloc)(size_t size) = __libc_malloc;
static void *(*current_malloc)(size_t size) = __libc_malloc;

// swift_slowAlloc (stdlib/public/runtime/Heap.cpp) allocates by these two.
REPLACE(void *, malloc, (size_t size), (size), allocations)
FIND_AND_REPLACE(int, posix_memalign, (void **memory, size_t alignment, size_t size),
                 (memory, alignment, size), allocations)

// The variables _swift_retain and _swift_retain_n are not used: the runtime reads them with
// instrumentation switched on alone, and then takes the characters of a short string for an object.
FIND_AND_REPLACE(void *, swift_retain, (void *object), (object), retains)
FIND_AND_REPLACE(void *, swift_retain_n, (void *object, uint32_t count), (object, count), retains)
FIND_AND_REPLACE(void *, swift_bridgeObjectRetain, (void *object), (object), retains)
FIND_AND_REPLACE(void *, swift_bridgeObjectRetain_n, (void *object, int count), (object, count),
                 retains)

FIND_AND_REPLACE(void, swift_beginAccess,
                 (void *address, void *buffer, uintptr_t flags, void *caller),
                 (address, buffer, flags, caller), exclusivity_checks)

#define FOR_EACH(set)             \
  set(malloc)                     \
  set(posix_memalign)             \
  set(swift_retain)               \
  set(swift_retain_n)             \
  set(swift_bridgeObjectRetain)   \
  set(swift_bridgeObjectRetain_n) \
  set(swift_beginAccess)

#define COUNT(name) current_##name = count_##name;
#define PASS_ON(name) current_##name = original_##name;

bool runtime_calls_can_be_counted(void) { return true; }

void runtime_calls_start(void) {
  calls = (runtime_calls){0};
  FOR_EACH(COUNT)
}

runtime_calls runtime_calls_stop(void) {
  FOR_EACH(PASS_ON)
  return calls;
}

#else

bool runtime_calls_can_be_counted(void) { return false; }
void runtime_calls_start(void) {}
runtime_calls runtime_calls_stop(void) { return (runtime_calls){0}; }

#endif
