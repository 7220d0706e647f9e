/* fold: the one pass that makes the canonical form. Ordinary text goes through a machine made at build time
 * (gen_machine.c), byte by byte: letters of scripts with spaces, punctuation, single spaces. Everything else
 * goes the careful way (slow.c), to the end of its word, and then the machine takes over again. utf8proc over
 * the whole text was measured at 30 MB/s; decoding each code point and looking it up at 200, half of that
 * time lost on guessing whether the next letter carries a mark.
 *
 * What the machine writes is as long as what it reads, so its part of the map is filled in afterwards. Word
 * limits are known as soon as two neighbouring classes are, so the flags are written in the same pass, and
 * the tone of a word is put in its place when the word ends. */
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "text/classes.h"
#include "text/text_priv.h"

#include "base/banned.h"

enum { WINDOW = 512, WINDOW_MIN = 64 }; /* bytes that two runs share, at most; at least */

/* The row to begin with, between two words. */
static uint32_t first_row(const struct folder *f)
{
	uint8_t last = f->w ? f->out[f->w - 1] : ' ';
	uint32_t row = last == ' ' || last == '\n'  ? MACHINE_SPACE
		       : last == '.' || last == ',' ? MACHINE_POINT
						    : MACHINE_BETWEEN;
	return row * fold_row;
}

/* What the careful way must know of the word the machine left it in: where it begins and whether a tone may
 * have to move. */
static void word_recall(struct folder *f)
{
	size_t at = f->w, len;
	while (at && (f->out[at - 1] & 0xC0) == 0x80)
		at--;
	uint32_t last = at ? decode_at(f->out, f->w, at - 1, &len) : ' ';
	if (!(fold_entry(last) & FOLD_WORD))
		return;
	f->state = IN_WORD;
	for (f->word = f->w - 1; !(f->flags[f->word] & TEXT_WORD_START); f->word--)
		;
	for (at = f->word; at < f->w; at += len) {
		uint32_t class = fold_entry(decode_at(f->out, f->w, at, &len));
		uint8_t next = at + len < f->w ? f->out[at + len] : f->i < f->n ? f->in[f->i] : 0;
		tone_note(f, class, at, next);
	}
}

/* Counts up from `from` in map[0, n) and up to three more, for which there is room. */
static void map_fill(uint32_t *map, uint32_t from, size_t n)
{
	typedef uint32_t four __attribute__((vector_size(16)));
	four at = {from, from + 1, from + 2, from + 3};
	for (size_t k = 0; k < n; k += 4, at += 4)
		memcpy(map + k, &at, sizeof at);
}

static inline const struct machine_step *step_at(const struct machine_step *column, size_t row)
{
	return (const struct machine_step *)((const char *)column + row);
}

/* The machine on its way: the row it is in, and what its last step said. */
struct run {
	size_t row;
	uint32_t effect;
};

/* Reads byte k. False: it is not ordinary here. */
static inline bool run_on(struct run *r, const uint8_t *in, uint8_t *out, uint8_t *flags, size_t k)
{
	const struct machine_step *step = step_at(fold_column[in[k]], r->row);
	uint32_t begun = r->effect >> MACHINE_PENDING & 3;
	if (step->next == MACHINE_STOP)
		return false;
	r->effect = step->effect;
	r->row = step->next;
	out[k] = (uint8_t)(in[k] + r->effect);
	flags[k] = 0;
	(flags + k)[-(ptrdiff_t)begun] = (uint8_t)(r->effect >> MACHINE_FLAGS);
	return true;
}

/* Behind a space about half way to the end of the line; 0: there is none. */
static size_t half_way(const uint8_t *in, size_t n)
{
	n = n < WINDOW ? n : WINDOW;
	const uint8_t *line = memchr(in, '\n', n), *space = NULL;
	n = line ? (size_t)(line - in) : n;
	if (n >= WINDOW_MIN)
		space = memrchr(in, ' ', n / 2);
	return space ? (size_t)(space - in) + 1 : 0;
}

/* The short way from f->i on, between two words, until something is not ordinary. Each step waits for the one
 * before; so a second run goes on from half way at the same time, since what stands behind a space does not
 * depend on what stands before it. Where the first one does not get there, the second was in vain. */
