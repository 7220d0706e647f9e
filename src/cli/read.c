/* read: documents or WARC records -> articles, as a filter. */
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/url.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/feeds.h"
#include "cli/names.h"
#include "cli/read.h"
#include "scan/scan.h"

#include "base/banned.h"

struct reading_run {
	struct cli *c;
	struct reader reader;
	struct arena arena; /* of one document after the other */
	const char *as, *url, *content_type;
	bool json, why;                   /* as asked for */
	const struct source_conf *source; /* --source; NULL: none */
	size_t shown;
};

/* Pages are shown to people where people read; everything else is data. */
static void put_articles(struct reading_run *run, const struct reading *r)
{
	if (r->why) {
		read_why(r->why, r->articles[0]);
		return;
	}
	bool page = r->format && strcmp(r->format, "page") == 0;
	for (size_t i = 0; page && !run->json && out_is_terminal() && i < r->n; i++) {
		if (run->shown++)
			out_text(SPAN("\n"));
		read_show(run->c, r->articles[i]);
	}
	if (page && !run->json && out_is_terminal())
		return;
	struct str line = {0};
	for (size_t i = 0; i < r->n; i++) {
		article_write(r->articles[i], &line);
		out_str(&line);
	}
	str_release(&line);
}

static void read_one(struct reading_run *run, const struct document *d, const char *where)
{
	struct cli *c = run->c;
	struct reading out;
	struct report rep = {0};
	struct err e = {0};
	if (read_document(&run->reader, &run->arena, d, &out, &rep, &e) < 0) {
		err_at(&e, where, 0, 0);
		say_err(c, d->source.id, &e);
		c->status = EXIT_SOME;
	} else {
		put_articles(run, &out);
	}
	say_report(c, d->source.id, where, &rep);
	report_release(&rep);
	arena_clear(&run->arena);
}

static int read_warc(struct reading_run *run, int fd, const char *path, struct err *e)
{
	const char *slash = path ? strrchr(path, '/') : NULL, *file = slash ? slash + 1 : path;
	struct warc_reader *w = warc_reader_new(fd);
	struct warc_record rec;
	struct report rep = {0};
	int got;
	while ((got = warc_next(w, &rec, &rep, e)) > 0) {
		struct document d;
		if (!document_of_record(&run->arena, &rec, file, &d))
			continue;
		if (run->as)
			d.as = run->as;
		d.why = run->why;
		read_one(run, &d, d.url);
	}
	say_report(run->c, NULL, path, &rep);
	report_release(&rep);
	warc_reader_free(w);
	return got;
}

/* What the source says of its pages. */
static void set_source(const struct reading_run *run, struct document *d)
{
	const struct source_conf *s = run->source;
	d->why = run->why;
	if (s)
		d->source = document_source(s);
}

struct asking_page {
	struct reading_run *run;
	struct err *e;
	int rc;
};

static void page_answered(void *ctx, size_t i, const struct fetch_answer *answer)
{
	struct asking_page *p = ctx;
	(void)i;
	if (answer->result != FETCH_OK) {
		*p->e = answer->err;
		return;
	}
	struct document d = {.as = p->run->as,
		.url = answer->url,
		.evidence.offset = -1,
		.body = answer->body,
		.cut = answer->cut};
	d.content_type = span_of(answer->content_type);
	d.content_encoding = span_of(answer->content_encoding);
	d.fetched = answer->when;
	set_source(p->run, &d);
	read_one(p->run, &d, answer->url);
	p->rc = 0;
}

static int read_url(struct reading_run *run, const char *url, struct err *e)
{
	struct source_conf one = run->source ? *run->source : (struct source_conf){.id = "url", .as = "page"};
	struct source_list list = {&one, 1};
	struct asking_page p = {run, e, -1};
	if (one.allow_private) {
		const char *own = url_host(&run->c->arena, one.url), *asked = url_host(&run->c->arena, url);
		one.allow_private = own && asked && strcmp(own, asked) == 0;
	}
	one.url = url;
	if (feeds_ask(run->c, &list, page_answered, &p, e) < 0)
		return -1;
	return p.rc;
}

