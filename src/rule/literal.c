/* literal: one pass over a field for the words that regular expressions need. Looked at is every place where
 * a word may begin: the first bytes there are hashed, and a bitmap says whether any word begins so; mostly
 * none, and that is all the work. Places that pass are gathered and then compared a batch at a time, so that
 * the processor fetches what it needs for all of them at once; what is compared lies together, by hash, and
 * is small enough for the cache of a core. The words are those of need.c; what their places mean for the
 * expressions is decided where a paragraph ends (chain.c). */

#include "rule/rule_priv.h"

#include <endian.h>
#include <string.h>

#include "base/banned.h"

enum {
	BLOCK = 64,
	WIDTHS = 4,
	BATCH = 4 * BLOCK * WIDTHS,
	FOUND = 256,
	FILTER_BITS_A_WORD = 32,
	FILTER_MIN = 6,
};

/* What is compared of a word. */
struct slot {
	uint64_t head, tail, mask, tail_mask,
		last;     /* the first eight bytes, the eight behind them, the last eight of a long word */
	uint32_t word, n; /* number; bytes */
};

/* The words of one width of prefix: those of 16, 8, 4, 3 bytes and more. */
struct prefixes {
	size_t width, n;
	uint64_t *bits;
	uint32_t *from; /* by bucket: its first slot; behind it stands the next one's */
	struct slot *slots;
	unsigned bits_shift;
	uint32_t bucket_mask;
};

struct literals {
	struct prefixes by[WIDTHS];
	VEC(struct span) words;
	struct map known;
	struct literal_plan plan;
};

static const size_t widths[WIDTHS] = {16, 8, 4, 3};

