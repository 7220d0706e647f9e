/* feeds_ask: the network behind `soatin feeds`. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/url.h"
#include "cli/feeds.h"

#include "base/banned.h"

enum { STEP_MS = 500 };

struct asking {
	feeds_answer_fn *done;
	void *ctx;
	size_t answered, all;
};

static void on_answer(const struct fetch_answer *answer, void *ctx)
{
	struct asking *a = ctx;
	const size_t *i = answer->request->tag;
	a->answered++;
	if (stderr_is_terminal() && a->all > 1)
		dprintf(STDERR_FILENO, "\r\033[K%zu/%zu%s", a->answered, a->all,
			a->answered == a->all ? "\r\033[K" : "");
	a->done(a->ctx, *i, answer);
}

static void add(struct cli *c, struct fetch *f, const struct source_conf *x, size_t *index)
{
	struct fetch_request q = {.url = x->url,
		.headers = x->headers,
		.n_headers = x->n_headers,
		.user_agent = x->user_agent,
		.max_bytes = (size_t)x->max_bytes,
		.tag = index};
	if (x->allow_private)
		q.allow_host = url_host(&c->arena, x->url);
	fetch_add(f, &q);
}

int feeds_ask(struct cli *c, const struct source_list *l, feeds_answer_fn *done, void *ctx, struct err *e)
{
	struct asking asking = {.done = done, .ctx = ctx, .all = l->n};
	struct fetch *f = NULL;
	int rc = -1;
	if (cli_settings(c, e) < 0)
		return -1;
	struct fetch_settings how = scan_manners(&c->arena, &c->settings, SOATIN_VERSION);
	if (fetch_new(&how, on_answer, &asking, &f, e) < 0)
		return -1;
	size_t *index = arena_array(&c->arena, size_t, l->n + 1);
	for (size_t i = 0; i < l->n; i++) {
		index[i] = i;
		add(c, f, &l->p[i], &index[i]);
	}
	while (fetch_pending(f))
		if (fetch_step(f, NULL, 0, STEP_MS, e) < 0)
			goto done;
	rc = 0;
done:
	fetch_free(f);
	return rc;
}
