/* tone: Vietnamese writes the tone of oa, oe and uy on the first vowel in older spelling and typing ("hòa",
 * "khỏe", "thủy") and on the second in newer ("hoà", "khoẻ", "thuỷ"); keyboards also leave it on the
 * wrong one before a consonant ("hòan" for "hoàn"). One place for each:
 *
 *	oa oe uy at the end of the syllable    on the first:  hòa, khỏe, thủy
 *	oa oe uy with more letters behind      on the second: hoàn, xoáy, huỳnh
 *	qu- and gi- before a vowel             on that vowel: quý, quà, giá (u and i belong to the consonant)
 *
 * Only words in which fold.c saw a toned vowel that could be such a one come here. */
#include <string.h>

#include "text/classes.h"
#include "text/text_priv.h"

#include "base/banned.h"

enum { TONES = 6, VOWELS = 6, SYLLABLE_MAX = 64 };

static const uint16_t vowel[VOWELS][TONES] = {
	{'a', 0xE0, 0xE1, 0x1EA3, 0xE3, 0x1EA1},
	{'e', 0xE8, 0xE9, 0x1EBB, 0x1EBD, 0x1EB9},
	{'i', 0xEC, 0xED, 0x1EC9, 0x129, 0x1ECB},
	{'o', 0xF2, 0xF3, 0x1ECF, 0xF5, 0x1ECD},
	{'u', 0xF9, 0xFA, 0x1EE7, 0x169, 0x1EE5},
	{'y', 0x1EF3, 0xFD, 0x1EF7, 0x1EF9, 0x1EF5},
};

static bool split(uint32_t c, char *letter, unsigned *tone)
{
	for (unsigned v = 0; v < VOWELS; v++)
		for (unsigned t = 1; t < TONES; t++)
			if (vowel[v][t] == c) {
				*letter = (char)vowel[v][0];
				*tone = t;
				return true;
			}
	return false;
}

static uint32_t toned(char letter, unsigned tone)
{
	for (unsigned v = 0; v < VOWELS; v++)
		if (vowel[v][0] == (uint8_t)letter)
			return vowel[v][tone];
	return (uint8_t)letter;
}

/* Replaces the two code points at `at`, the second at `second`, both ending at `end`, by x and y. */
static void rewrite(struct folder *f, size_t at, size_t second, size_t end, uint32_t x, uint32_t y)
{
	uint32_t from[2] = {f->map[at], f->map[second]};
	uint8_t flags[2] = {f->flags[at], f->flags[second]}, bytes[8];
	size_t nx = encode_at(bytes, x), n = nx + encode_at(bytes + nx, y), tail = f->w - end;
	memmove(f->out + at + n, f->out + end, tail);
	memmove(f->map + at + n, f->map + end, tail * sizeof *f->map);
	memmove(f->flags + at + n, f->flags + end, tail);
	memcpy(f->out + at, bytes, n);
	flags[0] = (flags[0] & TEXT_OF_PLACE) | (uint8_t)flags_of(fold_entry(x));
	flags[1] = (flags[1] & TEXT_OF_PLACE) | (uint8_t)flags_of(fold_entry(y));
	for (size_t i = 0; i < n; i++) {
		f->map[at + i] = from[i >= nx];
		f->flags[at + i] = i == 0 ? flags[0] : i == nx ? flags[1] : 0;
	}
	f->w = at + n + tail;
	folder_room(f, 0);
}

static bool one_of(char c, const char *set)
{
	return c && strchr(set, c);
}

void tone_note(struct folder *f, uint32_t class, size_t at, uint8_t next)
{
	uint8_t before = at ? f->out[at - 1] : 0;
	if (f->tone == NO_TONE && ((class & FOLD_TONE_FIRST && fold_may_be_vowel[next]) ||
					  (class & FOLD_TONE_SECOND && (before == 'o' || before == 'u'))))
		f->tone = at;
}

/* Moves the tone of the letter at `at`, if it has one that must move. */
static void place_at(struct folder *f, size_t at)
{
	size_t len;
	char letter;
	unsigned tone;
	if (!split(decode_at(f->out, f->w, at, &len), &letter, &tone))
		return;
	char before = at > f->word ? (char)f->out[at - 1] : 0,
	     earlier = at > f->word + 1 ? (char)f->out[at - 2] : 0;
	char after = at + len < f->w ? (char)f->out[at + len] : 0;
	bool more = at + len + 1 < f->w; /* letters behind the one after */
	bool pair = (letter == 'o' && one_of(after, "ae")) || (letter == 'u' && after == 'y');
	bool glide = (letter == 'u' && before == 'q' && one_of(after, "aeioy")) ||
		     (letter == 'i' && before == 'g' && one_of(after, "aeou"));
	if (glide || (pair && more))
		rewrite(f, at, at + len, at + len + 1, (uint8_t)letter, toned(after, tone));
	else if (!after && ((one_of(letter, "ae") && before == 'o') ||
				   (letter == 'y' && before == 'u' && earlier != 'q')))
		rewrite(f, at - 1, at, at + len, toned(before, tone), (uint8_t)letter);
}

/* Every letter is looked at, so that a word that has been through it stays as it is. Nothing so long is a
 * syllable, and moving its letters would take time. */
void tone_place(struct folder *f)
{
	size_t len;
	if (f->w - f->word <= SYLLABLE_MAX)
		for (size_t at = f->tone; at < f->w; at += len) {
			place_at(f, at);
			decode_at(f->out, f->w, at, &len);
		}
	f->tone = NO_TONE;
}
