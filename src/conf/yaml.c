/* yaml: the strict reader. libfyaml finds the events; this file builds the tree from them and refuses what
 * the profile leaves out.
 *
 * Why events and not libfyaml's documents: the tree lives in the caller's arena with nothing else behind it,
 * a key met twice can be told with both its lines, and what is not allowed (anchors, aliases, tags,
 * directives, a second document, a map as a key) is refused where it stands. 1,000 rules (1.1 MB, 91,000
 * events) take 22 ms so, of which the tree is a tenth.
 *
 * Most people who write these files know YAML from copying. So the complaints of libfyaml that such people
 * run into are put in other words (the table `complaints`), and two mistakes that libfyaml takes for good
 * YAML are refused with what probably happened: a bracket that is not closed swallows the lines below it, and
 * a "\b" in double quotes is a control character. */
#include "conf/conf.h"
#include "conf/conf_priv.h"

#include <libfyaml.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/utf8.h"

#include "base/banned.h"

enum { FEW_KEYS = 12 }; /* up to so many keys of a map are compared pair by pair */

/* An open list or map. */
struct frame {
	struct conf *node;
	struct conf **tail; /* where the next child goes */
	bool flow;          /* written with brackets */
	bool have_key;      /* map: a key was read, its value is next */
	struct span key;
	long key_line, key_col;
};

struct reader {
	struct arena *a;
	struct err *e;
	const char *name;
	struct span yaml;
	struct conf *root;
	struct frame stack[CONF_DEPTH_MAX];
	size_t depth;
	int documents;
	long line, col; /* of the last thing that had a place */
};

/* ---- faults ---- */

static int fault(struct reader *r, long line, long col, const char *text, const char *a, const char *b)
{
	err_set(r->e, ERR_CONF, text, a, b);
	return err_at(r->e, r->name, line, col);
}

static int fault_here(struct reader *r, const char *text, const char *a)
{
	return fault(r, r->line, r->col, text, a, NULL);
}

/* Takes over the place of a token; `back` columns before it when the mark stands behind an indicator. */
static void place_of(struct reader *r, struct fy_token *t, int back)
{
	const struct fy_mark *m = t ? fy_token_start_mark(t) : NULL;
	if (!m)
		return;
	r->line = m->line + 1;
	r->col = m->column + 1 - back;
}

/* The first error libfyaml collected, in our words. */
static int fault_of_library(struct reader *r, struct fy_diag *diag)
{
	void *at = NULL;
	struct fy_diag_error *d = fy_diag_errors_iterate(diag, &at);
	if (!d)
		return fault_here(r, N_("cannot be read as YAML"), NULL);
	struct frame *f = r->depth ? &r->stack[r->depth - 1] : NULL;
	if (f && f->flow &&
		strstr(d->msg, "without a closing")) /* told where it opens, not at the end of the file */
		return fault(r, f->node->line, f->node->col, N_("the bracket that opens here is not closed"),
			NULL, NULL);
	const char *todo, *ours = complaint(d->msg, &todo);
	char line[24] = "";
	if (f && f->flow && f->node->line < d->line) {
		snprintf(line, sizeof line, "%ld", f->node->line);
		todo = N_("is the closing bracket missing that belongs to line %2?");
	}
	fault(r, d->line, d->column, ours, d->msg, line);
	return todo ? err_todo(r->e, todo) : -1;
}

/* ---- before libfyaml sees the text ---- */

static bool control(uint32_t c)
{
	return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c < 0xA0);
}

/* Well-formed UTF-8 without control characters, and no directives before the document. */
static int check_bytes(struct reader *r)
{
	long line = 1, col = 1;
	bool head = true; /* still before the first line with content */
	char hex[16];
	for (size_t at = 0; at < r->yaml.n;) {
		unsigned char b = (unsigned char)r->yaml.p[at];
		if (col == 1 && head) {
			if (b == '%')
				return fault(r, line, col, N_("a YAML directive (\"%\") is not allowed"),
					NULL, NULL);
			head = b == '#' || b == '\n' || b == '\r';
		}
		size_t bad = 0;
		uint32_t c = b;
		if (b >= 0x20 && b < 0x7F)
			at++;
		else
			c = utf8_next(r->yaml, &at, &bad);
		if (bad)
			return fault(r, line, col, N_("not UTF-8"), NULL, NULL);
		if (control(c)) {
			snprintf(hex, sizeof hex, "U+%04X", (unsigned)c);
			return fault(r, line, col, N_("a control character (%1) is not allowed"), hex, NULL);
		}
		col++;
		if (c == '\n' || (c == '\r' && !(at < r->yaml.n && r->yaml.p[at] == '\n'))) {
			line++;
			col = 1;
		}
	}
	return 0;
}

