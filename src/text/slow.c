/* slow: the careful way through a text, one code point or one run at a time. It knows white space, invisible
 * characters, scripts without spaces, and what may compose: that is gathered with the character before it and
 * given to utf8proc, a few code points at a time (utf8proc is quadratic in a run of combining marks, which
 * are therefore capped first). Whatever fold.c's short way does not take comes here. */
#include <string.h>
#include <utf8proc.h>

#include "base/limits.h"
#include "text/classes.h"
#include "text/text_priv.h"

#include "base/banned.h"

enum { SYLLABLE_MAX = 7 /* letters */, RUN_MAX = 64 /* code points given to utf8proc at once */ };

void folder_room(struct folder *f, size_t more)
{
	size_t need = f->w + more + (f->n - f->i) + FOLD_SLACK;
	if (need <= f->cap)
		return;
	size_t cap = need + need / 4;
	uint8_t *out = arena_raw(f->arena, cap), *flags = arena_raw(f->arena, cap);
	uint32_t *map = arena_raw(f->arena, cap * sizeof *map);
	if (f->w) {
		memcpy(out, f->out, f->w);
		memcpy(flags, f->flags, f->w);
		memcpy(map, f->map, f->w * sizeof *map);
	}
	f->out = out;
	f->flags = flags;
	f->map = map;
	f->cap = cap;
}

void folder_word_close(struct folder *f)
{
	if (f->tone != NO_TONE)
		tone_place(f);
	f->state = BETWEEN;
}

static bool is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

/* Enters a word at f->w and returns the flags of its first byte. A digit behind "1." or "1," goes on with
 * that word. */
static uint8_t word_open(struct folder *f, uint32_t c, uint32_t class)
{
	uint8_t flags = TEXT_WORD_START;
	if (f->state != BETWEEN) {
		folder_word_close(f);
		flags |= TEXT_WORD_END;
	}
	f->state = class & FOLD_ALONE ? IN_ALONE : IN_WORD;
	size_t w = f->word = f->w;
	if (c < 0x80 && is_digit((uint8_t)c) && w >= 2 && (f->out[w - 1] == '.' || f->out[w - 1] == ',') &&
		is_digit(f->out[w - 2])) {
		f->flags[w - 1] &= (uint8_t)~TEXT_WORD_END;
		return 0;
	}
	return flags;
}

/* Remembers what a letter means for those around it. `at`: where it is to
 * be written; the input stands behind it. */
static inline void note_letter(struct folder *f, uint32_t class, size_t at)
{
	f->eth |= (class & FOLD_ETH) != 0;
	tone_note(f, class, at, f->i < f->n ? f->in[f->i] : 0);
}

static inline void put(struct folder *f, uint32_t c, uint8_t flags, size_t from)
{
	size_t len = encode_at(f->out + f->w, c);
	for (size_t k = 0; k < len; k++) {
		f->map[f->w + k] = (uint32_t)from;
		f->flags[f->w + k] = 0;
	}
	f->flags[f->w] = flags;
	f->w += len;
}

/* Writes one folded code point of any class. */
static void emit(struct folder *f, uint32_t c, uint32_t class, size_t from)
{
	uint8_t flags = 0;
	bool extends = class & FOLD_EXTEND && f->state != BETWEEN;
	if (class & FOLD_WORD && !(class & FOLD_EXTEND)) {
		if (class & FOLD_ALONE || f->state != IN_WORD)
			flags = word_open(f, c, class);
	} else if (!extends && f->state != BETWEEN) {
		folder_word_close(f);
		flags = TEXT_WORD_END;
	}
	flags |= (uint8_t)flags_of(class);
	if (class & FOLD_WORD)
		note_letter(f, class, f->w);
	put(f, c, flags, from);
}

/* Code points that need more than the table, with where each came from. */
struct run {
	uint32_t c[RUN_MAX];
	uint32_t class[RUN_MAX];
	size_t from[RUN_MAX];
	size_t n;
	bool plain; /* nothing composes and the marks are in order: they may be written as they are */
};

/* Takes from the input what must be looked at together. */
static void run_gather(struct folder *f, struct run *r)
{
	size_t len, marks = 0;
	unsigned last = 0;
	r->n = 0;
	r->plain = true;
	for (; f->i < f->n && r->n < RUN_MAX; f->i += len) {
		uint32_t c = decode_at(f->in, f->n, f->i, &len), class = fold_entry(c);
		if (class & FOLD_DROP)
			continue;
		if (!(class & (FOLD_SLOW | FOLD_EXTEND)))
			break;
		marks = class & FOLD_EXTEND ? marks + 1 : 0;
		if (marks > MARKS_RUN_MAX) {
			f->dropped_marks++;
			continue;
		}
		unsigned order = (unsigned)utf8proc_get_property((utf8proc_int32_t)c)->combining_class;
		if (class & FOLD_SLOW || (order && order < last))
			r->plain = false;
		last = order;
		r->c[r->n] = class & FOLD_SLOW ? c : fold_target(c, class);
		r->class[r->n] = class;
		r->from[r->n++] = f->i;
	}
}

