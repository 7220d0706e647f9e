/* file: see file.h. Locks are open file description locks (fcntl F_OFD_SETLK): they belong to the descriptor,
 * end with it whatever kills the process, and are not lost when another descriptor on the same file is
 * closed. */

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/vec.h"

#include "base/banned.h"

enum { CHUNK = 65536 };

static int read_fd(int fd, size_t max, struct str *s)
{
	for (;;) {
		char *to = str_room(s, CHUNK);
		if (!to)
			return 0;
		ssize_t n = read(fd, to, CHUNK);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		str_grew(s, (size_t)n);
		if (n == 0 || s->n > max)
			return 0;
	}
}

int file_open(const char *path, struct err *e)
{
	if (strcmp(path, "-") == 0)
		return STDIN_FILENO;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		err_sys(e, errno == ENOENT ? ERR_DATA : ERR_IO, errno, N_("cannot open %1"), path);
	return fd;
}

void file_close(int fd)
{
	if (fd >= 0 && fd != STDIN_FILENO)
		close(fd);
}

int file_read_start(struct arena *a, const char *path, size_t max, struct span *out, bool *cut, struct err *e)
{
	struct str s;
	int rc = -1;
	str_init(&s, max + CHUNK + 1);
	int fd = file_open(path, e);
	if (fd < 0)
		goto done;
	if (read_fd(fd, max, &s) < 0) {
		err_sys(e, ERR_IO, errno, N_("cannot read %1"), path);
		goto done;
	}
	*cut = s.n > max;
	*out = arena_span(a, span_cut(str_span(&s), 0, max));
	rc = 0;
done:
	file_close(fd);
	str_release(&s);
	return rc;
}

int file_read(struct arena *a, const char *path, size_t max, struct span *out, struct err *e)
{
	bool cut;
	if (file_read_start(a, path, max, out, &cut, e) < 0)
		return -1;
	return cut ? err_set(e, ERR_LIMIT, N_("%1 is larger than the limit"), path, NULL) : 0;
}

int fd_write_all(int fd, struct span d)
{
	while (d.n) {
		ssize_t n = write(fd, d.p, d.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		d.p += n;
		d.n -= (size_t)n;
	}
	return 0;
}

static void sync_folder_of(const char *path)
{
	char *dir = xstrdup(path);
	char *slash = strrchr(dir, '/');
	if (slash)
		slash[slash == dir] = 0;
	int fd = open(slash ? dir : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		fsync(fd); /* best effort: some file systems refuse it, and the rename is atomic all the same
			    */
		close(fd);
	}
	free(dir);
}

int file_replace(const char *path, struct span data, struct err *e)
{
	struct str tmp;
	int rc = -1;
	str_init(&tmp, 0);
	str_addf(&tmp, "%s.new-%ld", path, (long)getpid());
	int fd = open(tmp.p, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0) {
		err_sys(e, ERR_CREATE, errno, N_("cannot create %1"), path);
		goto done;
	}
	if (fd_write_all(fd, data) < 0 || fsync(fd) < 0) {
		err_sys(e, ERR_IO, errno, N_("cannot write %1"), path);
		goto done;
	}
	if (rename(tmp.p, path) < 0) {
		err_sys(e, ERR_CREATE, errno, N_("cannot create %1"), path);
		goto done;
	}
	sync_folder_of(path);
	rc = 0;
done:
	if (fd >= 0)
		close(fd);
	if (rc < 0)
		unlink(tmp.p);
	str_release(&tmp);
	return rc;
}

int dir_make(const char *path, struct err *e)
{
	char *p = xstrdup(path);
	int rc = 0;
	for (char *at = p + 1; rc == 0; at++) {
		if (*at != '/' && *at)
			continue;
		char keep = *at;
		*at = 0;
		if (mkdir(p, 0700) < 0 && errno != EEXIST)
			rc = err_sys(e, ERR_CREATE, errno, N_("cannot create folder %1"), p);
		*at = keep;
		if (!keep)
			break;
	}
	free(p);
	return rc;
}

int dir_make_above(const char *path, struct err *e)
{
	char *dir = xstrdup(path), *slash = strrchr(dir, '/');
	int rc = 0;
	if (slash && slash != dir) {
		*slash = 0;
		rc = dir_make(dir, e);
	}
	free(dir);
	return rc;
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int dir_list(struct arena *a, const char *dir, const char *suffix, char ***out, size_t *n, struct err *e)
{
	VEC(char *) names = {0};
	DIR *d = opendir(dir);
	*out = NULL;
	*n = 0;
	if (!d) {
		if (errno == ENOENT)
			return 0;
		return err_sys(e, ERR_IO, errno, N_("cannot read folder %1"), dir);
	}
	for (struct dirent *f; (f = readdir(d));)
		if (f->d_name[0] != '.' && span_ends(span_of(f->d_name), suffix))
			vec_push(&names, path_join(a, dir, f->d_name));
	closedir(d);
	if (names.n)
		qsort(names.p, names.n, sizeof *names.p, by_bytes);
	*out = arena_array(a, char *, names.n + 1);
	if (names.n)
		memcpy(*out, names.p, names.n * sizeof *names.p);
	*n = names.n;
	vec_release(&names);
	return 0;
}

bool file_exists(const char *path)
{
	return access(path, F_OK) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

int lock_take(const char *path, struct err *e)
{
	struct flock l = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_sys(e, ERR_CREATE, errno, N_("cannot create %1"), path);
	if (fcntl(fd, F_OFD_SETLK, &l) < 0) {
		if (errno == EACCES || errno == EAGAIN) {
			err_set(e, ERR_BUSY, N_("another scan is running (%1 is locked)"), path, NULL);
			err_todo(e, N_("try again when it has ended"));
		} else {
			err_sys(e, ERR_IO, errno, N_("cannot lock %1"), path);
		}
		close(fd);
		return -1;
	}
	return fd;
}

char *path_join(struct arena *a, const char *dir, const char *name)
{
	size_t n = strlen(dir);
	return arena_printf(a, n && dir[n - 1] == '/' ? "%s%s" : "%s/%s", dir, name);
}