/* ---- the tree ---- */

/* The next free place in the tree, with its key when it is a value of a map. NULL when this may not stand
 * here (fault set). */
static struct conf *node_add(struct reader *r, enum conf_kind kind)
{
	struct conf *c = arena_new(r->a, struct conf);
	c->kind = kind;
	c->file = r->name;
	c->line = r->line;
	c->col = r->col;
	if (!r->depth) {
		r->root = c;
		return c;
	}
	struct frame *f = &r->stack[r->depth - 1];
	if (f->node->kind == CONF_MAP) {
		c->key = f->key;
		c->key_line = f->key_line;
		c->key_col = f->key_col;
		f->have_key = false;
	}
	*f->tail = c;
	f->tail = &c->next;
	f->node->n++;
	return c;
}

/* A plain or quoted text, read from the source by flow.c. */
static int read_flow(struct reader *r, struct fy_token *t, enum fy_scalar_style style, struct span *text)
{
	const struct fy_mark *m = fy_token_start_mark(t), *end = fy_token_end_mark(t);
	struct span raw = m && end ? span_cut(r->yaml, m->input_pos, end->input_pos) : (struct span){0};
	char quote = style == FYSS_SINGLE_QUOTED ? '\'' : style == FYSS_DOUBLE_QUOTED ? '"' : 0;
	struct str s;
	char what[3] = "", first = quote == '"' ? '\\' : quote ? quote : '\n';
	if (raw.n && !memchr(raw.p, first, raw.n) && !memchr(raw.p, '\n', raw.n) &&
		!memchr(raw.p, '\r', raw.n)) {
		*text = arena_span(r->a, raw); /* nearly all: nothing to undo */
		return 0;
	}
	str_init(&s, CONF_FILE_MAX);
	size_t bad = flow_read(raw, quote, &s);
	*text = arena_span(r->a, str_span(&s));
	str_release(&s);
	if (bad == SIZE_MAX)
		return 0;
	for (size_t at = 0; at < bad;) { /* the place of the escape */
		uint32_t c = utf8_next(raw, &at, NULL);
		r->col = c == '\n' ? 1 : r->col + 1;
		r->line += c == '\n';
	}
	snprintf(what, sizeof what, "\\%c", bad + 1 < raw.n ? raw.p[bad + 1] : 0);
	return fault_here(r, N_("\"%1\" in double quotes is a control character; use single quotes"), what);
}

/* A text behind "|" or ">", read from the source by block.c. libfyaml takes lines that are indented no more
 * than their key for its text; those are refused. */
static int read_block(struct reader *r, const struct frame *f, struct fy_token *t, struct span *text)
{
	const struct fy_mark *m = fy_token_start_mark(t), *end = fy_token_end_mark(t);
	struct str s;
	long line, col;
	int rc = 0;
	str_init(&s, CONF_FILE_MAX);
	if (!m || !end)
		return fault_here(r, N_("cannot be read as YAML"), NULL);
	enum block_result got = block_read(r->yaml, m->input_pos, end->input_pos, &s, &line, &col);
	r->line += line - 1;
	r->col = col;
	if (got == BLOCK_NUMBER)
		rc = fault_here(r, N_("a number behind \"|\" or \">\" is not allowed"), NULL);
	else if (got == BLOCK_UNEVEN)
		rc = fault_here(r, N_("this line is indented less than the first of its text"), NULL);
	else if (got == BLOCK_NO_HEADER)
		rc = fault_here(r, N_("cannot be read as YAML"), NULL);
	else if (f && span_trim(str_span(&s)).n &&
		 col <= (f->node->kind == CONF_MAP ? f->key_col : f->node->col))
		rc = fault_here(r, N_("this text must be indented more than the key it belongs to"), NULL);
	*text = arena_span(r->a, str_span(&s));
	str_release(&s);
	return rc;
}

