/* scan: the daily job, and its first half alone (`soatin fetch`). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/url.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/names.h"
#include "scan/scan.h"

#include "base/banned.h"

static void on_fault(void *ctx, const char *source, const struct err *e)
{
	struct cli *c = ctx;
	say_err(c, source, e);
	if (c->status == EXIT_OK)
		c->status = EXIT_SOME;
}

static void on_remark(void *ctx, const char *source, const char *url, const struct remark *r)
{
	struct cli *c = ctx;
	if (remark_level(r->id) != LEVEL_ERROR)
		return;
	say_remark(c, source, url, r);
	if (c->status == EXIT_OK)
		c->status = EXIT_SOME;
}

static void on_notice(void *ctx, const char *source, const struct err *what)
{
	say_err(ctx, source, what);
}

static void on_progress(void *ctx, size_t done, size_t total)
{
	(void)ctx;
	dprintf(STDERR_FILENO, "\r\033[K%zu/%zu%s", done, total, done == total ? "\r\033[K" : "");
}

static void on_article(void *ctx, struct span line)
{
	(void)ctx;
	out_text(line);
}

static void put_count(struct cli *c, struct str *s, const char *text, int64_t n)
{
	struct str number = {0};
	show_number(c, n, &number);
	str_adds(s, s->n ? ", " : "");
	err_format(s, _(text), number.p, NULL);
	str_release(&number);
}

static void summary(struct cli *c, const struct scan_totals *t)
{
	struct str s = {0};
	put_count(c, &s, N_("%1 sources"), t->sources);
	put_count(c, &s, N_("%1 unchanged"), t->unchanged);
	put_count(c, &s, N_("%1 errors"), t->failed);
	put_count(c, &s, N_("%1 articles"), t->articles);
	put_count(c, &s, N_("%1 new"), t->added);
	put_count(c, &s, N_("%1 updated"), t->updated);
	put_count(c, &s, N_("%1 flagged"), t->flagged);
	str_addc(&s, '\n');
	out_str(&s);
	str_release(&s);
}

/* What both commands load. Each part is NULL or zero until loaded. */
struct loaded {
	struct gazetteer *gazetteer;
	struct ruleset *rules;
	struct source_list sources;
	struct queue *queue;
	int lock;
};

static void unload(struct loaded *l)
{
	queue_close(l->queue);
	if (l->lock >= 0)
		close(l->lock);
	ruleset_free(l->rules);
	gazetteer_free(l->gazetteer);
}

static int take_lock(struct cli *c, struct loaded *l, struct err *e)
{
	const char *queue = cli_queue_path(c);
	char *real = realpath(queue, NULL); /* one lock for a queue, whatever links lead to it */
	if (real)
		queue = arena_strdup(&c->arena, real);
	free(real);
	if (dir_make_above(queue, e) < 0)
		return -1;
	l->lock = lock_take(arena_printf(&c->arena, "%s.lock", queue), e);
	return l->lock < 0 ? -1 : 0;
}

/* The sources to ask. None at all is a mistake somewhere: a scan of nothing would look as if all were well.
 */
static int sources(struct cli *c, const struct texts *feeds, struct loaded *l, struct err *e)
{
	if (cli_sources(c, l->gazetteer, feeds, &l->sources, e) < 0)
		return -1;
	if (l->sources.n)
		return 0;
	const char *from = feeds->n ? feeds->p[0] : c->settings.n_feeds ? c->settings.feeds[0] : c->data;
	err_set(e, ERR_CONF, N_("no sources in %1"), from, NULL);
	return err_todo(e, N_("name a file or folder that holds sources; \"soatin feeds add\" writes one"));
}

static int only(struct cli *c, const struct texts *ids, struct source_list *l)
{
	size_t n = 0;
	for (size_t k = 0; k < ids->n; k++) {
		bool found = false;
		for (size_t i = 0; i < l->n; i++)
			found |= strcmp(l->p[i].id, ids->p[k]) == 0;
		if (!found)
			return cli_no_source(c, l, ids->p[k]);
	}
	for (size_t i = 0; ids->n && i < l->n; i++)
		for (size_t k = 0; k < ids->n; k++)
			if (strcmp(l->p[i].id, ids->p[k]) == 0) {
				l->p[n++] = l->p[i];
				break;
			}
	if (ids->n)
		l->n = n;
	return 0;
}

static int scan(struct cli *c, struct scan_plan *p, struct loaded *l, const struct texts *feeds,
	const struct texts *rules, const struct texts *ids, bool quiet)
{
	struct err e = {0};
	struct scan_totals t;
	struct scan_events on = {
		on_fault, on_remark, on_notice, stderr_is_terminal() ? on_progress : NULL, c};
	if (cli_settings(c, &e) < 0 || cli_gazetteer(c, &l->gazetteer, &e) < 0 ||
		cli_rules(c, l->gazetteer, rules, false, &l->rules, &e) < 0)
		return say_err(c, NULL, &e);
	if (!p->replay && sources(c, feeds, l, &e) < 0)
		return say_err(c, NULL, &e);
	if (only(c, ids, &l->sources) != 0)
		return EXIT_USAGE;
	if (take_lock(c, l, &e) < 0 || cli_queue(c, QUEUE_WRITE, &l->queue, &e) < 0)
		return say_err(c, NULL, &e);
	if (p->archive_dir && dir_make(p->archive_dir, &e) < 0)
		return say_err(c, NULL, &e);
	p->settings = &c->settings;
	p->sources = &l->sources;
	p->gazetteer = l->gazetteer;
	p->rules = l->rules;
	if (scan_run(p, l->queue, &on, &t, &e) < 0)
		return say_err(c, NULL, &e);
	if (t.failed && c->status == EXIT_OK)
		c->status = EXIT_SOME; /* told or not */
	if (!quiet)
		summary(c, &t);
	return EXIT_OK;
}

