/* literal: one pass over a field for the words that regular expressions need, and from these which expression
 * is worth running on which paragraph. Looked at is every place where a word may begin: the first
 * bytes there are hashed, and a bitmap says whether any word begins so; mostly none, and that is all
 * the work. Where a paragraph ends, an expression of whose first group a word was met is kept when the
 * paragraph holds a word of each of its other groups. The words are those of need.c; the bitmap is small
 * enough for the cache of a processor's core. */

#include "rule/rule_priv.h"

#include <endian.h>
#include <string.h>

#include "base/banned.h"

enum { HASH_BITS = 16, FILTER_BITS = 17, BLOCK = 64 };

/* What is compared of a word; kept apart from the rest, since these are what a busy text walks through. */
struct entry {
	uint64_t head, tail,
		last;  /* the first eight bytes, the eight behind them, the last eight of a long word */
	uint32_t n;    /* bytes */
	uint32_t next; /* number + 1 of the next in the same bucket */
};

struct word_at {
	struct span bytes;
	uint32_t *first; /* expressions whose first group it is of */
	size_t n_first;
	VEC(uint32_t) gathering;
};

/* One width of prefix. */
struct prefixes {
	uint64_t *bits;
	uint32_t *bucket; /* number + 1 */
	bool any;
};

struct literals {
	struct prefixes longest, long_ones, short_ones, three; /* by the first 16, 8, 4, 3 bytes */
	VEC(struct word_at) words;
	VEC(struct entry) entries; /* by the same numbers */
	struct map known;
	bool *leads;        /* by expression: every place is wanted, not the paragraph alone */
	uint32_t ***others; /* by expression: its other groups, each a list of numbers ended by UINT32_MAX */
};

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

static inline uint64_t hash(uint64_t x)
{
	x *= 0x9E3779B97F4A7C15u;
	return x ^ x >> 32;
}

/* Two bits of a filter and a bucket, of one hash. */
static inline uint32_t bit_one(uint64_t h)
{
	return (uint32_t)(h >> (64 - FILTER_BITS));
}

static inline uint32_t bit_two(uint64_t h)
{
	return (uint32_t)h & ((1u << FILTER_BITS) - 1);
}

static inline uint32_t bucket_of(uint64_t h)
{
	return (uint32_t)(h >> 24) & ((1u << HASH_BITS) - 1);
}

/* The first n bytes of eight. */
static inline uint64_t first_bytes(uint32_t n)
{
	return n >= 8 ? ~0ull : (1ull << n * 8) - 1;
}

/* Sixteen bytes as eight. */
static inline uint64_t fold_tail(uint64_t head, uint64_t tail)
{
	return head ^ tail * 0xC2B2AE3D27D4EB4Fu;
}

static void prefix_add(struct literals *x, struct prefixes *to, size_t width, uint32_t number)
{
	struct entry *w = &x->entries.p[number];
	if (!to->any) {
		to->any = true;
		to->bits = xcalloc((1u << FILTER_BITS) / 64, sizeof *to->bits);
		to->bucket = xcalloc(1u << HASH_BITS, sizeof *to->bucket);
	}
	uint64_t h = hash(width == 16 ? fold_tail(w->head, w->tail) : w->head & first_bytes((uint32_t)width));
	to->bits[bit_one(h) / 64] |= 1ull << bit_one(h) % 64;
	to->bits[bit_two(h) / 64] |= 1ull << bit_two(h) % 64;
	w->next = to->bucket[bucket_of(h)];
	to->bucket[bucket_of(h)] = number + 1;
}

static uint64_t eight_of(const char *p, size_t n)
{
	uint64_t x = 0;
	memcpy(&x, p, n < 8 ? n : 8);
	return le64toh(x);
}

static void entry_add(struct literals *x, struct span b)
{
	struct entry *e = vec_add(&x->entries);
	e->n = (uint32_t)b.n;
	e->head = eight_of(b.p, b.n);
	e->tail = b.n > 8 ? eight_of(b.p + 8, b.n - 8) : 0;
	e->last = b.n > 16 ? eight_of(b.p + b.n - 8, 8) : 0;
}

static uint32_t word_number(struct literals *x, struct span bytes)
{
	uintptr_t number = (uintptr_t)map_get(&x->known, bytes);
	if (number)
		return (uint32_t)(number - 1);
	struct word_at *w = vec_add(&x->words);
	uint32_t n = (uint32_t)(x->words.n - 1);
	w->bytes = bytes;
	entry_add(x, bytes);
	map_put(&x->known, bytes, (void *)(uintptr_t)(n + 1));
	if (bytes.n >= 16)
		prefix_add(x, &x->longest, 16, n);
	else if (bytes.n >= 8)
		prefix_add(x, &x->long_ones, 8, n);
	else if (bytes.n >= 4)
		prefix_add(x, &x->short_ones, 4, n);
	else
		prefix_add(x, &x->three, 3, n);
	return n;
}

static void regex_add(struct literals *x, struct arena *a, const struct regex *re)
{
	uint32_t **others = arena_array(a, uint32_t *, re->n_needs + 1);
	for (size_t g = 0; g < re->n_needs; g++) {
		const struct need *need = &re->needs[g];
		uint32_t *list = arena_array(a, uint32_t, need->n + 1);
		for (size_t k = 0; k < need->n; k++) {
			list[k] = word_number(x, need->words[k]);
			if (g == 0)
				vec_push(&x->words.p[list[k]].gathering, re->number);
		}
		list[need->n] = UINT32_MAX;
		if (g)
			others[g - 1] = list;
	}
	x->others[re->number] = others;
	x->leads[re->number] = re->needs[0].leads;
}

