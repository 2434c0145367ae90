// SPDX-License-Identifier: Apache-2.0
/* Preloaded into the program under test: the n-th call that touches a folder fails, or the n-th large allocation.
 *
 *   REELFACE_FAULT_FOLDER=/out           only files below this folder count
 *   REELFACE_FAULT=write:3:28            the third write fails with errno 28; later ones fail as well
 *   REELFACE_FAULT_COUNTS=/tmp/counts    how often each call was made, written at exit
 *
 * Calls: write (with pwrite, writev), fsync (with fdatasync), dirfsync (fsync of a folder), rename (with its relatives
 * and link), close (of a file open for writing), ftruncate, open, read (with pread), mmap (of a file), and malloc: of
 * 64 KiB or more, anywhere, with its relatives. Small ones are what a program needs to say that there is no memory.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum call {
  CALL_WRITE,
  CALL_FSYNC,
  CALL_DIRFSYNC,
  CALL_RENAME,
  CALL_CLOSE,
  CALL_FTRUNCATE,
  CALL_OPEN,
  CALL_READ,
  CALL_MMAP,
  CALL_MALLOC,
  CALL_COUNT
};
static const char* const call_names[CALL_COUNT] = {"write",     "fsync", "dirfsync", "rename", "close",
                                                   "ftruncate", "open",  "read",     "mmap",   "malloc"};
static atomic_int call_counts[CALL_COUNT];

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int is_below_folder(const char* path) {
  const char* folder = getenv("REELFACE_FAULT_FOLDER");
  return folder && path && strncmp(path, folder, strlen(folder)) == 0;
}

static int is_ours(int descriptor) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return is_below_folder(path);
}

/* Counts the call; returns the errno it has to fail with, or 0. A full disk stays full, so all later calls fail too. */
static int fault_of(enum call call) {
  int number = atomic_fetch_add(&call_counts[call], 1) + 1;
  const char* wanted = getenv("REELFACE_FAULT");
  char name[32];
  int first = 0, error = 0;
  if (!wanted || sscanf(wanted, "%31[a-z]:%d:%d", name, &first, &error) != 3) return 0;
  return strcmp(name, call_names[call]) == 0 && number >= first ? error : 0;
}

static int fails(enum call call) {
  int error = fault_of(call);
  if (error) errno = error;
  return error != 0;
}

ssize_t write(int descriptor, const void* data, size_t size) {
  if (is_ours(descriptor) && fails(CALL_WRITE)) return -1;
  return REAL(write)(descriptor, data, size);
}

ssize_t pwrite(int descriptor, const void* data, size_t size, off_t offset) {
  if (is_ours(descriptor) && fails(CALL_WRITE)) return -1;
  return REAL(pwrite)(descriptor, data, size, offset);
}

ssize_t pwrite64(int descriptor, const void* data, size_t size, off64_t offset) {
  if (is_ours(descriptor) && fails(CALL_WRITE)) return -1;
  return REAL(pwrite64)(descriptor, data, size, offset);
}

ssize_t writev(int descriptor, const struct iovec* parts, int count) {
  if (is_ours(descriptor) && fails(CALL_WRITE)) return -1;
  return REAL(writev)(descriptor, parts, count);
}

static int synchronize(int descriptor, int (*real)(int)) {
  struct stat status;
  if (is_ours(descriptor)) {
    int is_folder = fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode);
    if (fails(is_folder ? CALL_DIRFSYNC : CALL_FSYNC)) return -1;
  }
  return real(descriptor);
}

int fsync(int descriptor) {
  return synchronize(descriptor, REAL(fsync));
}
int fdatasync(int descriptor) {
  return synchronize(descriptor, REAL(fdatasync));
}

int rename(const char* from, const char* to) {
  if (is_below_folder(to) && fails(CALL_RENAME)) return -1;
  return REAL(rename)(from, to);
}

int renameat(int from_folder, const char* from, int to_folder, const char* to) {
  if ((is_below_folder(to) || is_ours(to_folder)) && fails(CALL_RENAME)) return -1;
  return REAL(renameat)(from_folder, from, to_folder, to);
}

int renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags) {
  if ((is_below_folder(to) || is_ours(to_folder)) && fails(CALL_RENAME)) return -1;
  return REAL(renameat2)(from_folder, from, to_folder, to, flags);
}

int link(const char* from, const char* to) {
  if (is_below_folder(to) && fails(CALL_RENAME)) return -1;
  return REAL(link)(from, to);
}

