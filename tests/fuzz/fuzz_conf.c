/* fuzz_conf: any bytes as a configuration file. Beyond not crashing: a refusal has its place, and what is
 * accepted keeps the promises of conf.h: UTF-8 without control characters, keys once, counts and places that
 * fit the text. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "conf/conf.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* libfyaml 0.7.12 loses a buffer on some texts it refuses: a process that reads its configuration once can
 * bear it. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libfyaml";
}

static void check(bool holds)
{
	if (!holds)
		abort();
}

static void check_text(struct span s)
{
	check(s.p[s.n] == 0 && utf8_valid(s));
	for (size_t i = 0; i < s.n; i++)
		check((unsigned char)s.p[i] >= 0x20 || s.p[i] == '\n' || s.p[i] == '\t');
}

static void check_node(const struct conf *c, long lines, int depth)
{
	size_t n = 0;
	check(depth <= CONF_DEPTH_MAX && c->line >= 1 && c->line <= lines && c->col >= 1);
	if (c->kind == CONF_SCALAR) {
		check(!c->child && !c->n);
		if (c->text.p)
			check_text(c->text);
	}
	for (const struct conf *d = c->child; d; d = d->next, n++) {
		check_node(d, lines, depth + 1);
		if (c->kind == CONF_MAP) {
			check_text(d->key);
			check(d->key.n && conf_get(c, d->key.p) == d && d->key_line >= 1 &&
				d->key_line <= lines);
		}
	}
	check(n == c->n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = {0};
	struct conf *c;
	struct err e = {0};
	long lines = 2; /* a fault may stand on the line after the last */
	for (size_t i = 0; i < size; i++)
		lines += data[i] == '\n' || data[i] == '\r';
	if (conf_parse(&a, "f", (struct span){(const char *)data, size}, &c, &e) == 0) {
		check(e.kind == ERR_NONE);
		check_node(c, lines, 0);
	} else {
		check(e.kind == ERR_CONF && strcmp(e.where, "f") == 0 && e.line >= 0 && e.line <= lines &&
			!c);
	}
	arena_release(&a);
	return 0;
}