/* Returns an exit status. */
static int find_source(struct reading_run *run, const char *id)
{
	struct source_list l;
	struct texts none = {0};
	int status = feeds_load(run->c, &none, &l);
	if (status != EXIT_OK)
		return status;
	for (size_t i = 0; i < l.n; i++)
		if (strcmp(l.p[i].id, id) == 0)
			run->source = &l.p[i];
	return run->source ? EXIT_OK : cli_no_source(run->c, &l, id);
}

static int read_plain(struct reading_run *run, const char *path, struct err *e)
{
	struct document d = {.as = run->as, .url = run->url, .from = path, .evidence.offset = -1};
	int rc = file_read_start(&run->arena, path, BODY_MAX, &d.body, &d.cut, e);
	if (rc == 0) {
		d.content_type = span_of(run->content_type);
		set_source(run, &d);
		read_one(run, &d, path);
	}
	return rc;
}

/* WARC files tell themselves by their first bytes; gzip alone is not enough, since a page may be kept packed.
 */
static bool is_warc(int fd, const char *path)
{
	char b[5] = {0};
	if (pread(fd, b, sizeof b, 0) == (ssize_t)sizeof b && memcmp(b, "WARC/", 5) == 0)
		return true;
	return span_ends(span_of(path), ".warc.gz") || span_ends(span_of(path), ".warc");
}

static int read_path(struct reading_run *run, const char *path, struct err *e)
{
	if (url_is_web(path))
		return read_url(run, path, e);
	bool in = strcmp(path, "-") == 0;
	int fd = file_open(path, e), rc;
	if (fd < 0)
		return -1;
	if (in ? run->as == NULL : is_warc(fd, path))
		rc = read_warc(run, fd, in ? NULL : path, e);
	else
		rc = read_plain(run, path, e);
	file_close(fd);
	if (rc < 0 && in && !run->as && e->kind == ERR_DATA)
		err_todo(e, N_("say with --as feed or --as page what else standard input is"));
	return rc < 0 ? -1 : 0;
}

int cmd_read(struct cli *c, int argc, char **argv)
{
	struct reading_run run = {.c = c};
	struct err e = {0};
	int worst = EXIT_OK;
	const char *source = NULL;
	const struct opt opts[] = {
		{OPT_TEXT, 0, "as", N_("KIND"),
			N_("what the files are: feed, page or section; found out by default"), &run.as},
		{OPT_TEXT, 0, "url", N_("URL"), N_("the address they came from"), &run.url},
		{OPT_TEXT, 0, "content-type", N_("TYPE"), N_("the Content-Type they came with"),
			&run.content_type},
		{OPT_TEXT, 0, "source", N_("ID"),
			N_("the source they are of: its language, country and selectors count"), &source},
		{OPT_FLAG, 0, "why", NULL, N_("say for each line of a page whether it is text, and why not"),
			&run.why},
		{OPT_FLAG, 0, "json", NULL, N_("NDJSON on a terminal, too"), &run.json}, {.type = OPT_END}};
	int n = cli_options(c, argc, argv, opts, N_("[FILE|URL…]"),
		N_("Reads feeds, pages or WARC files and prints their articles as NDJSON; pages on a "
		   "terminal are printed to be read. Standard input is WARC unless --as is given."));
	if (n < 0)
		return c->status;
	if (run.as && strcmp(run.as, "feed") != 0 && strcmp(run.as, "page") != 0 &&
		strcmp(run.as, "section") != 0)
		return cli_usage(c, N_("--as takes feed, page or section, not %1"), run.as, NULL);
	if (source && (worst = find_source(&run, source)) != EXIT_OK)
		return worst;
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
	arena_release(&run.arena);
	return worst;
}
