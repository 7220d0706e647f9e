/* loose: XML as it should not be. One pass over the bytes that cannot fail: what is no tag is text, what is
 * no reference is an ampersand, an end tag closes whatever is open inside its element, and one without a
 * start is left out. Names are compared without case. Each mend is a remark with line and column. Elements
 * still open at the end are not closed: the caller then knows that the document was cut short, and which
 * element with it. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "markup/entity.h"
#include "markup/xml_priv.h"

#include "base/banned.h"

enum { NAME_SHOWN = 40, OWN_NAME_MAX = 64 }; /* bytes */

struct binding {
	struct span prefix, uri;
};

struct open {
	struct span raw; /* the name as written, with its prefix */
	struct span local, ns;
	size_t bindings; /* in force before it */
};

struct loose {
	struct span s;
	size_t at;
	const struct markup_events *on;
	void *ctx;
	struct report *rep;
	struct dtd *dtd;
	struct err *e;  /* set: the document is refused */
	struct str put; /* what a reference stands for */
	struct open open[DEPTH_MAX];
	size_t n_open, skipped; /* skipped: levels below the deepest that is told of */
	struct binding bindings[NAMESPACES_MAX];
	size_t n_bindings;
	struct markup_attr attrs[ATTRS_MAX];
	size_t n_attrs;
	struct span odd_attr; /* the first attribute of this tag that had to be mended */
	struct str values;
	size_t line_at; /* offset up to which lines were counted */
	long line, col;
	bool begun, ended, cut, deep;
	bool no_cdata_end, no_pi_end; /* none is in what is left */
};

static bool blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
	       (unsigned char)c >= 0x80;
}

static bool name_ends(char c)
{
	return blank(c) || c == '>' || c == '/' || c == '=' || c == '<' || c == '"' || c == '\'';
}

/* Counts lines and columns up to `at`; what lies before an earlier place keeps that one's. */
static void count_to(struct loose *x, size_t at)
{
	for (; x->line_at < at; x->line_at++) {
		if (x->s.p[x->line_at] == '\n') {
			x->line++;
			x->col = 0;
		}
		x->col += ((unsigned char)x->s.p[x->line_at] & 0xC0) != 0x80;
	}
}

static void remark(struct loose *x, enum remark_id id, size_t at, struct span arg)
{
	char text[NAME_SHOWN + 1];
	struct span cut = utf8_prefix(arg, NAME_SHOWN);
	if (cut.n)
		memcpy(text, cut.p, cut.n);
	text[cut.n] = 0;
	if (x->rep->count[id] < REPORT_MAX_PER_ID)
		count_to(x, at);
	report_add(x->rep, id, x->line, x->col, text, NULL);
}

/* ---- text ---- */

static void give(struct loose *x, struct span s)
{
	if (s.n && x->on->text && x->n_open && !x->skipped)
		x->on->text(x->ctx, s);
}

static bool forbidden(uint32_t cp)
{
	return (cp < 0x20 && cp != '\t' && cp != '\n' && cp != '\r') || cp == 0xFFFE || cp == 0xFFFF;
}

static void remark_control(struct loose *x, size_t at, uint32_t cp)
{
	char hex[16];
	snprintf(hex, sizeof hex, "U+%04X", (unsigned)cp);
	remark(x, R_MARKUP_CONTROL, at, span_of(hex));
}

/* A reference to a control character ("&#8;"), which HTML would take for a blank: *at moves behind it. */
static bool control_reference(struct span s, size_t *at, uint32_t *cp)
{
	size_t end = *at + 2, end_max = *at + 8;
	bool hex = end < s.n && (s.p[end] | 32) == 'x';
	int64_t v = 0;
	size_t from = end += hex;
	for (; end < s.n && end < end_max && s.p[end] != ';'; end++) {
		int c = s.p[end] | 32, d = c <= '9' ? c - '0' : c - 'a' + 10;
		if (c < '0' || (c > '9' && c < 'a') || d >= (hex ? 16 : 10))
			return false;
		v = v * (hex ? 16 : 10) + d;
	}
	if (end == from || end >= s.n || s.p[end] != ';' || !forbidden((uint32_t)v))
		return false;
	*cp = (uint32_t)v;
	*at = end + 1;
	return true;
}

