/* day: the day's file, appended to. A run may be killed at any instant, so what an earlier run left is
 * checked first: walking from member to member by the lengths they say, one small read each, to the end. Only
 * a clean beginning of one of our members that runs into the end of the file is cut off; whatever else stands
 * there is left alone (it may be worth something, and the reader steps over it). Looking backwards for the
 * last member was considered and dropped: a hostile page can hold a whole member in its own bytes. */
#include "archive/archive_priv.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/limits.h"

#include "base/banned.h"

enum { KEPT_MAX = 262144 }; /* bytes: what a larger record took is given back */

struct archive {
	int fd;
	int64_t size; /* where the next record goes */
	char *path, *name;
	struct deflater deflater;
	struct str head, member;
};

static int fault(const struct archive *a, struct err *e, const char *text)
{
	err_sys(e, ERR_IO, errno, text, a->name);
	return err_at(e, a->path, 0, 0);
}

/* How much of the file is to be kept: all of it, or less when the last member is incomplete. -1: cannot be
 * read. */
static int64_t walk(int fd, int64_t size)
{
	int64_t at = 0, end = 0;
	while (at < size) {
		char head[GZIP_HEAD];
		ssize_t n = pread(fd, head, sizeof head, at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		int64_t said = gzip_said_length((struct span){head, (size_t)n});
		if (said && at + said <= size) {
			at += said;
			continue;
		}
		switch (gzip_find_end(fd, at, &end)) {
		case GZIP_ENDS:
			at = end;
			break;
		case GZIP_CUT:
			return said || gzip_begins_head((struct span){head, (size_t)n}) ? at : size;
		case GZIP_DAMAGED:
			return size;
		case GZIP_UNREAD:
			return -1;
		}
	}
	return size;
}

static int mend(struct archive *a, struct report *rep, struct err *e)
{
	struct stat st;
	if (fstat(a->fd, &st) < 0)
		return fault(a, e, N_("cannot read %1"));
	a->size = walk(a->fd, st.st_size);
	if (a->size < 0)
		return fault(a, e, N_("cannot read %1"));
	if (a->size == st.st_size)
		return 0;
	if (ftruncate(a->fd, a->size) < 0)
		return fault(a, e, N_("cannot write %1"));
	report_add(rep, R_ARCHIVE_TAIL_CUT, 0, 0, a->name, NULL);
	return 0;
}

static int append(struct archive *a, struct err *e)
{
	if (fd_write_all(a->fd, str_span(&a->member)) < 0) {
		fault(a, e, N_("cannot write %1"));
		int cut = ftruncate(a->fd, a->size); /* should this fail too, the next run cuts it */
		(void)cut;
		return -1;
	}
	a->size += (int64_t)a->member.n;
	return 0;
}

static int begin(struct archive *a, const char *version, int64_t now, struct err *e)
{
	str_clear(&a->member);
	if (warc_write_info(&a->member, version, now, true, e) < 0)
		return -1;
	return append(a, e);
}

/* Two runs must not append to one file at once: their cuts and offsets would be of another file. */
static int hold(struct archive *a, struct err *e)
{
	struct flock l = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	if (fcntl(a->fd, F_OFD_SETLK, &l) == 0)
		return 0;
	if (errno == EACCES || errno == EAGAIN) {
		err_set(e, ERR_BUSY, N_("another run is writing %1"), a->name, NULL);
		return err_todo(e, N_("try again when it has ended"));
	}
	return fault(a, e, N_("cannot lock %1"));
}

int archive_open(const char *dir, const char *day, const char *version, int64_t now, struct archive **out,
	struct report *rep, struct err *e)
{
	struct arena scratch = {0};
	struct archive *a = xcalloc(1, sizeof *a);
	int rc = -1;
	a->fd = -1;
	a->name = xstrdup(arena_printf(&scratch, "%s.warc.gz", day));
	a->path = xstrdup(path_join(&scratch, dir, a->name));
	if (dir_make(dir, e) < 0)
		goto done;
	a->fd = open(a->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (a->fd < 0) {
		err_sys(e, ERR_CREATE, errno, N_("cannot create %1"), a->path);
		goto done;
	}
	if (hold(a, e) < 0 || mend(a, rep, e) < 0)
		goto done;
	if (a->size == 0 && begin(a, version, now, e) < 0)
		goto done;
	*out = a;
	a = NULL;
	rc = 0;
done:
	if (a) {
		struct err ignored = {0};
		if (archive_close(a, &ignored) < 0) /* the first fault is the one to tell */
			rc = -1;
	}
	arena_release(&scratch);
	return rc;
}

int archive_add(struct archive *a, const struct warc_record *r, int64_t *offset, struct err *e)
{
	if (r->block.n > WARC_RECORD_MAX)
		return err_set(
			e, ERR_LIMIT, N_("the answer is larger than one WARC record may be"), NULL, NULL);
	str_clear(&a->head);
	str_clear(&a->member);
	warc_write_head(&a->head, r);
	if (gzip_put_member(&a->deflater, &a->member, str_span(&a->head), r->block, e) < 0)
		return -1;
	*offset = a->size;
	int rc = append(a, e);
	if (r->block.n > KEPT_MAX)
		str_release(&a->member);
	return rc;
}

const char *archive_name(const struct archive *a)
{
	return a->name;
}

int archive_close(struct archive *a, struct err *e)
{
	int rc = 0;
	if (!a)
		return 0;
	if (a->fd >= 0 && fsync(a->fd) < 0 && errno != EINVAL &&
		errno != EROFS) /* not a file that can be synced */
		rc = fault(a, e, N_("cannot write %1"));
	if (a->fd >= 0)
		close(a->fd);
	deflater_release(&a->deflater);
	str_release(&a->head);
	str_release(&a->member);
	free(a->name);
	free(a->path);
	free(a);
	return rc;
}
