/* lexicon: many phrases in one pass. A trie whose steps are whole words: the edge from a node is keyed by a
 * hash of the gap and the word behind it ("bà" then " rịa" then " - vũng"), all edges of all nodes in one
 * open-addressed table. At every word of the text a small bitmap says whether the word alone may
 * be a phrase, or with the word behind it begin one; mostly neither, and that is all the work. (Asking for
 * the first word alone let every "bình" and "hải" of Vietnamese text through to the trie.) Phrases are
 * compared byte by byte where the walk ends, so a hash may collide without harm.
 *
 * A phrase that begins or ends with punctuation ("#tin") hangs at its words and is compared as a whole.
 * Measured against an Aho-Corasick automaton over bytes this touches a tenth of the memory; the text's word
 * list is there anyway. */
#include <endian.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "text/text_priv.h"

#include "base/banned.h"

enum { FILTER_CELLS = 12 /* log2; of 64 bits each: 32 KB */, BATCH = 64 };

struct phrase {
	uint32_t at, n; /* its bytes in `text` */
	uint32_t id;
	uint32_t lead; /* bytes before the first word */
	uint32_t next; /* number + 1 of the next phrase at this node, the longest first */
};

struct node {
	uint32_t phrases; /* number + 1 of the first phrase that ends here */
	uint32_t shorter; /* nearest node above with phrases, until it is sealed the one above; 0 is the root,
			     which has none */
};

/* While phrases are added. */
struct new_edge {
	uint64_t key; /* 0: free */
	uint32_t node;
};

/* What a scan looks at: half as large, for the sake of the processor's cache. */
struct edge {
	uint32_t sign; /* the upper half of the key; the lower one says where it lies */
	uint32_t node; /* 0: free */
};

struct lexicon {
	struct arena scratch;
	struct str text;
	VEC(struct phrase) phrases;
	VEC(struct node) nodes;
	struct new_edge *adding; /* until it is sealed */
	struct edge *edges;      /* from then on */
	bool over_lines;
	size_t n_edges, cap; /* cap is a power of two, at least a third more than n_edges */
	uint64_t filter[1 << FILTER_CELLS];
};

struct lexicon *lexicon_new(void)
{
	struct lexicon *x = xcalloc(1, sizeof *x);
	vec_add(&x->nodes);
	return x;
}

void lexicon_over_lines(struct lexicon *x)
{
	x->over_lines = true;
}

void lexicon_free(struct lexicon *x)
{
	if (!x)
		return;
	free(x->adding);
	free(x->edges);
	vec_release(&x->phrases);
	vec_release(&x->nodes);
	str_release(&x->text);
	arena_release(&x->scratch);
	free(x);
}

static uint64_t mix(uint64_t h)
{
	h ^= h >> 32;
	h *= 0x9E3779B97F4A7C15u;
	return h ^ h >> 29;
}

static uint64_t edge_key(uint32_t node, uint64_t hash)
{
	uint64_t key = mix(hash + node * 0xD6E8FEB86659FD93u);
	return key ? key : 1;
}

static struct new_edge *new_slot(const struct lexicon *x, uint64_t key)
{
	size_t i = (size_t)key & (x->cap - 1);
	while (x->adding[i].key && x->adding[i].key != key)
		i = (i + 1) & (x->cap - 1);
	return &x->adding[i];
}

static void edges_grow(struct lexicon *x)
{
	struct new_edge *old = x->adding;
	size_t n = x->cap;
	x->cap = n ? n * 2 : 64;
	x->adding = xcalloc(x->cap, sizeof *x->adding);
	for (size_t i = 0; i < n; i++)
		if (old[i].key)
			*new_slot(x, old[i].key) = old[i];
	free(old);
}

static inline const struct edge *edge_slot(const struct lexicon *x, uint64_t key)
{
	size_t i = (size_t)key & (x->cap - 1);
	while (x->edges[i].node && x->edges[i].sign != key >> 32)
		i = (i + 1) & (x->cap - 1);
	return &x->edges[i];
}

/* The node one step below, made when it is missing. */
static uint32_t step_add(struct lexicon *x, uint32_t node, uint64_t hash)
{
	if (x->n_edges * 4 >= x->cap * 3)
		edges_grow(x);
	uint64_t key = edge_key(node, hash);
	struct new_edge *e = new_slot(x, key);
	if (!e->key) {
		*e = (struct new_edge){key, (uint32_t)x->nodes.n};
		x->n_edges++;
		vec_add(&x->nodes)->shorter = node;
	}
	return e->node;
}