/* A reference to an entity of the document's own: its text in x->put, *at moves behind it. One that is more
 * than text refuses the document where its text would be read, and elsewhere is left out. */
static bool own_reference(struct loose *x, struct span s, size_t *at, bool in_attribute)
{
	struct span room = span_cut(s, *at + 1, *at + 1 + OWN_NAME_MAX);
	size_t end = x->dtd->n ? span_find_byte(room, ';', 0) : SIZE_MAX;
	const struct own_entity *own = end != SIZE_MAX ? dtd_find(x->dtd, span_cut(room, 0, end)) : NULL;
	if (!own)
		return false;
	size_t place = (size_t)(s.p - x->s.p) + *at;
	bool left = !own->simple && !in_attribute && x->on->reads && !x->on->reads(x->ctx);
	*at += end + 2;
	if (left)
		remark(x, R_MARKUP_OWN_LEFT, place, own->name);
	else if (dtd_put(x->dtd, own, &x->put, x->e) == 0)
		remark(x, R_MARKUP_OWN_ENTITY, place, own->name);
	return true;
}

/* The reference at s.p[*at], what it stands for in x->put; false for a bare ampersand. In text too a name
 * needs its semicolon: much of it is addresses. */
static bool reference(struct loose *x, struct span s, size_t *at, bool in_attribute)
{
	static const char *const own[] = {"amp", "lt", "gt", "quot", "apos"};
	size_t from = *at, place = (size_t)(s.p - x->s.p) + from;
	bool numeric = from + 1 < s.n && s.p[from + 1] == '#';
	uint32_t cp;
	str_clear(&x->put);
	if (numeric && control_reference(s, at, &cp)) {
		remark_control(x, place, cp);
		return true;
	}
	if (!numeric && own_reference(x, s, at, in_attribute))
		return true;
	cp = entity_next(s, at, true);
	if (cp == 0)
		return false;
	struct span name = span_cut(s, from + 1, *at - 1);
	bool known = numeric;
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		known |= span_is(name, own[i]);
	if (!known)
		remark(x, R_MARKUP_ENTITY, place, name);
	str_add_utf8(&x->put, cp);
	return true;
}

/* Is the byte at s.p[i] one that text() must stop at? */
static bool odd(const char *p, bool references)
{
	unsigned char c = (unsigned char)*p;
	return (c == '&' && references) || (c < 0x20 && !blank((char)c)) || c == '\v' || c == '\f' ||
	       c == 0xEF;
}

static void text(struct loose *x, struct span s, bool references)
{
	size_t from = 0, at = 0;
	while (at < s.n && !x->e->kind) {
		if (!odd(s.p + at, references)) {
			at++;
			continue;
		}
		size_t here = at;
		if (s.p[at] == '&') {
			if (!reference(x, s, &at, false)) {
				remark(x, R_MARKUP_AMP, (size_t)(s.p - x->s.p) + here, (struct span){0});
				continue; /* stays in the run */
			}
		} else {
			uint32_t cp = utf8_next(s, &at, NULL);
			if (!forbidden(cp))
				continue;
			remark_control(x, (size_t)(s.p - x->s.p) + here, cp);
			str_clear(&x->put);
		}
		give(x, span_cut(s, from, here));
		give(x, str_span(&x->put));
		from = at;
	}
	give(x, span_cut(s, from, s.n));
}

/* ---- names ---- */

static struct span prefix_of(struct span name, struct span *local)
{
	size_t colon = span_find_byte(name, ':', 0);
	if (colon == SIZE_MAX || colon == 0 || colon + 1 >= name.n) {
		*local = name;
		return (struct span){NULL, 0};
	}
	*local = span_cut(name, colon + 1, name.n);
	return span_cut(name, 0, colon);
}

static struct span name_space(struct loose *x, struct span prefix, size_t at)
{
	if (span_is(prefix, "xml"))
		return SPAN("http://www.w3.org/XML/1998/namespace");
	for (size_t i = x->n_bindings; i-- > 0;)
		if (span_eq(x->bindings[i].prefix, prefix))
			return x->bindings[i].uri;
	if (!prefix.n)
		return prefix;
	remark(x, R_MARKUP_PREFIX, at, prefix);
	return xml_customary(prefix);
}

