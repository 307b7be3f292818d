// DPDK's IPv4 tables as peers: rte_lpm and rte_fib with its DIR-24-8 layout.
//
// Reads from the standard input, in the byte order of the machine: the number of routes, of sets
// of destinations and of destinations in each; the routes, ascending by length (address, length,
// value); the destinations. Writes lines, where RUNS are the nanoseconds of one operation each:
//
//   lookup TABLE SET ORDER SUM-OF-VALUES RUNS
//   change TABLE insert|delete RUNS
//   bytes TABLE BYTES
//   huge BYTES-IN-PAGES-OF-2-MIB

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#include <rte_eal.h>
#include <rte_fib.h>
#include <rte_lpm.h>
#include <rte_malloc.h>

// The rule by which work is repeated is that of Sources/BenchKit/Measuring/Repetition.swift.
enum { least_runs = 15, most_runs = 10000, agreeing = 5, batch = 64, changes = 20000 };
static const double tolerance = 0.05, budget = 2e9;

typedef struct {
  uint32_t address, length, value;
} route;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static void die(const char *what) {
  fprintf(stderr, "dpdk: %s\n", what);
  exit(1);
}

typedef struct {
  double start, times[most_runs];
  int count;
} repetition;

static bool settles(const repetition *runs) {
  double least[agreeing];
  int count = 0;
  for (int run = 0; run < runs->count; run++) {
    int place = count < agreeing ? count++ : agreeing;
    for (; place > 0 && least[place - 1] > runs->times[run]; place--)
      if (place < agreeing) least[place] = least[place - 1];
    if (place < agreeing) least[place] = runs->times[run];
  }
  return count == agreeing && least[agreeing - 1] <= least[0] * (1 + tolerance);
}

static bool is_over(const repetition *runs) {
  if (runs->count < 2) return false;
  if (runs->count >= least_runs && settles(runs)) return true;
  return runs->count == most_runs || now() - runs->start >= budget;
}

static void print_runs(const repetition *runs) {
  for (int run = 0; run < runs->count; run++) printf(" %.4f", runs->times[run]);
  printf("\n");
}

// Without it, DPDK takes its memory as anonymous memory, as the allocator of the C library does.
int memfd_create(const char *name, unsigned flags) {
  (void)name, (void)flags;
  errno = ENOSYS;
  return -1;
}

static int ask_for_huge_pages(const struct rte_memseg_list *list, void *unused) {
  (void)unused;
  // Whether it is granted, huge_bytes tells.
  (void)madvise(list->base_va, list->len, MADV_HUGEPAGE);
  return 0;
}

static size_t huge_bytes(void) {
  FILE *file = fopen("/proc/self/smaps_rollup", "r");
  char line[256];
  size_t kibibytes = 0;
  while (file != NULL && fgets(line, sizeof line, file) != NULL)
    if (sscanf(line, "AnonHugePages: %zu kB", &kibibytes) == 1) break;
  if (file != NULL) fclose(file);
  return kibibytes << 10;
}

// What DPDK's allocator has handed out.
static size_t bytes_in_use(void) {
  struct rte_malloc_socket_stats stats;
  if (rte_malloc_get_socket_stats(0, &stats) != 0) die("rte_malloc_get_socket_stats");
  return stats.heap_allocsz_bytes;
}

static void *take(size_t count, size_t size) {
  void *bytes = malloc(count * size + 1);
  if (bytes == NULL || fread(bytes, size, count, stdin) != count) die("the input is cut short");
  return bytes;
}

// Groups of 256 addresses that hold routes longer than 24 bits, at most.
static uint32_t groups_for(const route *routes, size_t count) {
  static uint8_t seen[1 << 21];
  uint32_t groups = 16;
  for (size_t n = 0; n < count; n++) {
    uint32_t block = routes[n].address >> 8;
    if (routes[n].length <= 24 || seen[block >> 3] >> (block & 7) & 1) continue;
    seen[block >> 3] |= (uint8_t)(1 << (block & 7));
    groups++;
  }
  return groups;
}

