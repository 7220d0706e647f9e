/* read_show: an article as people read it on a terminal, and why its text is what it is. */
#include "cli/item.h"
#include "cli/read.h"
#include "digest/digest.h"

#include <string.h>

#include "base/banned.h"

enum { WHY_BYTES = 160 };

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

void read_show(const struct cli *c, const struct article *x)
{
	struct str out = {0}, line = {0};
	put_style(c, &out, "1");
	put_paragraph(&out, span_of(x->title ? x->title : _("(no title)")));
	put_style(c, &out, "0");
	put_byline(c, x, &out);
	bool article = !x->kind || strcmp(x->kind, "article") == 0;
	if (!article) {
		str_addc(&out, '\n');
		put_paragraph(
			&out, span_of(strcmp(x->kind, "index") == 0 ? _("A list of articles, none itself.")
								    : _("No article: next to no text.")));
	}
	if (article && x->summary && !(x->text && strstr(x->text, x->summary)))
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
	size_t n = WHY_BYTES < s.n ? WHY_BYTES : s.n;
	while (n < s.n && n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
		n--;
	return span_cut(s, 0, n);
}

void read_why(const struct page_why *why)
{
	struct str out = {0};
	if (why->chosen) {
		err_format(&out, why->asked ? _("text: %1 (named by the source)") : _("text: %1"),
			why->chosen, NULL);
	} else {
		str_adds(&out, _("text: none found"));
	}
	str_addc(&out, '\n');
	if (why->from_json)
		str_addf(&out, "%s\n",
			_("The page shows less than half of the articleBody it gives to machines: that is "
			  "the text."));
	if (why->removed)
		str_addf(&out, _("%zu elements left out, as the source's remove: says\n"), why->removed);
	for (size_t i = 0; i < why->n; i++) {
		const struct page_line *l = &why->lines[i];
		struct span shown = shorten(l->text);
		if (l->cut)
			str_addf(&out, "- [%s] ", _(l->cut));
		else
			str_adds(&out, "+ ");
		show_safe(&out, shown, true);
		str_adds(&out, shown.n < l->text.n ? "…\n" : "\n");
	}
	out_str(&out);
	str_release(&out);
}
