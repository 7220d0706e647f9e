/* dtd: the DTD a document brings in its own doctype, "<!DOCTYPE rss [ … ]>". libxml2 never sees it: four
 * levels of parameter entities in 444 bytes hang it, whatever its options. It is read here, flat and once,
 * for the names of its entities alone. An entity that is plain text ("&site;") is put in where it is used,
 * within ENTITIES_TEXT_MAX for a document; one that is built of others, holds markup, is long or is a file is
 * what bombs and spies are made of: a document that uses such a one is refused, one that merely declares it
 * is not. Parameter entities are passed over, so what they would declare is unknown. */
#include <string.h>

#include "base/i18n.h"
#include "markup/entity.h"
#include "markup/xml_priv.h"

#include "base/banned.h"

struct cursor {
	struct span s;
	size_t at;
};

static bool blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static void skip_blanks(struct cursor *c)
{
	while (c->at < c->s.n && blank(c->s.p[c->at]))
		c->at++;
}

static bool at_text(const struct cursor *c, const char *what)
{
	return span_starts(span_cut(c->s, c->at, c->s.n), what);
}

static void skip_behind(struct cursor *c, struct span what)
{
	size_t found = span_find(c->s, what, c->at);
	c->at = found == SIZE_MAX ? c->s.n : found + what.n;
}

/* Behind the '>' of the declaration the cursor is in; a '>' in quotes is none. */
static void skip_declaration(struct cursor *c)
{
	char quote = 0;
	for (; c->at < c->s.n; c->at++) {
		char x = c->s.p[c->at];
		if (quote)
			quote = x == quote ? 0 : quote;
		else if (x == '"' || x == '\'')
			quote = x;
		else if (x == '>')
			break;
	}
	c->at += c->at < c->s.n;
}

/* Up to a blank, a quote or '>'. */
static struct span word(struct cursor *c)
{
	size_t from = c->at;
	while (c->at < c->s.n && !blank(c->s.p[c->at]) && !strchr("\"'>", c->s.p[c->at]))
		c->at++;
	return span_cut(c->s, from, c->at);
}

/* Text, and references to characters at most. */
static bool simple(struct span value)
{
	if (value.n > ENTITY_TEXT_MAX || span_find_byte(value, '<', 0) != SIZE_MAX ||
		span_find_byte(value, '%', 0) != SIZE_MAX)
		return false;
	for (size_t at = 0; (at = span_find_byte(value, '&', at)) != SIZE_MAX;)
		if (at + 1 >= value.n || value.p[at + 1] != '#' || !entity_next(value, &at, true))
			return false;
	return true;
}

/* Behind "<!ENTITY". */
static void read_entity(struct dtd *d, struct cursor *c, struct err *e)
{
	struct own_entity x = {0};
	skip_blanks(c);
	x.name = word(c);
	skip_blanks(c);
	if (c->at < c->s.n && (c->s.p[c->at] == '"' || c->s.p[c->at] == '\'')) {
		size_t end = span_find_byte(c->s, c->s.p[c->at], c->at + 1);
		x.value = span_cut(c->s, c->at + 1, end);
		x.simple = end != SIZE_MAX && simple(x.value);
	}
	if (!span_is(x.name, "%") && x.name.n && !dtd_find(d, x.name)) {
		if (d->n == DTD_ENTITIES_MAX)
			err_set(e, ERR_LIMIT, N_("the document's own DTD declares too much; refused"), NULL,
				NULL);
		else
			d->entity[d->n++] = x;
	}
	skip_declaration(c);
}

/* What stands between the brackets; false when they do not close. */
static bool read_subset(struct dtd *d, struct cursor *c, struct err *e)
{
	while (c->at < c->s.n && !e->kind) {
		if (c->s.p[c->at] == ']') {
			c->at++;
			return true;
		}
		if (at_text(c, "<!--")) {
			c->at += strlen("<!--");
			skip_behind(c, SPAN("-->"));
		} else if (at_text(c, "<?")) {
			skip_behind(c, SPAN("?>"));
		} else if (at_text(c, "<!ENTITY")) {
			c->at += strlen("<!ENTITY");
			read_entity(d, c, e);
		} else if (at_text(c, "<!")) {
			skip_declaration(c);
		} else {
			c->at++;
		}
	}
	return false;
}

size_t dtd_read(struct dtd *d, struct span s, size_t at, struct err *e)
{
	struct cursor c = {span_cut(s, 0, at + DTD_MAX), at};
	char quote = 0;
	for (; c.at < c.s.n; c.at++) {
		char x = c.s.p[c.at];
		if (quote)
			quote = x == quote ? 0 : quote;
		else if (x == '"' || x == '\'')
			quote = x;
		else if (x == '[' || x == '>')
			break;
	}
	if (c.at < c.s.n && c.s.p[c.at] == '>')
		return c.at + 1;
	if (c.at >= s.n)
		return s.n;
	c.at++;
	if (d->to) {
		err_set(e, ERR_DATA, N_("the document brings more than one DTD; refused"), NULL, NULL);
	} else if (read_subset(d, &c, e)) {
		skip_declaration(&c);
		d->from = at;
		d->to = c.at;
	} else if (!e->kind) {
		err_set(e, ERR_LIMIT, N_("the document's own DTD is too long or never ends; refused"), NULL,
			NULL);
	}
	return e->kind ? SIZE_MAX : c.at;
}

const struct own_entity *dtd_find(const struct dtd *d, struct span name)
{
	for (size_t i = 0; i < d->n; i++)
		if (span_eq(d->entity[i].name, name))
			return &d->entity[i];
	return NULL;
}

int dtd_put(struct dtd *d, const struct own_entity *x, struct str *out, struct err *e)
{
	size_t from = out->n, at = 0;
	if (!x->simple)
		return err_set(e, ERR_DATA,
			N_("the document uses an entity of its own DTD that is no plain text; refused"), NULL,
			NULL);
	while (at < x->value.n) {
		size_t amp = span_find_byte(x->value, '&', at);
		str_add(out, span_cut(x->value, at, amp));
		if (amp == SIZE_MAX)
			break;
		at = amp;
		str_add_utf8(out, entity_next(x->value, &at, true));
	}
	d->used += out->n - from;
	if (d->used > ENTITIES_TEXT_MAX)
		return err_set(e, ERR_LIMIT,
			N_("the document puts in too much text by its own entities; refused"), NULL, NULL);
	return 0;
}