static int key_take(struct reader *r, struct frame *f, struct span text)
{
	f->have_key = true;
	f->key = text;
	f->key_line = r->line;
	f->key_col = r->col;
	if (!text.n)
		return fault_here(r, N_("a key without a name"), NULL);
	if (span_find_byte(text, '\n', 0) != SIZE_MAX)
		return fault_here(r, N_("a key must be one line"), NULL);
	return 0;
}

static int scalar(struct reader *r, struct fy_token *t)
{
	enum fy_scalar_style style = fy_token_scalar_style(t);
	struct frame *f = r->depth ? &r->stack[r->depth - 1] : NULL;
	struct span text = {0};
	place_of(r, t, 0);
	if (style == FYSS_LITERAL || style == FYSS_FOLDED) {
		if (read_block(r, f, t, &text) < 0)
			return -1;
	} else if (read_flow(r, t, style, &text) < 0) {
		return -1;
	}
	if (f && f->node->kind == CONF_MAP && !f->have_key)
		return key_take(r, f, text);
	struct conf *c = node_add(r, CONF_SCALAR);
	c->text = text;
	c->quoted = style != FYSS_PLAIN;
	c->null = !c->quoted && text.n == 0;
	return 0;
}

static int open_node(struct reader *r, enum conf_kind kind, struct fy_token *t)
{
	place_of(r, t, 0);
	struct frame *f = r->depth ? &r->stack[r->depth - 1] : NULL;
	const struct fy_mark *from = t ? fy_token_start_mark(t) : NULL;
	char c = from && from->input_pos < r->yaml.n ? r->yaml.p[from->input_pos] : 0;
	const struct fy_mark *to = t ? fy_token_end_mark(t) : NULL;
	bool flow = (c == '[' || c == '{') && to && to->input_pos > from->input_pos;
	if (f && f->flow &&
		!flow) { /* "[a: b]" is a map of one in YAML; here it is nearly always a lost bracket */
		char line[24];
		snprintf(line, sizeof line, "%ld", f->node->line);
		fault(r, r->line, r->col, N_("\"key: value\" inside a list in brackets"), NULL, line);
		return err_todo(r->e, N_("is the closing bracket missing that belongs to line %2?"));
	}
	if (f && f->node->kind == CONF_MAP && !f->have_key)
		return fault_here(r, N_("a key must be a text"), NULL);
	if (r->depth == CONF_DEPTH_MAX) {
		char max[24];
		snprintf(max, sizeof max, "%d", CONF_DEPTH_MAX);
		return fault_here(r, N_("nested deeper than %1"), max);
	}
	struct conf *node = node_add(r, kind);
	r->stack[r->depth++] = (struct frame){.node = node, .tail = &node->child, .flow = flow};
	return 0;
}

static int fault_twice(struct reader *r, const struct conf *first, const struct conf *again)
{
	char line[24];
	snprintf(line, sizeof line, "%ld", first->key_line);
	return fault(r, again->key_line, again->key_col,
		N_("\"%1\" stands here a second time; the first is in line %2"), again->key.p, line);
}

static int check_keys_map(struct reader *r, const struct conf *map)
{
	struct map seen = {0};
	int rc = 0;
	for (struct conf *c = map->child; c && !rc; c = c->next) {
		struct conf *first = map_get(&seen, c->key);
		if (first)
			rc = fault_twice(r, first, c);
		else
			map_put(&seen, c->key, c);
	}
	map_release(&seen);
	return rc;
}

static int check_keys(struct reader *r, const struct conf *map)
{
	if (map->n > FEW_KEYS)
		return check_keys_map(r, map);
	for (const struct conf *c = map->child; c; c = c->next)
		for (const struct conf *d = map->child; d != c; d = d->next)
			if (span_eq(c->key, d->key))
				return fault_twice(r, d, c);
	return 0;
}

static int close_node(struct reader *r)
{
	struct conf *node = r->stack[--r->depth].node;
	return node->kind == CONF_MAP ? check_keys(r, node) : 0;
}

/* Anchors and tags stand before any kind of node. */
static int check_properties(struct reader *r, struct fy_event *ev)
{
	struct fy_token *anchor = ev->type == FYET_ALIAS ? NULL : fy_event_get_anchor_token(ev);
	struct fy_token *tag = fy_event_get_tag_token(ev);
	if (!anchor && !tag)
		return 0;
	place_of(r, anchor ? anchor : tag, anchor ? 1 : 0);
	fault_here(r, anchor ? N_("an anchor (\"&\") is not allowed") : N_("a tag (\"!\") is not allowed"),
		NULL);
	return err_todo(r->e, N_("if the text is meant, put it in single quotes"));
}