/* What a word alone, and two words whatever stands between them, are known by in the filter. */
static inline uint64_t sign_alone(uint32_t hash)
{
	return hash * 0x9E3779B97F4A7C15u;
}

static inline uint64_t sign_pair(uint32_t hash, uint32_t next)
{
	return hash * 0x9E3779B97F4A7C15u ^ next * 0xD6E8FEB86659FD93u;
}

static inline uint64_t filter_has(const struct lexicon *x, uint64_t sign) /* in its lowest bit */
{
	return x->filter[sign >> (64 - FILTER_CELLS)] >> (sign >> 40 & 63);
}

/* Of the step to word k: it, and what stands before it if it is not the first. */
static uint64_t step_hash(const struct text *t, size_t k)
{
	uint32_t from = k ? t->words[k - 1].end : 0;
	return k ? word_hash(t->folded.p + from, t->words[k].end - from) : t->hashes[0];
}

void lexicon_add_text(struct lexicon *x, const struct text *t, uint32_t id)
{
	uint32_t node = 0;
	if (!t->n_words) /* nothing to walk on */
		return;
	for (size_t k = 0; k < t->n_words; k++)
		node = step_add(x, node, step_hash(t, k));
	uint64_t sign = t->n_words == 1 ? sign_alone(t->hashes[0]) : sign_pair(t->hashes[0], t->hashes[1]);
	x->filter[sign >> (64 - FILTER_CELLS)] |= 1ull << (sign >> 40 & 63);
	struct phrase *new = vec_add(&x->phrases);
	*new = (struct phrase){(uint32_t)x->text.n, (uint32_t)t->folded.n, id, t->words[0].start, 0};
	str_add(&x->text, t->folded);
	uint32_t *at = &x->nodes.p[node].phrases;
	while (*at && x->phrases.p[*at - 1].n - x->phrases.p[*at - 1].lead >= new->n - new->lead)
		at = &x->phrases.p[*at - 1].next;
	new->next = *at;
	*at = (uint32_t)x->phrases.n;
}

void lexicon_add(struct lexicon *x, struct span folded, uint32_t id)
{
	struct text t;
	text_fold_as(&x->scratch, folded, true, &t, NULL); /* cuts the words as those of a text are cut */
	lexicon_add_text(x, &t, id);
	arena_clear(&x->scratch);
}

static struct span bytes_of(const struct lexicon *x, const struct phrase *p)
{
	return (struct span){x->text.p + p->at, p->n};
}

/* Links each node to the nearest one above it that ends a phrase. Nodes are numbered from the root down. */
static void link_shorter(struct lexicon *x)
{
	for (size_t i = 1; i < x->nodes.n; i++) {
		uint32_t above = x->nodes.p[i].shorter;
		if (!x->nodes.p[above].phrases)
			x->nodes.p[i].shorter = x->nodes.p[above].shorter;
	}
}

void lexicon_seal(struct lexicon *x)
{
	link_shorter(x);
	x->edges = xcalloc(x->cap + 1, sizeof *x->edges);
	for (size_t i = 0; i < x->cap; i++) {
		uint64_t key = x->adding[i].key;
		size_t k = (size_t)key & (x->cap - 1);
		if (!key)
			continue;
		while (x->edges[k].node)
			k = (k + 1) & (x->cap - 1);
		x->edges[k] = (struct edge){(uint32_t)(key >> 32), x->adding[i].node};
	}
	free(x->adding);
	x->adding = NULL;
}

/* The same where the text has the end of a line for a space? */
static bool same_but_lines(const char *p, struct span phrase)
{
	size_t i = 0;
	while (i < phrase.n && (p[i] == phrase.p[i] || (p[i] == '\n' && phrase.p[i] == ' ')))
		i++;
	return i == phrase.n;
}