static bool same_name(struct span a, struct span b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++) {
		char c = a.p[i], d = b.p[i];
		if (c != d && ((c | 32) != (d | 32) || (c | 32) < 'a' || (c | 32) > 'z'))
			return false;
	}
	return true;
}

/* ---- elements ---- */

static void close_one(struct loose *x)
{
	const struct open *o = &x->open[--x->n_open];
	x->n_bindings = o->bindings;
	if (x->on->end)
		x->on->end(x->ctx, o->local, o->ns);
	x->ended = x->n_open == 0;
}

static void close_to(struct loose *x, size_t i, size_t at)
{
	if (x->n_open > i + 1)
		remark(x, R_MARKUP_TAG, at, x->open[x->n_open - 1].raw);
	while (x->n_open > i)
		close_one(x);
}

static void end_tag(struct loose *x, struct span name, size_t at)
{
	if (x->skipped) {
		x->skipped--;
		return;
	}
	for (size_t i = x->n_open; i-- > 0;) {
		if (same_name(x->open[i].raw, name)) {
			close_to(x, i, at);
			return;
		}
	}
	remark(x, R_MARKUP_TAG, at, name);
}

static bool is_one_of(struct span name, const char *const *list)
{
	for (; *list; list++)
		if (span_is_ci(name, *list))
			return true;
	return false;
}

/* Takes the xmlns attributes out of x->attrs into the bindings. Their values are views of the input, which
 * outlives the element. */
static void bind(struct loose *x)
{
	size_t kept = 0;
	for (size_t i = 0; i < x->n_attrs; i++) {
		struct span name = x->attrs[i].name, local, prefix = prefix_of(name, &local);
		bool whole = span_is(name, "xmlns");
		if (!whole && !span_is(prefix, "xmlns")) {
			x->attrs[kept++] = x->attrs[i];
			continue;
		}
		if (x->n_bindings < NAMESPACES_MAX)
			x->bindings[x->n_bindings++] =
				(struct binding){whole ? (struct span){NULL, 0} : local, x->attrs[i].value};
	}
	x->n_attrs = kept;
}

static void start_tag(struct loose *x, struct span raw, bool empty, size_t at)
{
	static const char *const leaves[] = {"br", "hr", "img", "wbr", "input", NULL}, *const repeat[] = {"p",
											       "li", NULL};
	if (x->n_open && is_one_of(raw, repeat) && same_name(x->open[x->n_open - 1].raw, raw))
		close_one(x);
	if (x->n_open > 2 && is_one_of(raw, leaves))
		empty = true;
	if (x->n_open == DEPTH_MAX) {
		x->deep = true;
		x->skipped += !empty;
		return;
	}
	struct open *o = &x->open[x->n_open++];
	*o = (struct open){.raw = raw, .bindings = x->n_bindings};
	bind(x);
	o->ns = name_space(x, prefix_of(raw, &o->local), at);
	for (size_t i = 0; i < x->n_attrs; i++) {
		struct markup_attr *a = &x->attrs[i];
		struct span prefix = prefix_of(a->name, &a->name);
		a->ns = prefix.n ? name_space(x, prefix, at) : prefix;
	}
	x->begun = true;
	if (x->on->place) {
		count_to(x, at);
		*(struct markup_place *)((char *)x->ctx + x->on->place) =
			(struct markup_place){x->line, x->col};
	}
	if (x->on->start)
		x->on->start(x->ctx, o->local, o->ns, x->attrs, x->n_attrs);
	if (empty)
		close_one(x);
}

/* ---- tags ---- */

static struct span value_undone(struct loose *x, struct span raw)
{
	size_t start = x->values.n, at = 0;
	if (span_find_byte(raw, '&', 0) == SIZE_MAX || raw.n + start + ENTITY_TEXT_MAX > TAG_MAX)
		return raw; /* the buffer must not move under the values that are in it */
	while (at < raw.n && raw.n + x->values.n + ENTITY_TEXT_MAX <= TAG_MAX && !x->e->kind) {
		size_t amp = span_find_byte(raw, '&', at);
		str_add(&x->values, span_cut(raw, at, amp));
		if (amp == SIZE_MAX)
			break;
		at = amp;
		if (reference(x, raw, &at, true)) {
			str_add(&x->values, str_span(&x->put));
		} else {
			remark(x, R_MARKUP_AMP, (size_t)(raw.p - x->s.p) + amp, (struct span){0});
			str_addc(&x->values, '&');
		}
	}
	return span_cut(str_span(&x->values), start, x->values.n);
}