struct literals *literals_new(struct arena *a, struct regex *const *regex, size_t n)
{
	struct literals *x = xcalloc(1, sizeof *x);
	x->others = arena_array(a, uint32_t **, n + 1);
	x->leads = arena_array(a, bool, n + 1);
	for (size_t i = 0; i < n; i++)
		if (regex[i]->n_needs)
			regex_add(x, a, regex[i]);
	vec_each (w, &x->words) {
		w->n_first = w->gathering.n;
		w->first = arena_array(a, uint32_t, w->n_first + 1);
		if (w->n_first)
			memcpy(w->first, w->gathering.p, w->n_first * sizeof *w->first);
		vec_release(&w->gathering);
	}
	return x;
}

void literals_free(struct literals *x)
{
	if (!x)
		return;
	struct prefixes *all[] = {&x->longest, &x->long_ones, &x->short_ones, &x->three};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		free(all[i]->bits);
		free(all[i]->bucket);
	}
	vec_release(&x->words);
	vec_release(&x->entries);
	map_release(&x->known);
	free(x);
}

size_t literals_count(const struct literals *x)
{
	return x->words.n;
}

/* A place in the text. */
struct place_at {
	const char *p;
	size_t i, to;
	uint64_t head, tail; /* the sixteen bytes there */
};

/* Takes note of the words of one bucket that stand here. */
static void meet(const struct literals *x, struct literal_scan *s, uint32_t number, const struct place_at *at)
{
	enum { KNOWN = 16 };
	const char *p = at->p + at->i;
	for (const struct entry *e; number; number = e->next) {
		e = &x->entries.p[number - 1];
		if (((at->head ^ e->head) & first_bytes(e->n)) || e->n > at->to - at->i)
			continue;
		if (e->n > 8 && (at->tail ^ e->tail) & first_bytes(e->n - 8))
			continue;
		if (e->n > KNOWN && (eight_of(p + e->n - 8, 8) != e->last ||
					    memcmp(x->words.p[number - 1].bytes.p, p, e->n) != 0))
			continue;
		s->seen[number - 1] = s->stamp;
		if (x->words.p[number - 1].n_first)
			vec_push(&s->met,
				((struct literal_met){number - 1, (uint32_t)at->i, (uint32_t)at->i + e->n}));
	}
}

static inline void look(const struct literals *x, const struct prefixes *by, struct literal_scan *s,
	uint64_t key, const struct place_at *at)
{
	if (!by->any)
		return;
	uint64_t h = hash(key);
	if (by->bits[bit_one(h) / 64] >> bit_one(h) % 64 & by->bits[bit_two(h) / 64] >> bit_two(h) % 64 & 1)
		meet(x, s, by->bucket[bucket_of(h)], at);
}

static bool has_others(const struct literals *x, const struct literal_scan *s, uint32_t regex)
{
	for (uint32_t **g = x->others[regex]; *g; g++) {
		const uint32_t *w = *g;
		while (*w != UINT32_MAX && s->seen[*w] != s->stamp)
			w++;
		if (*w == UINT32_MAX)
			return false;
	}
	return true;
}

/* What the paragraph that ends here is worth looking at with. */
static void decide(const struct literals *x, struct literal_scan *s, enum field field, uint32_t paragraph)
{
	uint64_t no = s->stamp * 2, yes = no + 1;
	for (size_t i = 0; i < s->met.n; i++) {
		const struct word_at *w = &x->words.p[s->met.p[i].word];
		const struct spot where = {field, paragraph, s->met.p[i].start, s->met.p[i].end};
		for (size_t k = 0; k < w->n_first; k++) {
			uint32_t regex = w->first[k];
			uint64_t *tried = &s->tried[regex];
			bool again = *tried == yes;
			if (*tried == no || (again && !x->leads[regex]))
				continue;
			*tried = again || has_others(x, s, regex) ? yes : no;
			if (*tried == yes)
				s->found(regex, &where, s->ctx);
		}
	}
	s->met.n = 0;
}

/* The words that begin at i. */
static inline void look_at(
	const struct literals *x, struct literal_scan *s, const char *p, size_t i, size_t to)
{
	struct place_at at = {p, i, to, 0, 0};
	memcpy(&at.head, p + i, 8);
	memcpy(&at.tail, p + i + 8, 8);
	at.head = le64toh(at.head);
	at.tail = le64toh(at.tail);
	look(x, &x->longest, s, fold_tail(at.head, at.tail), &at);
	look(x, &x->long_ones, s, at.head, &at);
	look(x, &x->short_ones, s, at.head & 0xFFFFFFFFu, &at);
	look(x, &x->three, s, at.head & 0xFFFFFFu, &at);
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
			look_at(x, s, p, at + (size_t)__builtin_ctzll(starts), to);
	}
}

void literals_scan(const struct literals *x, struct literal_scan *s, const struct text *t, enum field field)
{
	if (!x->words.n)
		return;
	for (uint32_t k = 0; k < t->n_paragraphs; k++) {
		s->stamp++;
		scan_range(x, s, t->folded.p, t->paragraphs[k].start, t->paragraphs[k].end);
		if (s->met.n)
			decide(x, s, field, k);
	}
}

/* Does the word [start, end) stand there whole, as \b has it on both sides? -1: these characters are not
 * known here. */
int literal_whole(struct span text, size_t start, size_t end)
{
	size_t before = start;
	while (before && ((unsigned char)text.p[--before] & 0xC0) == 0x80)
		;
	bool after_ascii = end >= text.n || (unsigned char)text.p[end] < 0x80;
	bool after = end < text.n && literal_letter(text.p + end, text.n - end);
	bool before_ascii = start == 0 || (unsigned char)text.p[before] < 0x80;
	bool prior = start > 0 && literal_letter(text.p + before, text.n - before);
	if (after || prior)
		return 0;
	return after_ascii && before_ascii ? 1 : -1;
}