/* May a word begin with this byte? Letters and digits of ASCII, and everything beyond it. */
bool literal_starts(unsigned char c)
{
	return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* Is the character at p a letter that surely goes on with the word before it? Latin letters are; whatever is
 * not known to be one counts as a place where a word may begin. */
bool literal_letter(const char *p, size_t n)
{
	unsigned char c = (unsigned char)p[0], d = n > 1 ? (unsigned char)p[1] : 0;
	if (c < 0x80)
		return literal_starts(c);
	if (c == 0xC3)
		return d != 0x97 && d != 0xB7;
	if (c == 0xE1)
		return d >= 0xB8 && d <= 0xBB;
	return (c >= 0xC4 && c <= 0xC7);
}

/* Is it surely no letter, digit or mark? ASCII; « and »; dashes, quotes, dots (U+2010 to U+2027). */
static bool is_sign(const char *p, size_t n)
{
	unsigned char c = (unsigned char)p[0], d = n > 1 ? (unsigned char)p[1] : 0;
	if (c < 0x80)
		return !literal_starts(c);
	if (c == 0xC2)
		return d == 0xAB || d == 0xBB;
	return c == 0xE2 && d == 0x80 && n > 2 && (unsigned char)p[2] >= 0x90 && (unsigned char)p[2] <= 0xA7;
}

/* Does the word [start, end) stand there whole, as \b has it on both sides? -1: these characters are not
 * known here. */
int literal_whole(struct span text, size_t start, size_t end)
{
	size_t before = start;
	while (before && ((unsigned char)text.p[--before] & 0xC0) == 0x80)
		;
	bool at_start = start == 0, at_end = end >= text.n;
	if ((!at_end && literal_letter(text.p + end, text.n - end)) ||
		(!at_start && literal_letter(text.p + before, text.n - before)))
		return 0;
	return (at_end || is_sign(text.p + end, text.n - end)) &&
			       (at_start || is_sign(text.p + before, text.n - before))
		       ? 1
		       : -1;
}

static inline uint64_t hash(uint64_t x)
{
	x *= 0x9E3779B97F4A7C15u;
	return x ^ x >> 32;
}

static inline uint32_t bucket_of(const struct prefixes *by, uint64_t h)
{
	return (uint32_t)(h >> 12) & by->bucket_mask;
}

/* The first n bytes of eight. */
static inline uint64_t first_bytes(size_t n)
{
	return n >= 8 ? ~0ull : (1ull << n * 8) - 1;
}

/* The first bytes of a place, as the key of one width. */
static inline uint64_t key_of(uint64_t head, uint64_t tail, size_t width)
{
	return width == 16 ? head ^ tail * 0xC2B2AE3D27D4EB4Fu : head & first_bytes(width);
}

static uint64_t eight_of(const char *p, size_t n)
{
	uint64_t x = 0;
	memcpy(&x, p, n < 8 ? n : 8);
	return le64toh(x);
}

static struct slot slot_of(struct span b, size_t number)
{
	return (struct slot){.head = eight_of(b.p, b.n),
		.tail = b.n > 8 ? eight_of(b.p + 8, b.n - 8) : 0,
		.mask = first_bytes(b.n),
		.tail_mask = b.n > 8 ? first_bytes(b.n - 8) : 0,
		.last = b.n > 16 ? eight_of(b.p + b.n - 8, 8) : 0,
		.word = (uint32_t)number,
		.n = (uint32_t)b.n};
}

static size_t width_of(size_t n)
{
	size_t w = 0;
	while (w < WIDTHS - 1 && n < widths[w])
		w++;
	return w;
}

static unsigned log2_above(size_t n)
{
	unsigned k = 0;
	while (1ull << k < n)
		k++;
	return k;
}

/* Sorts the words of one width into their buckets. */
static void prefixes_fill(struct prefixes *by, size_t width, const struct slot *all, size_t n)
{
	unsigned cells = log2_above(n * FILTER_BITS_A_WORD / 64 + 1);
	cells = cells < FILTER_MIN ? FILTER_MIN : cells;
	by->width = width;
	by->n = n;
	by->bits_shift = 64 - cells;
	by->bucket_mask = (1u << log2_above(n)) - 1;
	by->bits = xcalloc(1ull << cells, sizeof *by->bits);
	by->from = xcalloc((size_t)by->bucket_mask + 3, sizeof *by->from);
	by->slots = xcalloc(n + 1, sizeof *by->slots);
	by->slots[n].n = 1; /* longer than nothing: never noted */
	for (size_t i = 0; i < n; i++) {
		uint64_t h = hash(key_of(all[i].head, all[i].tail, width));
		by->bits[h >> by->bits_shift] |= 1ull << (h & 63);
		by->from[bucket_of(by, h) + 2]++;
	}
	for (uint32_t i = 0; i <= by->bucket_mask; i++)
		by->from[i + 2] += by->from[i + 1];
	for (size_t i = 0; i < n; i++) {
		uint64_t h = hash(key_of(all[i].head, all[i].tail, width));
		by->slots[by->from[bucket_of(by, h) + 1]++] = all[i];
	}
}

static uint32_t word_number(struct literals *x, struct span bytes)
{
	uintptr_t number = (uintptr_t)map_get(&x->known, bytes);
	if (number)
		return (uint32_t)(number - 1);
	vec_push(&x->words, bytes);
	map_put(&x->known, bytes, (void *)(uintptr_t)x->words.n);
	return (uint32_t)x->words.n - 1;
}

static size_t needs_of(const struct regex *r)
{
	return r->used ? r->n_needs : 0;
}

/* Words that wake an expression have the lowest numbers. */
static void number_words(struct literals *x, struct arena *a, struct regex *const *regex, size_t n)
{
	struct literal_plan *p = &x->plan;
	p->of = arena_array(a, struct literal_needs, n + 1);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; needs_of(regex[i]) && k < regex[i]->needs[0].n; k++)
			(void)word_number(x, regex[i]->needs[0].words[k]);
	p->n_first = (uint32_t)x->words.n;
	for (size_t i = 0; i < n; i++) {
		size_t all = GROUP_HEAD, needs = needs_of(regex[i]);
		for (size_t g = 0; g < needs; g++)
			all += regex[i]->needs[g].n + GROUP_HEAD;
		uint32_t *to = arena_array(a, uint32_t, all);
		p->of[i] = (struct literal_needs){to, (uint8_t)needs, leads(regex[i]), regex[i]->chain};
		for (size_t g = 0; g < needs; g++) {
			const struct need *need = &regex[i]->needs[g];
			to[GROUP_N] = (uint32_t)need->n;
			to[GROUP_LEAST] = need->gap.least;
			to[GROUP_MOST] = need->gap.most;
			to[GROUP_LAZY] = need->gap.lazy;
			to += GROUP_HEAD;
			for (size_t k = 0; k < need->n; k++)
				*to++ = word_number(x, need->words[k]);
		}
	}
}

/* Which expressions each of the first words wakes. */
static void list_wakes(struct literal_plan *p, struct arena *a, size_t n)
{
	size_t all = 0;
	p->from = arena_array(a, uint32_t, p->n_first + 3);
	for (size_t i = 0; i < n; i++) {
		const uint32_t *group = p->of[i].groups;
		all += group[GROUP_N];
		for (uint32_t k = 0; k < group[GROUP_N]; k++)
			p->from[group[GROUP_HEAD + k] + 2]++;
	}
	for (uint32_t w = 0; w <= p->n_first; w++)
		p->from[w + 2] += p->from[w + 1];
	p->wakes = arena_array(a, uint32_t, all + 1);
	for (size_t i = 0; i < n; i++) {
		const uint32_t *group = p->of[i].groups;
		for (uint32_t k = 0; k < group[GROUP_N]; k++)
			p->wakes[p->from[group[GROUP_HEAD + k] + 1]++] = (uint32_t)i;
	}
}