static void report_hits(const struct lexicon *x, const struct text *t, uint32_t node, uint32_t word,
	void (*hit)(const struct lexicon_hit *h, void *ctx), void *ctx)
{
	uint32_t start = t->words[word].start;
	for (; node; node = x->nodes.p[node].shorter)
		for (uint32_t i = x->nodes.p[node].phrases; i; i = x->phrases.p[i - 1].next) {
			const struct phrase *p = &x->phrases.p[i - 1];
			if (start < p->lead || p->n > t->folded.n - (start - p->lead))
				continue;
			uint32_t from = start - p->lead;
			if (memcmp(t->folded.p + from, x->text.p + p->at, p->n) != 0 &&
				!(x->over_lines && same_but_lines(t->folded.p + from, bytes_of(x, p))))
				continue;
			hit(&(struct lexicon_hit){from, from + p->n, p->id, word}, ctx);
		}
}

/* Where a phrase may begin. What is looked at next is fetched for all places of a batch together, since most
 * of the time goes by waiting for it. */
struct place {
	size_t word;
	uint32_t node; /* below the root by this word; 0: none */
	uint64_t key;  /* of the step to the word behind it */
};

static inline void fetch_edge(const struct lexicon *x, uint64_t key)
{
	__builtin_prefetch(&x->edges[key & (x->cap - 1)]);
}

/* The key of the step from the node to word k, which has one before it. */
static inline uint64_t step_key(const struct lexicon *x, const struct text *t, uint32_t node, size_t k)
{
	uint32_t from = t->words[k - 1].end;
	bool broken = x->over_lines && t->folded.p[from] == '\n'; /* as if there were a space */
	return edge_key(
		node, word_hash_as(t->folded.p + from, t->words[k].end - from, broken ? '\n' ^ ' ' : 0));
}

static inline void step_first(const struct lexicon *x, const struct text *t, struct place *p)
{
	p->node = edge_slot(x, edge_key(0, t->hashes[p->word]))->node;
	if (!p->node)
		return;
	__builtin_prefetch(&x->nodes.p[p->node]);
	if (p->word + 1 < t->n_words)
		fetch_edge(x, p->key = step_key(x, t, p->node, p->word + 1));
}

/* Follows the trie as far as it goes and reports what ends on the way. */
static void walk(const struct lexicon *x, const struct text *t, const struct place *p,
	void (*hit)(const struct lexicon_hit *h, void *ctx), void *ctx)
{
	uint32_t node = p->node, found = 0;
	uint64_t key = p->key;
	for (size_t k = p->word + 1; node; k++) {
		found = x->nodes.p[node].phrases ? node : found;
		if (k == t->n_words)
			break;
		node = edge_slot(x, key)->node;
		if (node && k + 1 < t->n_words)
			key = step_key(x, t, node, k + 1);
	}
	if (found)
		report_hits(x, t, found, (uint32_t)p->word, hit, ctx);
}

void lexicon_scan_words(const struct lexicon *x, const struct text *t, size_t from, size_t to,
	void (*hit)(const struct lexicon_hit *h, void *ctx), void *ctx)
{
	if (!x->cap || from >= to)
		return;
	struct place begin[BATCH];
	uint32_t hash = t->hashes[from], next;
	for (size_t k = from; k < to;) {
		size_t n = 0, stop = to - k < BATCH ? to : k + BATCH;
		for (; k < stop; k++, hash = next) {
			next = k + 1 < t->n_words ? t->hashes[k + 1] : 0;
			begin[n].word = k;
			n += (filter_has(x, sign_alone(hash)) | filter_has(x, sign_pair(hash, next))) & 1;
		}
		for (size_t i = 0; i < n; i++)
			fetch_edge(x, edge_key(0, t->hashes[begin[i].word]));
		for (size_t i = 0; i < n; i++)
			step_first(x, t, &begin[i]);
		for (size_t i = 0; i < n; i++)
			walk(x, t, &begin[i], hit, ctx);
	}
}

void lexicon_scan(const struct lexicon *x, const struct text *t,
	void (*hit)(const struct lexicon_hit *h, void *ctx), void *ctx)
{
	lexicon_scan_words(x, t, 0, t->n_words, hit, ctx);
}

void lexicon_each(
	const struct lexicon *x, void (*phrase)(struct span folded, uint32_t id, void *ctx), void *ctx)
{
	for (size_t i = 0; i < x->phrases.n; i++)
		phrase(bytes_of(x, &x->phrases.p[i]), x->phrases.p[i].id, ctx);
}