/* The value at `at`: quoted, or up to a blank. Returns the offset behind it. */
static size_t value(struct loose *x, size_t at, struct span *out, bool *quoted)
{
	struct span s = x->s;
	*quoted = at < s.n && (s.p[at] == '"' || s.p[at] == '\'');
	if (*quoted) {
		struct span room = span_cut(s, at + 1, at + 1 + TAG_MAX);
		size_t end = span_find_byte(room, s.p[at], 0);
		if (end != SIZE_MAX) {
			*out = span_cut(room, 0, end);
			return at + 1 + end + 1;
		}
		*quoted = false;
		at++;
	}
	size_t from = at;
	while (at < s.n && !blank(s.p[at]) && s.p[at] != '>' && s.p[at] != '<')
		at++;
	if (at > from && s.p[at - 1] == '/' && at < s.n && s.p[at] == '>')
		at--;
	*out = span_cut(s, from, at);
	return at;
}

static void add_attr(struct loose *x, struct span name, struct span raw, bool sound)
{
	bool twice = false;
	for (size_t i = 0; i < x->n_attrs; i++)
		twice |= span_eq(x->attrs[i].name, name);
	if ((twice || !sound) && !x->odd_attr.n)
		x->odd_attr = name;
	if (!twice && x->n_attrs < ATTRS_MAX)
		x->attrs[x->n_attrs++] = (struct markup_attr){
			.name = name, .value = span_starts(name, "xmlns") ? raw : value_undone(x, raw)};
}

/* Attributes from `at` on. Returns the offset of '>' (or of '<' or the end, when the tag has none). */
static size_t attributes(struct loose *x, size_t at, bool *empty)
{
	struct span s = x->s;
	x->n_attrs = 0;
	x->odd_attr = (struct span){0};
	str_clear(&x->values);
	str_room(&x->values, TAG_MAX);
	for (*empty = false;;) {
		while (at < s.n && (blank(s.p[at]) || strchr("/=\"'", s.p[at])))
			at++;
		if (at >= s.n || s.p[at] == '>' || s.p[at] == '<') {
			*empty = at < s.n && s.p[at - 1] == '/';
			return at;
		}
		size_t from = at;
		while (at < s.n && !name_ends(s.p[at]))
			at++;
		struct span name = span_cut(s, from, at), raw = name;
		size_t eq = at;
		bool quoted = false;
		while (eq < s.n && blank(s.p[eq]))
			eq++;
		if (eq < s.n && s.p[eq] == '=') {
			for (at = eq + 1; at < s.n && blank(s.p[at]);)
				at++;
			at = value(x, at, &raw, &quoted);
		}
		add_attr(x, name, raw, quoted);
	}
}

static void bare(struct loose *x)
{
	remark(x, R_MARKUP_LT, x->at, (struct span){0});
	give(x, span_cut(x->s, x->at, x->at + 1));
	x->at++;
}

static void tag(struct loose *x)
{
	struct span s = x->s;
	size_t from = x->at, end_slash = from + 1 < s.n && s.p[from + 1] == '/', at = from + 1 + end_slash;
	bool empty;
	if (at >= s.n) {
		x->cut = true;
		x->at = s.n;
		return;
	}
	if (!name_start(s.p[at])) {
		bare(x);
		return;
	}
	size_t name_from = at;
	while (at < s.n && !name_ends(s.p[at]))
		at++;
	struct span name = span_cut(s, name_from, at);
	if (end_slash) {
		while (at < s.n && s.p[at] != '>' && s.p[at] != '<')
			at++;
		empty = false;
	} else {
		at = attributes(x, at, &empty);
	}
	if (at >= s.n || x->e->kind) { /* the document ends in this tag */
		x->cut = true;
		x->at = s.n;
		return;
	}
	if (s.p[at] == '<' && !end_slash) {
		bare(x);
		return;
	}
	x->at = at + (s.p[at] == '>');
	if (!end_slash && x->odd_attr.n)
		remark(x, R_MARKUP_ATTRIBUTE, from, x->odd_attr);
	if (end_slash)
		end_tag(x, name, from);
	else
		start_tag(x, name, empty, from);
}