static void fold_ordinary(struct folder *f)
{
	const uint8_t *in = f->in + f->i;
	uint8_t *out = f->out + f->w, *flags = f->flags + f->w;
	struct run run = {first_row(f), 0};
	size_t n = f->n - f->i, k = 0, half;
	while ((half = half_way(in + k, n - k)) > 0) {
		struct run second = {MACHINE_SPACE * fold_row, 0};
		size_t middle = k + half, ahead = middle;
		for (; k < middle && run_on(&run, in, out, flags, k); k++)
			ahead += run_on(&second, in, out, flags, ahead);
		if (k < middle)
			break;
		run = second;
		k = ahead;
		if (ahead < middle + half)
			break;
	}
	while (k < n && run_on(&run, in, out, flags, k))
		k++;
	k -= run.effect >> MACHINE_PENDING & 3;
	map_fill(f->map + f->w, (uint32_t)f->i, k);
	f->i += k;
	f->w += k;
	if (k)
		word_recall(f);
}

static void fold_all(struct folder *f)
{
	while (f->i < f->n) {
		fold_ordinary(f);
		do {
			if (f->i < f->n)
				fold_step(f);
		} while (f->i < f->n && f->state != BETWEEN);
	}
}

/* Eth and d with hook (C3 B0, C9 96) are d with stroke (C4 91) in a text that is Vietnamese. */
static void strike_eth(struct folder *f)
{
	for (size_t i = 0; i + 1 < f->w; i++) {
		uint8_t a = f->out[i], b = f->out[i + 1];
		if ((a == 0xC3 && b == 0xB0) || (a == 0xC9 && b == 0x96)) {
			f->out[i] = 0xC4;
			f->out[i + 1] = 0x91;
		}
	}
}

/* Code points of the original before every TEXT_POINTS_STEP-th byte. */
static const uint32_t *count_points(struct arena *a, struct span s)
{
	size_t n = s.n / TEXT_POINTS_STEP + 1;
	uint32_t *points = arena_raw(a, n * sizeof *points), sum = 0;
	for (size_t k = 0; k < n; k++) {
		size_t at = k * TEXT_POINTS_STEP, left = s.n - at;
		points[k] = sum;
		sum += (uint32_t)utf8_count(
			(struct span){s.p + at, left < TEXT_POINTS_STEP ? left : TEXT_POINTS_STEP});
	}
	return points;
}

static void fold_run(struct folder *f)
{
	folder_room(f, 0);
	f->end = f->n;
	fold_all(f);
	uint8_t last = f->state != BETWEEN ? TEXT_WORD_END : 0;
	folder_word_close(f);
	if (f->w && f->out[f->w - 1] == ' ') { /* what followed it was invisible */
		f->end = f->map[--f->w];
		last = f->flags[f->w] & TEXT_WORD_END;
	}
	f->flags[f->w] = last;
	f->map[f->w] = (uint32_t)f->end;
	f->out[f->w] = 0;
}

/* Most articles have empty fields: nothing is allocated for them. */
static void fold_nothing(struct text *out)
{
	static const uint8_t flags[8];
	static const uint32_t zero;
	*out = (struct text){.original = {"", 0},
		.folded = {"", 0},
		.map = &zero,
		.flags = flags,
		.paragraph_marked = flags,
		.points = &zero};
}

void text_fold_as(struct arena *a, struct span utf8, bool folded, struct text *out, struct report *rep)
{
	if (!utf8.n) {
		fold_nothing(out);
		return;
	}
	struct folder f = {.arena = a, .in = (const uint8_t *)utf8.p, .n = utf8.n, .tone = NO_TONE};
	fold_run(&f);
	folder_paragraph_close(&f);
	memset(f.out + f.w, 0, FOLD_AHEAD);
	bool marked = false;
	vec_each (m, &f.marked)
		marked |= *m != MARKS_NONE;
	if (f.eth && marked && !folded)
		strike_eth(&f);
	if (f.dropped_marks && rep)
		report_add(rep, R_TEXT_MARKS_CAPPED, 0, 0, arena_printf(a, "%d", MARKS_RUN_MAX), NULL);
	*out = (struct text){
		.original = utf8, .folded = {(char *)f.out, f.w}, .map = f.map, .flags = f.flags};
	out->paragraph_marked = memcpy(arena_raw(a, f.marked.n), f.marked.p, f.marked.n);
	out->points = count_points(a, utf8);
	text_segment(a, out, f.n_words);
	vec_release(&f.marked);
}

void text_fold(struct arena *a, struct span utf8, struct text *out, struct report *rep)
{
	text_fold_as(a, utf8, false, out, rep);
}

struct span text_fold_word(struct arena *a, struct span utf8, size_t *words)
{
	struct arena scratch = {0}; /* maps, flags and room take fifty times the word */
	struct text t;
	text_fold(&scratch, utf8, &t, NULL);
	struct span word = arena_span(a, t.folded);
	for (size_t i = 0; i < word.n; i++)
		if (word.p[i] == '\n')
			((char *)word.p)[i] = ' ';
	if (words)
		*words = t.n_words;
	arena_release(&scratch);
	return word;
}