static int take_event(struct reader *r, struct fy_event *ev)
{
	switch (ev->type) {
	case FYET_DOCUMENT_START:
		place_of(r, ev->document_start.document_start, 0);
		if (++r->documents > 1)
			return fault_here(
				r, N_("a second document is not allowed; one file holds one"), NULL);
		return 0;
	case FYET_ALIAS:
		place_of(r, ev->alias.anchor, 1);
		fault_here(r, N_("an alias (\"*\") is not allowed"), NULL);
		return err_todo(r->e, N_("if the text is meant, put it in single quotes"));
	case FYET_SCALAR:
		return check_properties(r, ev) < 0 ? -1 : scalar(r, ev->scalar.value);
	case FYET_SEQUENCE_START:
		return check_properties(r, ev) < 0
			       ? -1
			       : open_node(r, CONF_LIST, ev->sequence_start.sequence_start);
	case FYET_MAPPING_START:
		return check_properties(r, ev) < 0 ? -1
						   : open_node(r, CONF_MAP, ev->mapping_start.mapping_start);
	case FYET_SEQUENCE_END:
	case FYET_MAPPING_END:
		place_of(r, fy_event_get_token(ev), 0);
		return close_node(r);
	case FYET_NONE:
	case FYET_STREAM_START:
	case FYET_STREAM_END:
	case FYET_DOCUMENT_END:
		return 0;
	}
	return 0;
}

static int read_events(struct reader *r)
{
	struct fy_diag_cfg quiet;
	fy_diag_cfg_default(&quiet);
	quiet.fp = NULL; /* nothing of libfyaml's goes to stderr */
	struct fy_diag *diag = fy_diag_create(&quiet);
	struct fy_parser *parser = NULL;
	struct fy_event *ev;
	int rc = -1;
	if (diag)
		fy_diag_set_collect_errors(diag, true);
	struct fy_parse_cfg cfg = {.flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG, .diag = diag};
	if (diag)
		parser = fy_parser_create(&cfg);
	if (!parser || fy_parser_set_string(parser, r->yaml.p, r->yaml.n)) {
		err_set(r->e, ERR_SYSTEM, N_("the YAML reader could not be started"), NULL, NULL);
		goto done;
	}
	rc = 0;
	while (!rc && (ev = fy_parser_parse(parser))) {
		rc = take_event(r, ev);
		fy_parser_event_free(parser, ev);
	}
	if (!rc && (fy_parser_get_stream_error(parser) || fy_diag_got_error(diag)))
		rc = fault_of_library(r, diag);
done:
	if (parser)
		fy_parser_destroy(parser);
	if (diag)
		fy_diag_destroy(diag);
	return rc;
}

int conf_parse(struct arena *a, const char *name, struct span yaml, struct conf **out, struct err *e)
{
	struct reader r = {.a = a, .e = e, .name = arena_strdup(a, name), .yaml = yaml, .line = 1, .col = 1};
	*out = NULL;
	if (yaml.n > CONF_FILE_MAX) {
		char max[24];
		snprintf(max, sizeof max, "%d", CONF_FILE_MAX);
		return fault(&r, 0, 0, N_("larger than %1 bytes"), max, NULL);
	}
	if (span_starts(yaml, "\xEF\xBB\xBF"))
		r.yaml = span_cut(yaml, 3, yaml.n);
	if (check_bytes(&r) < 0 || (r.yaml.n && read_events(&r) < 0))
		return -1;
	if (!r.root) { /* nothing but comments */
		r.root = node_add(&r, CONF_SCALAR);
		r.root->null = true;
	}
	*out = r.root;
	return 0;
}

int conf_load(struct arena *a, const char *path, struct conf **out, struct err *e)
{
	struct span text;
	*out = NULL;
	if (file_read(a, path, CONF_FILE_MAX, &text, e) < 0) {
		e->kind = ERR_CONF; /* whatever hinders reading it, the configuration is what is wrong */
		return -1;
	}
	return conf_parse(a, path, text, out, e);
}
