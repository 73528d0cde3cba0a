// Counts what a process takes from the heap. Preloaded; the counts are in the file that ALLOCATION_COUNTS names, as
// three native 64-bit numbers that others may map or read while the process runs: calls that return new memory, calls
// of realloc among them, bytes asked for.
//
// Built by `run`:  cc -O2 -shared -fPIC count.c -o count.so -ldl

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct counts {
    _Atomic uint64_t calls;
    _Atomic uint64_t reallocations;
    _Atomic uint64_t bytes;
};

// Until the file is mapped, and where it cannot be.
static struct counts fallback;
static struct counts *counts = &fallback;

static void *(*next_malloc)(size_t);
static void *(*next_calloc)(size_t, size_t);
static void *(*next_realloc)(void *, size_t);
static void *(*next_aligned_alloc)(size_t, size_t);
static int (*next_posix_memalign)(void **, size_t, size_t);

// dlsym itself allocates before there is anything to pass that on to.
static char early[65536];
static size_t early_used;

static void *early_allocation(size_t size) {
    size = (size + 15) & ~(size_t)15;
    if (early_used + size > sizeof early) abort();
    void *memory = early + early_used;
    early_used += size;
    return memory;
}

static int is_early(const void *memory) {
    return (const char *)memory >= early && (const char *)memory < early + sizeof early;
}

static void count(size_t size) {
    atomic_fetch_add_explicit(&counts->calls, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&counts->bytes, size, memory_order_relaxed);
}

__attribute__((constructor)) static void start(void) {
    next_calloc = dlsym(RTLD_NEXT, "calloc");
    next_realloc = dlsym(RTLD_NEXT, "realloc");
    next_aligned_alloc = dlsym(RTLD_NEXT, "aligned_alloc");
    next_posix_memalign = dlsym(RTLD_NEXT, "posix_memalign");
    next_malloc = dlsym(RTLD_NEXT, "malloc");
    const char *path = getenv("ALLOCATION_COUNTS");
    int file = path ? open(path, O_RDWR | O_CREAT, 0600) : -1;
    if (file < 0) return;
    if (ftruncate(file, sizeof(struct counts)) == 0) {
        void *mapped = mmap(NULL, sizeof(struct counts), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (mapped != MAP_FAILED) counts = mapped;
    }
    close(file);
}

void *malloc(size_t size) {
    if (!next_malloc) return early_allocation(size);
    count(size);
    return next_malloc(size);
}

void *calloc(size_t number, size_t size) {
    if (!next_calloc) return memset(early_allocation(number * size), 0, number * size);
    count(number * size);
    return next_calloc(number, size);
}

void *realloc(void *memory, size_t size) {
    if (!next_realloc || is_early(memory)) {
        void *moved = malloc(size);
        // How long the early one was is not known; what follows it is ours to read, up to the end.
        size_t readable = memory ? (size_t)(early + sizeof early - (char *)memory) : 0;
        if (moved && memory) memcpy(moved, memory, size < readable ? size : readable);
        return moved;
    }
    count(size);
    atomic_fetch_add_explicit(&counts->reallocations, 1, memory_order_relaxed);
    return next_realloc(memory, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    if (!next_aligned_alloc) return early_allocation(size);
    count(size);
    return next_aligned_alloc(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
    if (!next_posix_memalign) {
        *memory = early_allocation(size);
        return 0;
    }
    count(size);
    return next_posix_memalign(memory, alignment, size);
}

void free(void *memory) {
    static void (*next_free)(void *);
    if (!memory || is_early(memory)) return;
    if (!next_free) next_free = dlsym(RTLD_NEXT, "free");
    next_free(memory);
}