int cmd_scan(struct cli *c, int argc, char **argv)
{
	bool no_pages = false, cron = false, force = false, articles = false, no_archive = false;
	const char *replay = NULL;
	struct texts feeds = {0}, rules = {0};
	int64_t workers = 0;
	const struct opt opts[] = {{OPT_TEXT, 0, "replay", N_("FILE"),
					   N_("read a recorded WARC file instead of the network"), &replay},
		{OPT_FLAG, 0, "no-pages", NULL, N_("do not fetch the pages of entries without text"),
			&no_pages},
		{OPT_FLAG, 0, "no-archive", NULL, N_("do not keep the bytes"), &no_archive},
		{OPT_FLAG, 'f', "force", NULL, N_("ask sources that need not be asked yet, too"), &force},
		{OPT_FLAG, 0, "cron", NULL, N_("say nothing when all is well, and what lasts once"), &cron},
		{OPT_FLAG, 0, "articles", NULL, N_("print the articles as NDJSON, as read and match would"),
			&articles},
		{OPT_LIST, 0, "feeds", N_("FILE"), N_("read sources from this file or folder (repeatable)"),
			&feeds},
		{OPT_LIST, 0, "rules", N_("FILE"), N_("read rules from this file or folder (repeatable)"),
			&rules},
		{OPT_INT, 0, "workers", N_("N"), N_("worker processes; as many as processors by default"),
			&workers},
		{.type = OPT_END}};
	int n = cli_options(c, argc, argv, opts, N_("[SOURCE…]"),
		N_("Fetches the sources, reads and matches what they bring, and files it in the queue."));
	if (n < 0)
		return c->status;
	if (workers < 0 || workers > 8)
		return cli_usage(c, N_("--workers takes a number from 0 to 8"), NULL, NULL);
	if (replay && n)
		return cli_usage(c, N_("--replay reads all of its file, not %1 alone"), argv[1], NULL);
	struct err e = {0};
	if (cli_settings(c, &e) < 0)
		return say_err(c, NULL, &e);
	struct texts ids = {(const char **)argv + 1, (size_t)n};
	struct loaded l = {.lock = -1};
	struct scan_plan p = {.version = SOATIN_VERSION,
		.replay = replay,
		.no_pages = no_pages,
		.once = cron,
		.force = force,
		.now = c->now,
		.workers = (int)workers,
		.archive_dir = replay || no_archive ? NULL : cli_archive_dir(c),
		.crash_on = getenv("SOATIN_TEST_CRASH"),
		.article = articles ? on_article : NULL};
	int status = scan(c, &p, &l, &feeds, &rules, &ids, cron || articles);
	unload(&l);
	return status;
}

/* A source made of a bare address on the command line. The address was named by the person, so it may be
 * private. */
static void add_address(struct cli *c, const char *url, struct source_list *l)
{
	struct source_conf *p = arena_array(&c->arena, struct source_conf, l->n + 1);
	if (l->n)
		memcpy(p, l->p, l->n * sizeof *p);
	p[l->n] = (struct source_conf){.id = url_host(&c->arena, url),
		.name = url_host(&c->arena, url),
		.url = url,
		.as = "feed",
		.enabled = true,
		.pages = true,
		.robots = true,
		.allow_private = true};
	l->p = p;
	l->n++;
}

int cmd_fetch(struct cli *c, int argc, char **argv)
{
	bool no_pages = false;
	struct texts feeds = {0};
	const struct opt opts[] = {{OPT_FLAG, 0, "no-pages", NULL,
					   N_("do not fetch the pages of entries without text"), &no_pages},
		{OPT_LIST, 0, "feeds", N_("FILE"), N_("read sources from this file or folder (repeatable)"),
			&feeds},
		{.type = OPT_END}};
	int n = cli_options(c, argc, argv, opts, N_("[SOURCE|URL…]"),
		N_("Fetches sources and prints the answers as WARC."));
	if (n < 0)
		return c->status;
	struct err e = {0};
	struct loaded l = {.lock = -1};
	struct source_list asked = {0};
	struct texts ids = {arena_array(&c->arena, const char *, (size_t)n + 1), 0};
	struct scan_events on = {
		on_fault, on_remark, on_notice, stderr_is_terminal() ? on_progress : NULL, c};
	struct scan_totals t;
	int status = EXIT_OK;
	for (int i = 1; i <= n; i++) {
		if (url_is_web(argv[i]))
			add_address(c, argv[i], &asked);
		else
			ids.p[ids.n++] = argv[i];
	}
	if (out_is_terminal())
		return cli_usage(c, N_("WARC is not for a terminal; use a pipe or a file"), NULL, NULL);
	if (cli_settings(c, &e) < 0 || cli_gazetteer(c, &l.gazetteer, &e) < 0 ||
		((ids.n || !asked.n) && sources(c, &feeds, &l, &e) < 0)) {
		status = say_err(c, NULL, &e);
		goto done;
	}
	if (only(c, &ids, &l.sources) != 0) {
		status = EXIT_USAGE;
		goto done;
	}
	for (size_t i = 0; i < asked.n; i++)
		add_address(c, asked.p[i].url, &l.sources);
	struct scan_plan p = {.settings = &c->settings,
		.sources = &l.sources,
		.gazetteer = l.gazetteer,
		.version = SOATIN_VERSION,
		.no_pages = no_pages,
		.now = c->now,
		.crash_on = getenv("SOATIN_TEST_CRASH")};
	if (scan_fetch(&p, STDOUT_FILENO, &on, &t, &e) < 0)
		status = say_err(c, NULL, &e);
done:
	unload(&l);
	return status;
}