struct literals *literals_new(struct arena *a, struct regex *const *regex, size_t n)
{
	struct literals *x = xcalloc(1, sizeof *x);
	number_words(x, a, regex, n);
	list_wakes(&x->plan, a, n);
	struct slot *of = xcalloc(x->words.n + 1, sizeof *of);
	for (size_t w = 0; w < WIDTHS; w++) {
		size_t k = 0;
		for (size_t i = 0; i < x->words.n; i++)
			if (width_of(x->words.p[i].n) == w)
				of[k++] = slot_of(x->words.p[i], i);
		prefixes_fill(&x->by[w], widths[w], of, k);
	}
	free(of);
	return x;
}

void literals_free(struct literals *x)
{
	if (!x)
		return;
	for (size_t w = 0; w < WIDTHS; w++) {
		free(x->by[w].bits);
		free(x->by[w].from);
		free(x->by[w].slots);
	}
	vec_release(&x->words);
	map_release(&x->known);
	free(x);
}

void literal_scan_init(struct literal_scan *s, const struct literals *x, size_t n_regex)
{
	s->begin = 1;
	s->last = xcalloc(x->words.n + 1, sizeof *s->last);
	s->tried = xcalloc(n_regex + 1, sizeof *s->tried);
}

void literal_scan_release(struct literal_scan *s)
{
	free(s->last);
	free(s->tried);
	vec_release(&s->met);
}

/* Places that passed the filter, not yet compared: where in the text, and the bucket with the width below it,
 * as one number, so that a place is noted by one store. */
struct batch {
	uint64_t v[BATCH];
	size_t n;
};

static inline const struct prefixes *prefixes_of(const struct literals *x, uint64_t v)
{
	return &x->by[v & (WIDTHS - 1)];
}

static inline const uint32_t *slots_from(const struct literals *x, uint64_t v)
{
	return &prefixes_of(x, v)->from[(uint32_t)v / WIDTHS];
}

/* Places where the first sixteen bytes of a word stand. */
struct found {
	struct {
		const struct slot *slot;
		uint32_t at;
	} v[FOUND];
	size_t n;
};

/* Notes the word if the sixteen bytes begin with it, of which `left` belong to the text; none: never. */
static inline void note(
	struct found *f, const struct slot *e, uint64_t head, uint64_t tail, size_t left, uint32_t at)
{
	f->v[f->n].slot = e;
	f->v[f->n].at = at;
	f->n += !(((head ^ e->head) & e->mask) | ((tail ^ e->tail) & e->tail_mask) | (e->n > left));
}

/* Words are met where the rest of them stands, too. */
static void meet(const struct literals *x, struct literal_scan *s, struct found *f, const char *text)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct slot *e = f->v[i].slot;
		uint32_t at = f->v[i].at;
		const char *p = text + at;
		if (e->n > 16 && eight_of(p + e->n - 8, 8) != e->last)
			continue;
		if (e->n > 24 && memcmp(x->words.p[e->word].p, p, e->n) != 0)
			continue;
		uint64_t *last = &s->last[e->word];
		uint32_t before = *last >= s->begin ? (uint32_t)(*last - s->begin) + 1 : 0;
		*last = s->begin + s->met.n;
		vec_push(&s->met, ((struct literal_met){e->word, at, at + e->n, before}));
	}
	f->n = 0;
}

/* Looks at the words of each bucket, two at a time and without a branch: nobody could guess how many a bucket
 * has, nor which of them stand there. */
static void compare_batch(
	const struct literals *x, struct literal_scan *s, struct batch *b, const char *p, size_t to)
{
	struct found f;
	f.n = 0;
	for (size_t i = 0; i < b->n; i++)
		__builtin_prefetch(slots_from(x, b->v[i]));
	for (size_t i = 0; i < b->n; i++)
		__builtin_prefetch(&prefixes_of(x, b->v[i])->slots[*slots_from(x, b->v[i])]);
	for (size_t i = 0; i < b->n; i++) {
		uint32_t at = (uint32_t)(b->v[i] >> 32);
		uint64_t head = eight_of(p + at, 8), tail = eight_of(p + at + 8, 8);
		const uint32_t *from = slots_from(x, b->v[i]);
		const struct slot *slots = prefixes_of(x, b->v[i])->slots;
		for (uint32_t k = from[0]; k < from[1]; k += 2) {
			note(&f, &slots[k], head, tail, to - at, at);
			note(&f, &slots[k + 1], head, tail, k + 1 < from[1] ? to - at : 0, at);
			if (f.n > FOUND - 2)
				meet(x, s, &f, p);
		}
	}
	meet(x, s, &f, p);
	b->n = 0;
}

