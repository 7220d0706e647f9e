/* head: see head.h. How alike two lines are, and which language they are in. title.c finds the headline,
 * byline.c the authors, dates.c the day, address.c the page's own address. */
#include "page/head.h"

#include "base/utf8.h"
#include "page/letters.h"

#include "base/banned.h"

enum { WORDS_MAX = 64 };

static size_t hash_words(struct span s, uint32_t *out)
{
	size_t n = 0;
	for (size_t at = 0; at < s.n && n < WORDS_MAX;) {
		uint32_t h = 2166136261u, c = 0;
		bool any = false;
		while (at < s.n && !letter_is_mark(c = letter_small(utf8_next(s, &at, NULL)))) {
			h = (h ^ c) * 16777619u;
			any = true;
		}
		if (any)
			out[n++] = h;
	}
	return n;
}

float head_likeness(struct span a, struct span b)
{
	uint32_t x[WORDS_MAX], y[WORDS_MAX];
	size_t n = hash_words(a, x), m = hash_words(b, y), same = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < m; k++)
			if (x[i] == y[k]) {
				y[k] = 0;
				same++;
				break;
			}
	size_t less = n < m ? n : m;
	return less ? (float)same / (float)less : 0;
}

size_t head_word_count(struct span s)
{
	uint32_t x[WORDS_MAX];
	return hash_words(s, x);
}

bool head_vietnamese(struct span text)
{
	size_t vi = 0, letters = 0;
	text = utf8_prefix(text, 8000);
	for (size_t at = 0; at < text.n;) {
		uint32_t c = utf8_next(text, &at, NULL);
		letters += c > '@';
		vi += (c >= 0x1EA0 && c <= 0x1EF9) || c == 0x1A1 || c == 0x1B0 || c == 0x111;
	}
	return letters > 60 && vi * 20 > letters;
}

const char *head_lang(struct arena *a, const struct meta *m, const struct page_hints *h, struct span text)
{
	if (head_vietnamese(text))
		return "vi";
	const char *lang = m->lang ? m->lang : h->lang;
	if (!lang)
		return NULL;
	char *out = arena_strdup(a, lang);
	size_t n = 0;
	for (; (out[n] | 32) >= 'a' && (out[n] | 32) <= 'z'; n++)
		out[n] = (char)(out[n] | 32);
	out[n] = 0;
	return n == 2 || n == 3 ? out : NULL;
}
