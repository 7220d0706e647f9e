/* file: whole files in and out, folders, locks. Paths are byte strings as the system takes them. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/* Opens it for reading; "-" is standard input, which file_close() leaves open. The descriptor or -1. */
MUST_USE int file_open(const char *path, struct err *e);
void file_close(int fd); /* accepts -1 */
/* Reads the whole file ("-" is standard input) into the arena, NUL-terminated. Above `max` bytes: ERR_LIMIT.
 */
MUST_USE int file_read(struct arena *a, const char *path, size_t max, struct span *out, struct err *e);
/* The same, but of a longer file (or an endless one) its first `max` bytes; *cut says so. */
MUST_USE int file_read_start(
	struct arena *a, const char *path, size_t max, struct span *out, bool *cut, struct err *e);
/* Replaces the file as one step: new file beside it, fsync, rename, fsync of the folder. */
MUST_USE int file_replace(const char *path, struct span data, struct err *e);
/* Creates the folder and those above it (mode 0700). Existing is fine. */
MUST_USE int dir_make(const char *path, struct err *e);
/* The same for the folder that the file of this path is to lie in. */
MUST_USE int dir_make_above(const char *path, struct err *e);
/* Names of files in `dir` that end in `suffix`, sorted by bytes, full paths, in the arena. A missing folder
 * gives none. */
MUST_USE int dir_list(
	struct arena *a, const char *dir, const char *suffix, char ***out, size_t *n, struct err *e);
/* Also true when it cannot be told (a folder that may not be entered, a loop of links): opening it then says
 * why. */
bool file_exists(const char *path);
/* Writes all of it, through EINTR and short writes. -1 leaves errno. */
MUST_USE int fd_write_all(int fd, struct span data);
/* Takes an exclusive lock on `path` (created if missing), held until the descriptor is closed or the process
 * ends. ERR_BUSY when somebody else has it. Returns the descriptor or -1. */
MUST_USE int lock_take(const char *path, struct err *e);
char *path_join(struct arena *a, const char *dir, const char *name);

#endif