/* What is not found once is not behind that either: the document is read no more often for it. */
static size_t find_end(struct loose *x, struct span what, size_t from, bool *none)
{
	size_t end = *none ? SIZE_MAX : span_find(x->s, what, from);
	*none = end == SIZE_MAX;
	return end;
}

/* Behind `what`; to the end of the document, which then is cut short, when it is missing. */
static void skip_to(struct loose *x, struct span what)
{
	size_t end = span_find(x->s, what, x->at);
	x->cut |= end == SIZE_MAX;
	x->at = end == SIZE_MAX ? x->s.n : end + what.n;
}

/* Without an end it ends with the element that it stands in; where that has none, with the document. */
static void cdata(struct loose *x)
{
	size_t from = x->at + strlen("<![CDATA["), end = find_end(x, SPAN("]]>"), from, &x->no_cdata_end);
	struct span name = x->n_open ? x->open[x->n_open - 1].raw : (struct span){NULL, 0};
	for (size_t at = from;
		end == SIZE_MAX && name.n && (at = span_find(x->s, SPAN("</"), at)) != SIZE_MAX; at += 2) {
		if (!same_name(span_cut(x->s, at + 2, at + 2 + name.n), name))
			continue;
		remark(x, R_MARKUP_TAG, x->at, SPAN("![CDATA["));
		text(x, span_cut(x->s, from, at), false);
		x->at = at;
		return;
	}
	x->cut |= end == SIZE_MAX;
	text(x, span_cut(x->s, from, end), false);
	x->at = end == SIZE_MAX ? x->s.n : end + 3;
}

static void piece(struct loose *x)
{
	struct span rest = span_cut(x->s, x->at, x->s.n);
	if (rest.p[0] != '<') {
		size_t n = span_find_byte(rest, '<', 0);
		struct span t = span_cut(rest, 0, n);
		text(x, t, true);
		x->at += t.n;
	} else if (span_starts(rest, "<![CDATA[")) {
		cdata(x);
	} else if (span_starts(rest, "<!--")) {
		x->at += 4;
		skip_to(x, SPAN("-->"));
	} else if (span_starts(rest, "<?")) {
		size_t end = find_end(x, SPAN("?>"), x->at, &x->no_pi_end);
		skip_to(x, end == SIZE_MAX ? SPAN(">") : SPAN("?>"));
	} else if (x->at == x->dtd->from && x->dtd->to) {
		x->at = x->dtd->to;
	} else if (span_starts_ci(rest, "<!doctype")) {
		skip_to(x, SPAN(">"));
	} else {
		tag(x);
	}
}

int xml_loose(struct span s, struct dtd *dtd, const struct markup_events *on, void *ctx, struct report *rep,
	struct err *e)
{
	struct loose *x = xcalloc(1, sizeof *x);
	int rc = MARKUP_REPAIRED;
	*x = (struct loose){
		.s = s, .on = on, .ctx = ctx, .rep = rep, .dtd = dtd, .e = e, .line = 1, .col = 1};
	str_init(&x->values, TAG_MAX * 2);
	x->at = xml_begin(s);
	if (!xml_begins_well(s, x->at))
		remark(x, R_MARKUP_JUNK, 0, (struct span){0});
	while (x->at < s.n && !x->ended && x->skipped < DEPTH_SKIP_MAX && !e->kind)
		piece(x);
	if (e->kind)
		rc = -1;
	else if (x->skipped >= DEPTH_SKIP_MAX)
		rc = err_set(e, ERR_LIMIT,
			N_("the document is nested too deep or declares too much; refused"), NULL, NULL);
	else if (!x->begun)
		rc = err_set(e, ERR_DATA, N_("not XML: no element in it"), NULL, NULL);
	else if (!x->ended)
		rc = MARKUP_PARTIAL;
	else if (span_find_byte(s, '<', x->at) != SIZE_MAX)
		remark(x, R_MARKUP_JUNK, x->at, (struct span){0});
	if (rc >= 0 && x->deep) {
		char levels[16];
		snprintf(levels, sizeof levels, "%d", DEPTH_MAX);
		remark(x, R_MARKUP_CUT, x->at, span_of(levels));
	}
	str_release(&x->values);
	str_release(&x->put);
	free(x);
	return rc;
}
