/* entity: see entity.h. Names of entities, and numbers as browsers read them. */
#include "markup/entity.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

enum { NAME_MAX_BYTES = 31, DIGITS_MAX = 10, BARE_MAX = 6, BARE_MIN = 2 };

static const struct entity {
	const char *name;
	uint32_t cp;
	int bare; /* 1: the semicolon may be missing */
} entities[] = {
#include "markup/entity_names.def"
};

static const uint16_t cp1252[32] = {0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,
	0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013,
	0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E, 0x178};

static int compare(const void *key, const void *element)
{
	const struct span *k = key;
	const struct entity *e = element;
	size_t n = strlen(e->name);
	int c = memcmp(k->p, e->name, k->n < n ? k->n : n);
	return c ? c : (k->n > n) - (k->n < n);
}

static const struct entity *find(struct span name)
{
	if (name.n == 0 || name.n > NAME_MAX_BYTES)
		return NULL;
	return bsearch(&name, entities, sizeof entities / sizeof *entities, sizeof *entities, compare);
}

uint32_t entity_named(struct span name)
{
	const struct entity *e = find(name);
	return e ? e->cp : 0;
}

static bool alnum(char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static int digit(char c, int base)
{
	int v = c >= '0' && c <= '9'                 ? c - '0'
		: (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
						     : base;
	return v < base ? v : -1;
}

static uint32_t numeric(struct span s, size_t *at)
{
	size_t i = *at + 2;
	int base = 10;
	if (i < s.n && (s.p[i] | 32) == 'x') {
		base = 16;
		i++;
	}
	size_t from = i;
	uint32_t v = 0;
	for (; i < s.n && i - from < DIGITS_MAX && digit(s.p[i], base) >= 0; i++)
		if (v <= 0x10FFFF)
			v = v * (uint32_t)base + (uint32_t)digit(s.p[i], base);
	if (i == from) {
		++*at;
		return 0;
	}
	if (i < s.n && s.p[i] == ';')
		i++;
	*at = i;
	if (v >= 0x80 && v < 0xA0)
		return cp1252[v - 0x80];
	if (v == 0 || v > 0x10FFFF || (v >= 0xD800 && v <= 0xDFFF))
		return 0xFFFD;
	return v < 0x20 || v == 0x7F ? ' ' : v;
}

/* "&nbspHello": the longest start of the name that may stand without semicolon. */
static const struct entity *bare(struct span name, size_t *used)
{
	for (size_t n = name.n < BARE_MAX ? name.n : BARE_MAX; n >= BARE_MIN; n--) {
		const struct entity *e = find(span_cut(name, 0, n));
		if (e && e->bare) {
			*used = n;
			return e;
		}
	}
	return NULL;
}

bool entity_again(struct span s, size_t *at, uint32_t *cp)
{
	size_t end = *at;
	while (end < s.n && end - *at < NAME_MAX_BYTES && (alnum(s.p[end]) || s.p[end] == '#'))
		end++;
	if (*at == 0 || end == *at || end >= s.n || s.p[end] != ';')
		return false;
	size_t i = *at - 1; /* read as if the ';' of "&amp;" were the '&' */
	*cp = entity_next(span_cut(s, 0, end + 1), &i, true);
	if (*cp == 0)
		return false;
	*at = i;
	return true;
}

uint32_t entity_next(struct span s, size_t *at, bool in_attribute)
{
	size_t from = *at + 1, i = from;
	if (from < s.n && s.p[from] == '#')
		return numeric(s, at);
	while (i < s.n && i - from < NAME_MAX_BYTES && alnum(s.p[i]))
		i++;
	struct span name = span_cut(s, from, i);
	size_t used = name.n;
	bool closed = i < s.n && s.p[i] == ';';
	const struct entity *e = closed ? find(name) : NULL;
	if (e)
		used++;
	else if (!in_attribute)
		e = bare(name, &used);
	if (!e) {
		*at = from;
		return 0;
	}
	*at = from + used;
	return e->cp;
}