int linkat(int from_folder, const char* from, int to_folder, const char* to, int flags) {
  if ((is_below_folder(to) || is_ours(to_folder)) && fails(CALL_RENAME)) return -1;
  return REAL(linkat)(from_folder, from, to_folder, to, flags);
}

int ftruncate(int descriptor, off_t size) {
  if (is_ours(descriptor) && fails(CALL_FTRUNCATE)) return -1;
  return REAL(ftruncate)(descriptor, size);
}

/* Whether the call was given the mode of a new file. */
static int has_mode(int flags) {
  return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
}

static mode_t mode_of(int flags, va_list* rest) {
  return has_mode(flags) ? (mode_t)va_arg(*rest, int) : 0;
}

#define OPENS(name)                                           \
  int name(const char* path, int flags, ...) {                \
    va_list rest;                                             \
    va_start(rest, flags);                                    \
    mode_t mode = mode_of(flags, &rest);                      \
    va_end(rest);                                             \
    if (is_below_folder(path) && fails(CALL_OPEN)) return -1; \
    return REAL(name)(path, flags, mode);                     \
  }
OPENS(open)
OPENS(open64)

#define OPENS_AT(name)                                        \
  int name(int folder, const char* path, int flags, ...) {    \
    va_list rest;                                             \
    va_start(rest, flags);                                    \
    mode_t mode = mode_of(flags, &rest);                      \
    va_end(rest);                                             \
    if (is_below_folder(path) && fails(CALL_OPEN)) return -1; \
    return REAL(name)(folder, path, flags, mode);             \
  }
OPENS_AT(openat)
OPENS_AT(openat64)

ssize_t read(int descriptor, void* data, size_t size) {
  if (is_ours(descriptor) && fails(CALL_READ)) return -1;
  return REAL(read)(descriptor, data, size);
}

ssize_t pread(int descriptor, void* data, size_t size, off_t offset) {
  if (is_ours(descriptor) && fails(CALL_READ)) return -1;
  return REAL(pread)(descriptor, data, size, offset);
}

ssize_t pread64(int descriptor, void* data, size_t size, off64_t offset) {
  if (is_ours(descriptor) && fails(CALL_READ)) return -1;
  return REAL(pread64)(descriptor, data, size, offset);
}

void* mmap(void* address, size_t size, int protection, int flags, int descriptor, off_t offset) {
  if (descriptor >= 0 && is_ours(descriptor) && fails(CALL_MMAP)) return MAP_FAILED;
  return REAL(mmap)(address, size, protection, flags, descriptor, offset);
}

/* The C library's own, which need no looking up: dlsym() may allocate. */
extern void* __libc_malloc(size_t size);
extern void* __libc_calloc(size_t count, size_t size);
extern void* __libc_realloc(void* memory, size_t size);
extern void* __libc_memalign(size_t alignment, size_t size);

static int has_no_memory(size_t size) {
  return size >= 65536 && fails(CALL_MALLOC);
}

void* malloc(size_t size) {
  return has_no_memory(size) ? NULL : __libc_malloc(size);
}
void* calloc(size_t count, size_t size) {
  return size && count >= 65536 / size && has_no_memory(count * size) ? NULL : __libc_calloc(count, size);
}
void* realloc(void* memory, size_t size) {
  return has_no_memory(size) ? NULL : __libc_realloc(memory, size);
}
void* memalign(size_t alignment, size_t size) {
  return has_no_memory(size) ? NULL : __libc_memalign(alignment, size);
}
void* aligned_alloc(size_t alignment, size_t size) {
  return has_no_memory(size) ? NULL : __libc_memalign(alignment, size);
}
int posix_memalign(void** memory, size_t alignment, size_t size) {
  if (has_no_memory(size)) return ENOMEM;
  void* made = __libc_memalign(alignment, size);
  if (!made) return ENOMEM;
  *memory = made;
  return 0;
}

/* Like the kernel's, a failing close closes all the same. */
int close(int descriptor) {
  int flags = fcntl(descriptor, F_GETFL);
  int error = flags >= 0 && (flags & O_ACCMODE) != O_RDONLY && is_ours(descriptor) ? fault_of(CALL_CLOSE) : 0;
  int result = REAL(close)(descriptor);
  if (!error) return result;
  errno = error;
  return -1;
}

__attribute__((destructor)) static void write_counts(void) {
  const char* path = getenv("REELFACE_FAULT_COUNTS");
  FILE* file = path ? fopen(path, "w") : NULL;
  if (!file) return;
  for (int call = 0; call < CALL_COUNT; ++call)
    fprintf(file, "%s %d\n", call_names[call], atomic_load(&call_counts[call]));
  fclose(file);
}
