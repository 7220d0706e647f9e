/* explain: see explain.h. What the steps before have left in the blocks is all there is to know; here it only
 * gets words. */
#include "page/explain.h"

#include <string.h>

#include "base/i18n.h"
#include "base/str.h"

#include "base/banned.h"

enum { PATH_BYTES = 400, CLASS_BYTES = 60, LEVELS = 12 };

static const char *const reasons[VIEW_CUT_COUNT] = {[VIEW_CUT_NONE] = N_("outside the text"),
	[VIEW_CUT_BOX] = N_("a box, going by its name or tag"),
	[VIEW_CUT_COMMENT] = N_("readers' comments"),
	[VIEW_CUT_TEASER] = N_("one of several teasers alike"),
	[VIEW_CUT_NEXT] = N_("another article"),
	[VIEW_CUT_HEADED] = N_("under the heading of a box"),
	[VIEW_CUT_LINKED] = N_("links for the most part"),
	[VIEW_CUT_BYLINE] = N_("author and date"),
	[VIEW_CUT_CAPTION] = N_("a caption"),
	[VIEW_CUT_TITLE] = N_("the headline"),
	[VIEW_CUT_REFERENCE] = N_("points to another article"),
	[VIEW_CUT_TALK] = N_("talk of the page"),
	[VIEW_CUT_EDGE] = N_("before or behind the running text"),
	[VIEW_CUT_REPEAT] = N_("said before"),
	[VIEW_CUT_ASKED] = N_("outside what the source's content: names")};

/* "div#main.body" */
static void add_name(struct str *out, const struct node *n)
{
	struct span id = span_trim(node_attr(n, "id")), classes = node_attr(n, "class"), word;
	str_add(out, n->tag);
	if (id.n && id.n < CLASS_BYTES) {
		str_addc(out, '#');
		str_add(out, id);
	}
	while (span_next(&classes, ' ', &word))
		if (word.n && word.n < CLASS_BYTES) {
			str_addc(out, '.');
			str_add(out, word);
		}
}

static const char *path_of(struct arena *a, const struct view *v, uint32_t element)
{
	const struct node *chain[LEVELS];
	size_t n = 0;
	struct str s;
	str_init(&s, PATH_BYTES);
	for (const struct node *x = v->elements.p[element].node; x && x->tag.n && n < LEVELS; x = x->parent)
		chain[n++] = x;
	while (n) {
		if (s.n)
			str_adds(&s, " > ");
		add_name(&s, chain[--n]);
	}
	const char *path = arena_dup(a, str_span(&s));
	str_release(&s);
	return path;
}

void explain_page(struct arena *a, const struct view *v, uint32_t container, struct page_why *out)
{
	bool any = false;
	*out = (struct page_why){
		.n = v->blocks.n, .lines = arena_array(a, struct page_line, v->blocks.n + 1)};
	for (size_t i = 0; i < v->blocks.n; i++) {
		const struct view_block *b = &v->blocks.p[i];
		out->lines[i].text = arena_span(a, view_text(v, i));
		out->lines[i].cut = b->keep ? NULL : reasons[b->cut];
		any = any || b->keep;
	}
	out->chosen = any ? path_of(a, v, container) : NULL;
}
