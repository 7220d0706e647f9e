/* gather: the text of a field, gathered until the field's end. Elements inside it, as XHTML content has them
 * and careless RSS too, are written back as HTML; what came as base64 is undone. */
#include "feed/gather.h"

#include "feed/words.h"

#include "base/banned.h"

static bool type_is_text(struct span type)
{
	return span_starts_ci(type, "text/") || span_is_ci(type, "text") || span_is_ci(type, "html") ||
	       span_is_ci(type, "xhtml") || span_ends(type, "+xml") || span_ends(type, "/xml") || !type.n;
}

/* What an Atom text construct holds; in RSS everything is HTML. */
static void text_form(struct gather *g, bool atom, const struct markup_attr *a, size_t n)
{
	g->form = !atom || g->xml ? FORM_HTML : FORM_PLAIN;
	if (!n) /* nothing more is said, as a rule */
		return;
	struct span type = span_trim(word_attr(a, n, "type")), mode = span_trim(word_attr(a, n, "mode"));
	bool html = span_is_ci(type, "html") || span_is_ci(type, "text/html") ||
		    span_is_ci(type, "application/xhtml+xml");
	g->form = !atom || html || g->xml ? FORM_HTML : FORM_PLAIN;
	g->xml |= span_is_ci(type, "xhtml") || span_is_ci(type, "application/xhtml+xml");
	if (g->xml)
		g->form = FORM_HTML;
	g->base64 = span_is_ci(mode, "base64") || (atom && !type_is_text(type) && !mode.n);
	if (g->base64 && !html && !type_is_text(type) && !g->xml && g->word->slot == SLOT_TEXT)
		g->ignore = true; /* a picture, a recording */
	if (g->base64 && g->form == FORM_PLAIN)
		g->form = FORM_RAW;
}

void gather_begin(struct gather *g, const struct word *w, unsigned depth, enum ns ns, bool atom,
	const struct markup_attr *a, size_t n)
{
	str_clear(&g->s);
	*g = (struct gather){.word = w, .depth = depth, .s = g->s, .form = FORM_PLAIN, .xml = ns == NS_XHTML};
	if (w->slot == SLOT_TITLE || w->slot == SLOT_SUMMARY || w->slot == SLOT_TEXT)
		text_form(g, atom, a, n);
}

static void put_escaped(struct str *out, struct span s, bool quotes)
{
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		const char *as = s.p[i] == '<'             ? "&lt;"
				 : s.p[i] == '&'           ? "&amp;"
				 : s.p[i] == '"' && quotes ? "&quot;"
							   : NULL;
		if (!as)
			continue;
		str_add(out, span_cut(s, from, i));
		str_adds(out, as);
		from = i + 1;
	}
	str_add(out, span_cut(s, from, s.n));
}

/* An element inside a field, written back. Only what a reader of the text can need of its attributes. */
void gather_start(struct gather *g, struct span name, const struct markup_attr *a, size_t n)
{
	static const char *const kept[] = {"href", "src", "alt"};
	if (g->form == FORM_PLAIN) { /* said to be plain, and is not */
		struct str was = g->s;
		g->s = (struct str){0};
		put_escaped(&g->s, str_span(&was), false);
		str_release(&was);
		g->form = FORM_HTML;
	}
	str_addc(&g->s, '<');
	str_add(&g->s, name);
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		struct span v = word_attr(a, n, kept[i]);
		if (!v.n)
			continue;
		str_addf(&g->s, " %s=\"", kept[i]);
		put_escaped(&g->s, v, true);
		str_addc(&g->s, '"');
	}
	str_addc(&g->s, '>');
}

void gather_end(struct gather *g, struct span name)
{
	static const char *const leaves[] = {"br", "hr", "img", "wbr", "input"};
	for (size_t i = 0; i < sizeof leaves / sizeof *leaves; i++)
		if (span_is_ci(name, leaves[i]))
			return;
	str_adds(&g->s, "</");
	str_add(&g->s, name);
	str_addc(&g->s, '>');
}

static int sextet(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static void undo_base64(struct str *s)
{
	size_t to = 0;
	unsigned bits = 0, n = 0;
	for (size_t i = 0; i < s->n; i++) {
		int v = sextet(s->p[i]);
		if (v < 0)
			continue;
		bits = bits << 6 | (unsigned)v;
		n += 6;
		if (n < 8)
			continue;
		n -= 8;
		s->p[to++] = (char)(bits >> n & 0xFF);
	}
	if (s->n)
		str_truncate(s, to);
}

void gather_text(struct gather *g, struct span text, unsigned depth)
{
	if (!g->word || g->ignore)
		return;
	if (g->xml || (g->form == FORM_HTML && depth > g->depth))
		put_escaped(&g->s, text, false);
	else
		str_add(&g->s, text);
}

bool gather_finish(struct gather *g)
{
	if (g->base64 && !g->ignore)
		undo_base64(&g->s);
	g->word = NULL;
	return !g->ignore;
}