// rte_lpm_add searches all rules of a length for the one to add, a minute for a million. What is
// looked up is the table alone, which is public, so it is filled as rte_lpm_add leaves it. There is
// room for the rules all the same, so that the memory is what a user needs.
static struct rte_lpm *fill(const route *routes, size_t count, uint32_t limit) {
  struct rte_lpm_config config = {
      .max_rules = (uint32_t)count + 1, .number_tbl8s = limit};
  struct rte_lpm *lpm = rte_lpm_create("lpm", SOCKET_ID_ANY, &config);
  if (lpm == NULL) die("rte_lpm_create");
  uint32_t groups = 0;
  for (size_t index = 0; index < count; index++) {
    route r = routes[index];
    struct rte_lpm_tbl_entry entry = {
        .next_hop = r.value, .valid = 1, .depth = (uint8_t)r.length};
    if (r.length <= 24) {
      uint32_t first = r.address >> 8;
      for (uint32_t n = 0; n < 1u << (24 - r.length); n++) lpm->tbl24[first + n] = entry;
      continue;
    }
    struct rte_lpm_tbl_entry *outer = &lpm->tbl24[r.address >> 8];
    entry.valid_group = 1;
    if (!outer->valid_group) {
      if (groups == config.number_tbl8s) die("too many groups");
      struct rte_lpm_tbl_entry inner = *outer;
      inner.valid_group = 1;
      for (uint32_t n = 0; n < 256; n++) lpm->tbl8[groups * 256 + n] = inner;
      *outer = (struct rte_lpm_tbl_entry){.next_hop = groups++, .valid = 1, .valid_group = 1};
    }
    uint32_t first = outer->next_hop * 256 + (r.address & 255);
    for (uint32_t n = 0; n < 1u << (32 - r.length); n++) lpm->tbl8[first + n] = entry;
  }
  return lpm;
}

typedef uint64_t (*lookup_loop)(void *table, const uint32_t *keys, size_t count, uint32_t mask);

static uint64_t lpm_dependent(void *lpm, const uint32_t *keys, size_t count, uint32_t mask) {
  uint64_t sum = 0;
  uint32_t last = 0;
  for (size_t n = 0; n < count; n++) {
    uint32_t found;
    last = rte_lpm_lookup(lpm, keys[n] ^ (last & mask), &found) == 0 ? found : 0;
    sum += last;
  }
  return sum;
}

static uint64_t lpm_independent(void *lpm, const uint32_t *keys, size_t count, uint32_t mask) {
  (void)mask;
  uint64_t sum = 0;
  for (size_t n = 0; n < count; n++) {
    uint32_t found;
    if (rte_lpm_lookup(lpm, keys[n], &found) == 0) sum += found;
  }
  return sum;
}

static uint64_t lpm_batched(void *lpm, const uint32_t *keys, size_t count, uint32_t mask) {
  (void)mask;
  uint64_t sum = 0;
  uint32_t found[batch];
  for (size_t n = 0; n + batch <= count; n += batch) {
    rte_lpm_lookup_bulk(lpm, keys + n, found, batch);
    for (int i = 0; i < batch; i++)
      if (found[i] & RTE_LPM_LOOKUP_SUCCESS) sum += found[i] & 0xffffff;
  }
  return sum;
}

static uint64_t fib_dependent(void *fib, const uint32_t *keys, size_t count, uint32_t mask) {
  uint64_t sum = 0, last = 0;
  for (size_t n = 0; n < count; n++) {
    uint32_t key = keys[n] ^ ((uint32_t)last & mask);
    rte_fib_lookup_bulk(fib, &key, &last, 1);
    sum += last;
  }
  return sum;
}

static uint64_t fib_independent(void *fib, const uint32_t *keys, size_t count, uint32_t mask) {
  (void)mask;
  uint64_t sum = 0, found;
  for (size_t n = 0; n < count; n++) {
    uint32_t key = keys[n];
    rte_fib_lookup_bulk(fib, &key, &found, 1);
    sum += found;
  }
  return sum;
}

static uint64_t fib_batched(void *fib, const uint32_t *keys, size_t count, uint32_t mask) {
  (void)mask;
  uint64_t sum = 0, found[batch];
  for (size_t n = 0; n + batch <= count; n += batch) {
    rte_fib_lookup_bulk(fib, (uint32_t *)(uintptr_t)(keys + n), found, batch);
    for (int i = 0; i < batch; i++) sum += found[i];
  }
  return sum;
}