/* One form of n bytes; the number of code points left in out, 0 when there is no room. */
static size_t run_form(const uint8_t *bytes, size_t n, int options, utf8proc_int32_t *out, size_t max)
{
	options |= UTF8PROC_STABLE | UTF8PROC_COMPOSE;
	utf8proc_ssize_t got = utf8proc_decompose(
		bytes, (utf8proc_ssize_t)n, out, (utf8proc_ssize_t)max, (utf8proc_option_t)options);
	if (got < 0 || (size_t)got > max)
		return 0;
	got = utf8proc_normalize_utf32(out, got, (utf8proc_option_t)options);
	return got < 0 ? 0 : (size_t)got;
}

/* NFC with case folding of base (0: none) and the run; the number of code points left in out. One mark, the
 * Greek iota below, folds to a letter; it must find its place among the marks before. */
static size_t run_compose(const struct run *r, uint32_t base, utf8proc_int32_t *out, size_t max)
{
	enum { IOTA_BELOW = 0x345 };
	uint8_t bytes[(RUN_MAX + 1) * 4 * 4];
	size_t n = base ? encode_at(bytes, base) : 0;
	bool iota = false;
	for (size_t k = 0; k < r->n; k++) {
		n += encode_at(bytes + n, r->c[k]);
		iota |= r->c[k] == IOTA_BELOW;
	}
	if (iota) {
		size_t got = run_form(bytes, n, 0, out, RUN_MAX * 4);
		n = 0;
		for (size_t k = 0; k < got; k++)
			n += encode_at(bytes + n, (uint32_t)out[k]);
	}
	return run_form(bytes, n, UTF8PROC_CASEFOLD, out, max);
}

/* The class of a code point that is folded already. */
static uint32_t folded_class(uint32_t c)
{
	return fold_entry(c) & ~(uint32_t)FOLD_UPPER;
}

/* Where the last character written begins. */
static size_t last_letter(const struct folder *f)
{
	size_t at = f->w;
	while ((f->out[--at] & 0xC0) == 0x80)
		;
	return at;
}

/* Writes c in the place of the last letter, with the flags of its place. */
static void replace_letter(struct folder *f, size_t at, uint32_t c)
{
	uint32_t class = folded_class(c);
	uint8_t flags = (uint8_t)((f->flags[at] & TEXT_OF_PLACE) | flags_of(class));
	f->w = at;
	note_letter(f, class, at);
	put(f, c, flags, f->map[at]);
}

/* Do two more marks follow the one of len bytes? */
static bool marks_follow(const struct folder *f, size_t len)
{
	size_t at = f->i + len, n = 0;
	for (int k = 0; k < 2; k++, at += n)
		if (at >= f->n || !(fold_entry(decode_at(f->in, f->n, at, &n)) & FOLD_EXTEND))
			return false;
	return true;
}

/* The common case, decomposed Vietnamese: one mark or two that make one letter with the last. */
static bool fold_pair_step(struct folder *f, uint32_t mark, size_t len)
{
	size_t at = last_letter(f), n;
	uint32_t c = fold_pair(decode_at(f->out, f->w, at, &n), mark);
	if (!c || marks_follow(f, len))
		return false;
	f->i += len;
	folder_room(f, 4);
	replace_letter(f, at, c);
	return true;
}

/* Marks, and whatever else the table leaves to utf8proc. */
static void fold_marks(struct folder *f)
{
	struct run r;
	utf8proc_int32_t out[RUN_MAX * 8];
	run_gather(f, &r);
	folder_room(f, sizeof out);
	if (r.plain) {
		for (size_t k = 0; k < r.n; k++)
			emit(f, r.c[k], r.class[k], r.from[k]);
		return;
	}
	size_t at = f->w, len, k = 0;
	uint32_t base = 0;
	if (f->w && f->out[f->w - 1] > ' ') { /* a letter, or = and a stroke through it */
		at = last_letter(f);
		base = decode_at(f->out, f->w, at, &len);
	}
	size_t n = run_compose(&r, base, out, RUN_MAX * 8);
	if (base && n) {
		replace_letter(f, at, (uint32_t)out[0]);
		k = 1;
	}
	for (; k < n; k++) {
		size_t i = base ? k - 1 : k;
		uint32_t c = (uint32_t)out[k], entry = fold_entry(c), class = folded_class(c);
		if (k == 0)
			class |= r.class[0] & FOLD_UPPER;
		emit(f, entry & FOLD_SLOW ? c : fold_target(c, entry), class, r.from[i < r.n ? i : r.n - 1]);
	}
}

