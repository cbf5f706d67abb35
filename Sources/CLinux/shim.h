// What Swift's Glibc module does not import: statfs(2), statx(2) and the constants of GNU.
#ifndef TIDEMARK_LINUX_SHIM_H
#define TIDEMARK_LINUX_SHIM_H

#include <errno.h>
#include <fcntl.h>
#include <linux/stat.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

// lseek(2): to the next data of a file with holes.
static const int32_t tidemark_seek_data = 3;

// fcntl(2): locks that belong to the open file, not to the process.
static const int32_t tidemark_get_open_file_lock = 36;
static const int32_t tidemark_set_open_file_lock = 37;

// The `f_type` of statfs(2); nought where it cannot be told.
static inline uint32_t tidemark_file_system_type(const char *path) {
  struct statfs status;
  return statfs(path, &status) == 0 ? (uint32_t)status.f_type : 0;
}

// What statx(2) says, of which stat(2) lacks the time at which the file was made.
struct tidemark_status {
  uint64_t device, inode;
  uint32_t mode;
  int64_t size;
  int64_t modified_seconds, modified_nanoseconds;
  // Nought where the file system does not keep it.
  int64_t made_seconds, made_nanoseconds;
};

// The status of an open file, with an empty path and its number, or of what a path names, with
// AT_FDCWD. Nought, or -1 with errno.
static inline int tidemark_status_of(int number, const char *path, struct tidemark_status *status) {
  struct statx raw;
  const int flags = *path ? 0 : 0x1000 /* AT_EMPTY_PATH */;
  if (syscall(SYS_statx, number, path, flags, STATX_BASIC_STATS | STATX_BTIME, &raw) == 0) {
    const int has_made = (raw.stx_mask & STATX_BTIME) != 0;
    *status = (struct tidemark_status){
        makedev(raw.stx_dev_major, raw.stx_dev_minor), raw.stx_ino, raw.stx_mode,
        (int64_t)raw.stx_size, raw.stx_mtime.tv_sec, raw.stx_mtime.tv_nsec,
        has_made ? raw.stx_btime.tv_sec : 0, has_made ? raw.stx_btime.tv_nsec : 0};
    return 0;
  }
  // Some containers forbid statx and say that there is none.
  if (errno != ENOSYS && errno != EPERM) return -1;
  struct stat old;
  if ((*path ? stat(path, &old) : fstat(number, &old)) != 0) return -1;
  *status = (struct tidemark_status){old.st_dev, old.st_ino, old.st_mode, old.st_size,
                                     old.st_mtim.tv_sec, old.st_mtim.tv_nsec, 0, 0};
  return 0;
}

#endif
