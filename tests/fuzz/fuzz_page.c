/* fuzz_page: any UTF-8 as an article's page. Beyond not crashing: every text is valid UTF-8 within its limit,
 * the article can be written and read again, the tree keeps its bounds, and text that is plain already stays
 * as it is when made plain once more. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/str.h"
#include "base/utf8.h"
#include "markup/markup.h"
#include "page/page.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

/* The contract is valid UTF-8: what is not is replaced, as decode/ does. */
static struct span make_valid(struct arena *a, struct span s)
{
	struct str out;
	str_init(&out, 3 * s.n + 1);
	for (size_t at = 0; at < s.n;)
		str_add_utf8(&out, utf8_next(s, &at, NULL));
	struct span valid = arena_span(a, str_span(&out));
	str_release(&out);
	return valid;
}

static void check_tree(struct arena *a, struct span html, struct report *rep, struct err *e)
{
	struct node *root;
	uint32_t order = 0;
	check(markup_html(a, html, &root, rep, e) == 0);
	for (const struct node *n = root; n; n = node_after(n, root)) {
		unsigned depth = 0;
		check(n->order < HTML_NODES_MAX && (order++ == 0 || n->parent));
		check(utf8_valid(n->text) && utf8_valid(n->tag));
		for (const struct node *up = n; up; up = up->parent)
			depth++;
		check(depth <= HTML_DEPTH_MAX + 2);
	}
	check(order <= HTML_NODES_MAX);
}

static void check_article(struct arena *a, struct article *x)
{
	struct str line = {0};
	struct article again;
	struct err e = {0};
	check(x->kind != NULL);
	check(!x->text || (utf8_valid(span_of(x->text)) && strlen(x->text) <= TEXT_MAX));
	check(!x->title || (utf8_valid(span_of(x->title)) && strlen(x->title) <= TITLE_MAX));
	check(!x->summary || utf8_valid(span_of(x->summary)));
	for (size_t i = 0; i < x->n_authors; i++)
		check(utf8_valid(span_of(x->authors[i])));
	article_set_id(a, x);
	article_write(x, &line);
	check(article_read(a, str_span(&line), &again, &e) == 0);
	str_release(&line);
}

static void check_plain(struct span html)
{
	struct str once = {0};
	markup_text(html, false, &once);
	check(utf8_valid(str_span(&once)));
	check(once.n == 0 || (once.p[0] != ' ' && once.p[once.n - 1] != ' '));
	str_release(&once);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = {0};
	struct report rep = {0};
	struct err e = {0};
	struct article x = {0};
	const struct page_hints h = {.url = "https://tin.example/bai/1.html"};
	struct span html = make_valid(&a, (struct span){(const char *)data, size});
	check_plain(html);
	check_tree(&a, html, &rep, &e);
	check(page_read(&a, html, &h, &x, &rep, &e) == 0 && e.kind == ERR_NONE);
	check_article(&a, &x);
	report_release(&rep);
	arena_release(&a);
	return 0;
}