/* Do so many Vietnamese letters in so many words mean that the passage carries its marks? */
static bool marks_suffice(uint32_t strong, uint32_t weak, size_t words)
{
	/* à, é and the like are French or Spanish too, but not in every third word */
	return strong > 0 || (weak > 0 && (size_t)weak * 3 >= words);
}

static uint8_t marks_level(uint32_t strong, uint32_t weak, size_t words)
{
	if (!marks_suffice(strong, weak, words))
		return MARKS_NONE;
	return ((size_t)strong + weak) * 4 >= words ? MARKS_THROUGHOUT : MARKS_SOME;
}

/* Weak letters that may be Vietnamese: alone in a word of at most SYLLABLE_MAX letters, as "nghiêng" is; not
 * those of "autorités". */
static uint32_t weak_in_syllables(const struct folder *f)
{
	uint32_t sum = 0, letters = 0, weak = 0;
	for (size_t at = f->paragraph; at <= f->w; at++) {
		uint8_t flags = at < f->w ? f->flags[at] : TEXT_WORD_START;
		if (flags & TEXT_WORD_START) {
			sum += weak == 1 && letters <= SYLLABLE_MAX;
			letters = weak = 0;
		}
		letters += at < f->w && (f->out[at] & 0xC0) != 0x80 && f->out[at] > '9';
		weak += (flags & TEXT_WEAK) != 0;
	}
	return sum;
}

void folder_paragraph_close(struct folder *f)
{
	uint32_t strong = 0, weak = 0, words = 0;
	for (size_t at = f->paragraph; at < f->w; at += 8) {
		const uint64_t ones = 0x0101010101010101u;
		uint64_t w = flags_at(f->flags + at, f->w - at);
		words += (uint32_t)((w / TEXT_WORD_START & ones) * ones >> 56);
		strong += (uint32_t)((w / TEXT_STRONG & ones) * ones >> 56);
		weak += (uint32_t)((w / TEXT_WEAK & ones) * ones >> 56);
	}
	if (!strong && marks_suffice(strong, weak, words))
		weak = weak_in_syllables(f);
	*vec_add(&f->marked) = marks_level(strong, weak, words);
	f->n_words += words;
	f->paragraph = f->w;
}

/* Is a single line break here only where a line was full? Between two small letters it is. `in_word`: a word
 * stands before it. */
static bool line_goes_on(const struct folder *f, bool in_word, uint32_t next)
{
	uint32_t class = fold_entry(next);
	size_t at = f->w - 1;
	while (at && (f->out[at] & 0xC0) == 0x80)
		at--;
	bool before = f->out[at] == ',' || (in_word && !(f->flags[at] & TEXT_UPPER) && !is_digit(f->out[at]));
	bool letter = (class & (FOLD_WORD | FOLD_ALONE | FOLD_UPPER)) == FOLD_WORD;
	return before && letter && !(next < 0x80 && is_digit((uint8_t)next));
}

/* A run of white space becomes one space, or the end of a paragraph, or nothing at either end of the text.
 * One space may be there already, when what followed it looked visible. */
static void fold_spaces(struct folder *f)
{
	size_t from = f->i, len, lines = 0;
	uint32_t c = 0, class;
	for (; f->i < f->n; f->i += len) {
		c = decode_at(f->in, f->n, f->i, &len);
		class = fold_entry(c);
		if (!(class & (FOLD_SPACE | FOLD_DROP)))
			break;
		bool half = c == '\r' && f->i + 1 < f->n && f->in[f->i + 1] == '\n';
		lines += (class & FOLD_NEWLINE) && !half;
	}
	if (f->w == 0)
		return;
	bool spaced = f->out[f->w - 1] == ' ';
	uint8_t flags = f->state != BETWEEN ? TEXT_WORD_END : 0;
	if (f->i == f->n) { /* a space that is there fold.c takes off */
		f->end = spaced ? f->end : from;
		return;
	}
	if (spaced) {
		from = f->map[--f->w];
		flags = f->flags[f->w];
	}
	bool in_word = (flags & TEXT_WORD_END) && f->state != IN_ALONE;
	bool ends = lines > 1 || (lines == 1 && !line_goes_on(f, in_word, c));
	emit(f, ends ? '\n' : ' ', FOLD_SPACE, from);
	f->flags[f->w - 1] |= flags;
	if (ends)
		folder_paragraph_close(f);
}

void fold_step(struct folder *f)
{
	size_t len;
	uint32_t c = decode_at(f->in, f->n, f->i, &len), class = fold_entry(c);
	if (class & FOLD_DROP) {
		f->i += len;
	} else if (class & FOLD_SPACE) {
		fold_spaces(f);
	} else if (class & (FOLD_SLOW | FOLD_EXTEND)) {
		if (f->state == BETWEEN || !fold_pair_step(f, c, len))
			fold_marks(f);
	} else {
		size_t from = f->i;
		f->i += len;
		emit(f, fold_target(c, class), class, from);
	}
}