static void measure(const char *name, void *table, const lookup_loop loops[3], uint32_t set,
                    const uint32_t *keys, size_t count) {
  static const char *const orders[] = {"dependent", "independent", "batched"};
  static volatile uint32_t nothing = 0;
  for (int order = 0; order < 3; order++) {
    uint64_t sum = loops[order](table, keys, count, nothing);
    static repetition runs;
    runs.count = 0;
    runs.start = now();
    while (!is_over(&runs)) {
      double start = now();
      if (loops[order](table, keys, count, nothing) != sum) die("two runs do not agree");
      runs.times[runs.count++] = (now() - start) / (double)count;
    }
    printf("lookup %s %" PRIu32 " %s %" PRIu64, name, set, orders[order], sum);
    print_runs(&runs);
  }
}

// Takes routes from all over the table out and puts them back; the first round warms up.
static void change(struct rte_fib *fib, const route *routes, size_t count) {
  static repetition deletes, inserts;
  size_t number = count < changes ? count : changes;
  size_t step = count / number;
  deletes.start = inserts.start = now();
  for (bool is_warm = false; !is_over(&deletes) || !is_over(&inserts); is_warm = true) {
    if (deletes.count == most_runs) break;
    double start = now();
    for (size_t n = 0; n < number; n++)
      rte_fib_delete(fib, routes[n * step].address, (uint8_t)routes[n * step].length);
    double middle = now();
    for (size_t n = 0; n < number; n++)
      rte_fib_add(fib, routes[n * step].address, (uint8_t)routes[n * step].length,
                  routes[n * step].value);
    if (!is_warm) continue;
    inserts.times[inserts.count++] = (now() - middle) / (double)number;
    deletes.times[deletes.count++] = (middle - start) / (double)number;
  }
  printf("change rte_fib insert");
  print_runs(&inserts);
  printf("change rte_fib delete");
  print_runs(&deletes);
}

int main(void) {
  char *arguments[] = {"dpdk", "--no-huge", "--no-pci", "--no-shconf", "--no-telemetry",
                       "-m", "3072", "-l", "0", "--log-level=critical", NULL};
  if (rte_eal_init(10, arguments) < 0) die("rte_eal_init");
  const char *tunables = getenv("GLIBC_TUNABLES");
  // What hnv-bench says to its own allocator holds for DPDK's too.
  if (tunables != NULL && strstr(tunables, "glibc.malloc.hugetlb=1") != NULL &&
      rte_memseg_list_walk(ask_for_huge_pages, NULL) != 0)
    die("rte_memseg_list_walk");
  uint32_t *sizes = take(3, sizeof *sizes);
  size_t count = sizes[0], sets = sizes[1], keys = sizes[2];
  route *routes = take(count, sizeof *routes);
  uint32_t *destinations = take(sets * keys, sizeof *destinations);

  const lookup_loop of_lpm[] = {lpm_dependent, lpm_independent, lpm_batched};
  uint32_t groups = groups_for(routes, count);
  size_t before = bytes_in_use();
  struct rte_lpm *lpm = fill(routes, count, groups);
  printf("bytes rte_lpm %zu\n", bytes_in_use() - before);
  for (uint32_t set = 0; set < sets; set++)
    measure("rte_lpm", lpm, of_lpm, set, destinations + set * keys, keys);

  struct rte_fib_conf config = {
      .type = RTE_FIB_DIR24_8, .default_nh = 0, .max_routes = (int)count + 16,
      .dir24_8 = {.nh_sz = RTE_FIB_DIR24_8_4B, .num_tbl8 = groups}};
  before = bytes_in_use();
  struct rte_fib *fib = rte_fib_create("fib", SOCKET_ID_ANY, &config);
  if (fib == NULL) die("rte_fib_create");
  for (size_t n = 0; n < count; n++)
    if (rte_fib_add(fib, routes[n].address, (uint8_t)routes[n].length, routes[n].value) != 0)
      die("rte_fib_add");
  printf("bytes rte_fib %zu\n", bytes_in_use() - before);
  const lookup_loop of_fib[] = {fib_dependent, fib_independent, fib_batched};
  for (uint32_t set = 0; set < sets; set++)
    measure("rte_fib", fib, of_fib, set, destinations + set * keys, keys);
  change(fib, routes, count);
  printf("huge %zu\n", huge_bytes());
  return 0;
}