/* Notes the place if a word of this width may begin there; without a branch, since nobody could guess it. */
static inline void look(const struct literals *x, struct batch *b, size_t w, size_t at, uint64_t key)
{
	const struct prefixes *by = &x->by[w];
	if (!by->n)
		return;
	uint64_t h = hash(key);
	b->v[b->n] = (uint64_t)at << 32 | bucket_of(by, h) * WIDTHS | w;
	b->n += by->bits[h >> by->bits_shift] >> (h & 63) & 1;
}

static inline void look_at(const struct literals *x, struct batch *b, const char *p, size_t at)
{
	uint64_t head = eight_of(p + at, 8), tail = eight_of(p + at + 8, 8);
	look(x, b, 0, at, key_of(head, tail, widths[0]));
	look(x, b, 1, at, key_of(head, tail, widths[1]));
	look(x, b, 2, at, key_of(head, tail, widths[2]));
	look(x, b, 3, at, key_of(head, tail, widths[3]));
}

/* Eight bytes, each 0 or 1, as eight bits. */
static inline uint64_t bits_of(const uint8_t *p)
{
	uint64_t x;
	memcpy(&x, p, 8);
	return le64toh(x) * 0x0102040810204080u >> 56;
}

/* Bit k of *word: byte k is part of a word, as far as ASCII tells; of *other: it is the head of a character
 * that need not go on with the word before it. One byte at a time and without a branch, so that a compiler
 * makes vectors of it. */
static void classify(const char *p, uint64_t *word, uint64_t *other)
{
	uint8_t in[BLOCK], head[BLOCK];
	*word = *other = 0;
	for (size_t k = 0; k < BLOCK; k++) {
		uint8_t c = (uint8_t)p[k], d = (uint8_t)p[k + 1];
		in[k] = (uint8_t)((uint8_t)(c - 'a') < 26) | (uint8_t)((uint8_t)(c - '0') < 10) |
			(uint8_t)(c == '_') | (uint8_t)(c >= 0x80);
		uint8_t latin = (uint8_t)((uint8_t)(c - 0xC3) < 5) | (uint8_t)(c == 0xE1);
		uint8_t sign = (uint8_t)(c == 0xC3) & ((uint8_t)(d == 0x97) | (uint8_t)(d == 0xB7));
		uint8_t far = (uint8_t)(c == 0xE1) & (uint8_t)((uint8_t)(d - 0xB8) > 3);
		head[k] = (uint8_t)(c >= 0xC0) & ((uint8_t)(latin ^ 1) | sign | far);
	}
	for (size_t k = 0; k < BLOCK; k += 8) {
		*word |= bits_of(in + k) << k;
		*other |= bits_of(head + k) << k;
	}
}

/* Places where a word may begin: behind what is no part of one; at every character that need not go on with
 * the word before it, and behind it. */
static void scan_range(
	const struct literals *x, struct literal_scan *s, const char *p, size_t from, size_t to)
{
	uint64_t in_word = 0, behind = 0; /* what the block before hands on */
	struct batch b;
	b.n = 0;
	for (size_t at = from; at < to; at += BLOCK) {
		char last[BLOCK + 8] = {0};
		const char *block = p + at;
		if (to - at < BLOCK) {
			memcpy(last, block, to - at);
			block = last;
		}
		uint64_t word, other;
		classify(block, &word, &other);
		uint64_t starts = (word & ~(word << 1 | in_word)) | other | behind;
		behind = 0;
		for (uint64_t rest = other; rest; rest &= rest - 1) {
			unsigned k = (unsigned)__builtin_ctzll(rest);
			unsigned char c = (unsigned char)block[k];
			unsigned next = k + (c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4);
			if (next < BLOCK)
				starts |= 1ull << next;
			else
				behind |= 1ull << (next - BLOCK);
		}
		in_word = word >> (BLOCK - 1);
		for (starts &= word; starts; starts &= starts - 1)
			look_at(x, &b, p, at + (size_t)__builtin_ctzll(starts));
		if (b.n > BATCH - BLOCK * WIDTHS)
			compare_batch(x, s, &b, p, to);
	}
	compare_batch(x, s, &b, p, to);
}

void literals_scan(const struct literals *x, struct literal_scan *s, const struct text *t, enum field field)
{
	if (!x->words.n)
		return;
	for (uint32_t k = 0; k < t->n_paragraphs; k++) {
		scan_range(x, s, t->folded.p, t->paragraphs[k].start, t->paragraphs[k].end);
		if (!s->met.n)
			continue;
		literals_decide(&x->plan, s, t, field, k);
		s->begin += s->met.n;
		s->met.n = 0;
	}
}
