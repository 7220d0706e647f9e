/* read_show: an article as people read it on a terminal, and why its text is what it is. */
#include "cli/item.h"
#include "cli/read.h"
#include "digest/digest.h"

#include <string.h>

#include "base/banned.h"

enum { WHY_BYTES = 160, WORD_BYTES = 40, WHY_INDENT = 2 };

static void put_style(const struct cli *c, struct str *out, const char *sgr)
{
	if (out_color(c))
		str_addf(out, "\033[%sm", sgr);
}

static void put_paragraph(struct str *out, struct span text)
{
	struct str safe = {0};
	show_safe(&safe, text, true);
	wrap_add(out, str_span(&safe));
	str_release(&safe);
}

/* Each line a paragraph of its own, with a blank one before it. */
static void put_lines(struct str *out, const char *text)
{
	struct span rest = span_of(text), line;
	while (span_next(&rest, '\n', &line))
		if (line.n) {
			str_addc(out, '\n');
			put_paragraph(out, line);
		}
}

static void put_byline(const struct cli *c, const struct article *x, struct str *out)
{
	struct str line = {0};
	for (size_t i = 0; i < x->n_authors; i++) {
		str_adds(&line, i ? ", " : "");
		str_adds(&line, x->authors[i]);
	}
	if (x->published.known) {
		str_adds(&line, line.n ? " · " : "");
		show_stamp(c, x->published, &line);
	}
	const char *where = x->source.name ? x->source.name : x->canonical ? x->canonical : x->url;
	if (where) {
		str_adds(&line, line.n ? " · " : "");
		str_adds(&line, where);
	}
	if (line.n)
		put_paragraph(out, str_span(&line));
	str_release(&line);
}

/* What the page is, when it is no article, and what to do then; NULL: it is one. */
static const char *no_article(const struct article *x)
{
	if (!x->kind || strcmp(x->kind, "article") == 0)
		return NULL;
	return strcmp(x->kind, "index") == 0
		       ? _("A list of articles, none itself: soatin feeds add --as page ADDRESS follows it.")
		       : _("No article: next to no text.");
}

void read_show(const struct cli *c, const struct article *x)
{
	struct str out = {0}, line = {0};
	put_style(c, &out, "1");
	put_paragraph(&out, span_of(x->title ? x->title : _("(no title)")));
	put_style(c, &out, "0");
	put_byline(c, x, &out);
	const char *other = no_article(x);
	if (other) {
		str_addc(&out, '\n');
		put_paragraph(&out, span_of(other));
	}
	if (!other && x->summary && !(x->text && strstr(x->text, x->summary)))
		put_lines(&out, x->summary);
	put_lines(&out, x->text);
	if (x->captions) {
		str_adds(&out, "\n");
		put_paragraph(&out, span_of(_("Captions:")));
		put_lines(&out, x->captions);
	}
	for (size_t i = 0; i < x->n_links; i++) {
		str_addf(&line, "[%zu] %s", i + 1, x->links[i]);
		str_adds(&out, i ? "" : "\n");
		put_paragraph(&out, str_span(&line));
		str_clear(&line);
	}
	out_str(&out);
	str_release(&line);
	str_release(&out);
}

static struct span shorten(struct span s)
{
	size_t n = WHY_BYTES < s.n ? WHY_BYTES : s.n, word = n;
	while (n < s.n && word > WHY_BYTES - WORD_BYTES && s.p[word] != ' ')
		word--;
	n = n < s.n && s.p[word] == ' ' ? word : n;
	while (n < s.n && n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
		n--;
	return span_cut(s, 0, n);
}

/* A line for what reads on in a pipe, wrapped on a terminal with what follows the first line indented. */
static void put_why(struct str *out, struct str *line)
{
	if (out_width())
		wrap_at(out, str_span(line), 0, WHY_INDENT, out_width());
	else
		str_addf(out, "%s\n", line->p);
	str_clear(line);
}

static void put_chosen(struct str *out, struct str *line, const struct page_why *why)
{
	if (why->chosen)
		err_format(line, why->asked ? _("text: %1 (named by the source)") : _("text: %1"),
			why->chosen, NULL);
	else
		str_adds(line, _("text: none found"));
	put_why(out, line);
	if (why->from_json) {
		str_adds(line,
			_("The page shows less than half of the articleBody it gives to machines: that is "
			  "the text."));
		put_why(out, line);
	}
	if (why->removed) {
		str_addf(line, _("%zu elements left out, as the source's remove: says"), why->removed);
		put_why(out, line);
	}
}

void read_why(const struct page_why *why, const struct article *x)
{
	struct str out = {0}, line = {0};
	if (no_article(x)) {
		str_adds(&line, no_article(x));
		put_why(&out, &line);
	}
	put_chosen(&out, &line, why);
	for (size_t i = 0; i < why->n; i++) {
		const struct page_line *l = &why->lines[i];
		struct span shown = shorten(l->text);
		if (l->cut)
			str_addf(&line, "- [%s] ", _(l->cut));
		else
			str_adds(&line, "+ ");
		show_safe(&line, shown, true);
		str_adds(&line, shown.n < l->text.n ? "…" : "");
		put_why(&out, &line);
	}
	out_str(&out);
	str_release(&line);
	str_release(&out);
}
