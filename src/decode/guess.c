/* guess: which charset unlabelled bytes may be in. Each candidate is converted in the mind only: its letters
 * are recognised by where they stand. Tried in the order of how telling the pattern is; windows-1252 is what
 * remains, since every byte means something there. */
#include "decode/decode_priv.h"

#include <string.h>

#include "base/banned.h"

enum { SAMPLE = 65536 };

static bool vowel(unsigned char c)
{
	return c && strchr("aeiouyAEIOUY\xE2\xE3\xEA\xF4\xF5\xFD\xC2\xC3\xCA\xD4\xD5\xDD", c);
}

/* windows-1258 writes the tone behind its vowel as a byte of its own: CC D2 DE EC F2. Elsewhere these are
 * capital and small letters that seldom stand behind a vowel. */
static bool is_1258(struct span s)
{
	size_t behind = 0, elsewhere = 0;
	for (size_t i = 1; i < s.n; i++) {
		if (!strchr("\xCC\xD2\xDE\xEC\xF2", s.p[i]) || !s.p[i])
			continue;
		if (vowel((unsigned char)s.p[i - 1]))
			behind++;
		else
			elsewhere++;
	}
	return behind >= 3 && behind > elsewhere * 4;
}

const struct charset *charset_guess(struct span s)
{
	s = span_cut(s, 0, SAMPLE);
	return charset_named(is_1258(s) ? "windows-1258" : "windows-1252");
}
