/* read: documents or WARC records -> articles, as a filter. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "scan/scan.h"

#include "base/banned.h"

struct reading_run {
	struct cli *c;
	struct reader reader;
	const char *as, *url, *content_type;
};

static void put_articles(const struct reading *r)
{
	struct str line = {0};
	for (size_t i = 0; i < r->n; i++) {
		article_write(r->articles[i], &line);
		out_str(&line);
	}
	str_release(&line);
}

static void read_one(struct reading_run *run, struct arena *a, const struct document *d, const char *where)
{
	struct cli *c = run->c;
	struct reading out;
	struct report rep = {0};
	struct err e = {0};
	if (read_document(&run->reader, a, d, &out, &rep, &e) < 0) {
		err_at(&e, where, 0, 0);
		say_err(c, d->source.id, &e);
		c->status = EXIT_SOME;
	} else {
		put_articles(&out);
	}
	say_report(c, d->source.id, where, &rep);
	report_release(&rep);
}

static int read_warc(struct reading_run *run, int fd, const char *path, struct err *e)
{
	const char *slash = path ? strrchr(path, '/') : NULL, *file = slash ? slash + 1 : path;
	struct warc_reader *w = warc_reader_new(fd);
	struct warc_record rec;
	struct report rep = {0};
	struct arena a = {0};
	int got;
	while ((got = warc_next(w, &rec, &rep, e)) > 0) {
		struct document d;
		if (!document_of_record(&a, &rec, file, &d))
			continue;
		if (run->as)
			d.as = run->as;
		read_one(run, &a, &d, d.url);
		arena_clear(&a);
	}
	say_report(run->c, NULL, path, &rep);
	report_release(&rep);
	arena_release(&a);
	warc_reader_free(w);
	return got;
}

static int read_plain(struct reading_run *run, const char *path, struct err *e)
{
	struct arena a = {0};
	struct document d = {.as = run->as, .url = run->url, .from = path, .evidence.offset = -1};
	int rc = file_read(&a, path, BODY_MAX, &d.body, e);
	if (rc == 0) {
		d.content_type = span_of(run->content_type);
		read_one(run, &a, &d, path);
	}
	arena_release(&a);
	return rc;
}

/* WARC files tell themselves by their first bytes; gzip alone is not enough, since a page may be kept packed. */
static bool is_warc(int fd, const char *path)
{
	char b[5] = {0};
	if (pread(fd, b, sizeof b, 0) == (ssize_t)sizeof b && memcmp(b, "WARC/", 5) == 0)
		return true;
	return span_ends(span_of(path), ".warc.gz") || span_ends(span_of(path), ".warc");
}

static int read_path(struct reading_run *run, const char *path, struct err *e)
{
	bool in = strcmp(path, "-") == 0;
	int fd = in ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC), rc;
	if (fd < 0)
		return err_sys(e, errno == ENOENT ? ERR_DATA : ERR_IO, errno, N_("cannot open %1"), path);
	if (in ? run->as == NULL : is_warc(fd, path))
		rc = read_warc(run, fd, in ? NULL : path, e);
	else
		rc = read_plain(run, path, e);
	if (!in)
		close(fd);
	return rc < 0 ? -1 : 0;
}

int cmd_read(struct cli *c, int argc, char **argv)
{
	struct reading_run run = {.c = c};
	struct err e = {0};
	int worst = EXIT_OK;
	const struct opt opts[] = {
		{OPT_TEXT, 0, "as", N_("KIND"), N_("what the files are: feed or page; found out by default"), &run.as},
		{OPT_TEXT, 0, "url", N_("URL"), N_("the address they came from"), &run.url},
		{OPT_TEXT, 0, "content-type", N_("TYPE"), N_("the Content-Type they came with"), &run.content_type},
		{.type = OPT_END}};
	int n = cli_options(c, argc, argv, opts, N_("[FILE…]"),
		N_("Reads feeds, pages or WARC files and prints their articles as NDJSON. Standard input is WARC unless --as is given."));
	if (n < 0)
		return c->status;
	if (run.as && strcmp(run.as, "feed") != 0 && strcmp(run.as, "page") != 0)
		return cli_usage(c, N_("--as takes feed or page, not %1"), run.as, NULL);
	if (decode_new(&run.reader.decode, &e) < 0)
		return say_err(c, NULL, &e);
	static char standard_input[] = "-";
	if (n == 0)
		argv[++n] = standard_input;
	for (int i = 1; i <= n; i++) {
		err_clear(&e);
		if (read_path(&run, argv[i], &e) == 0)
			continue;
		int status = say_err(c, NULL, &e);
		worst = n == 1 ? status : EXIT_SOME;
	}
	decode_free(run.reader.decode);
	return worst;
}
