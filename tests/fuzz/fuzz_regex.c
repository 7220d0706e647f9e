/* fuzz_regex: what the engine finds with a regular expression is what PCRE2 finds alone, match by match,
 * whatever ways round PCRE2 it took. The bytes are a pattern and a text (a line each and the rest), or, when
 * the first is even, each of them picks a piece of a pattern, and behind a zero a piece of a text. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/str.h"
#include "base/utf8.h"
#include "rule/rule.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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

static const char *const of_pattern[] = {"\\b", "\\b", "tin giả", "vỡ đập", "tin", "giả mạo", "tin giả mạo",
	"abc", "abc def", " ", ".{0,12}", ".{0,3}", ".{2,9}", ".{0,20}?", ".*", ".+?", ".?", "\\b.{0,9}\\b",
	"(?:", "(?:", "|", "|", ")", "?", "?", "??", "?+", "(?>", "\\d{1,3}", "\\d+", "\\b\\d", "[0-9]{2}",
	"(?<!abc )", "(?!.{0,6}tin)", "[^ ]+", "[a-f]*", "\\s+", "\\s", "+", "{2}", "{0,1}", "^", "$", "\\w+",
	"\\B", "đ", "日本", "(?=tin)", "(", "\\1", "\\b(?:tin giả|tin)\\b", "\\b(?:abc|vỡ đập)\\b.{0,9}\\b",
	"(?: [^ ]+){0,2} ", "(?:[a-f]+ ){0,3}", "[^.]{0,6}", "(?:tin |vỡ )?(?:giả|mạo|đập)", "\\x61", "\\x20",
	"\\p{L}", "(?<n>abc)", "\\k'n'"};
static const char *const of_text[] = {"tin giả", "vỡ đập", "tin", "giả mạo", "tin giả mạo", "abc", "abc def",
	" ", " ", " ", " ", ", ", ". ", " – ", "“", "”", "«", "7", "12 ", " 345", "đ", "日本", "x", "_", "é",
	"\n\n", "abcdef", "tingiả", "a̱", "²", " def ", "ª", "…", "- "};

static void add_pieces(struct str *to, const uint8_t *p, size_t n, const char *const *of, size_t count)
{
	size_t open = 0;
	for (size_t i = 0; i < n; i++) {
		const char *piece = of[p[i] % count];
		if (of == of_pattern && piece[0] == ')' && !open)
			continue;
		open += piece[0] == '(' && piece[strlen(piece) - 1] != ')';
		open -= piece[0] == ')';
		str_adds(to, piece);
	}
	while (of == of_pattern && open--)
		str_addc(to, ')');
}

static void read_input(const uint8_t *data, size_t size, struct str *pattern, struct str *text)
{
	const char *p = (const char *)data + 1;
	size_t n = size - 1;
	bool made = data[0] % 2 == 0;
	const char *end = memchr(p, made ? 0 : '\n', n);
	size_t first = end ? (size_t)(end - p) : n, behind = end ? first + 1 : n;
	if (made) {
		add_pieces(pattern, data + 1, first, of_pattern, sizeof of_pattern / sizeof *of_pattern);
		add_pieces(text, data + 1 + behind, n - behind, of_text, sizeof of_text / sizeof *of_text);
		return;
	}
	str_add(pattern, (struct span){p, first});
	size_t bad = 0;
	for (size_t at = behind; at < n;)
		str_add_utf8(text, utf8_next((struct span){p, n}, &at, &bad));
}

/* Does PCRE2 see the pattern as it is written? */
static bool is_folded(struct arena *a, struct span pattern)
{
	for (size_t i = 0; i < pattern.n; i++)
		if ((unsigned char)pattern.p[i] < ' ')
			return false;
	return utf8_valid(pattern) && span_eq(text_fold_word(a, pattern, NULL), pattern);
}

static struct ruleset *load(struct span pattern)
{
	char path[64];
	struct str yaml = {0};
	struct ruleset *s = NULL;
	struct err e = {0};
	struct rule_load how = {.unchecked = true, .today = 20780};
	const char *paths[] = {path};
	str_adds(&yaml, "- {id: a.b, title: t, topic: thien-tai, action: monitor, status: live,\n"
			"   created: 2026-11-22, weight: 1, terms: {t: {regex: '");
	for (size_t i = 0; i < pattern.n; i++)
		str_adds(&yaml, pattern.p[i] == '\'' ? "''" : (char[]){pattern.p[i], 0});
	str_adds(&yaml, "'}}, when: t}\n");
	int fd = memfd_create("rules", MFD_CLOEXEC);
	check(fd >= 0 && write(fd, yaml.p, yaml.n) == (ssize_t)yaml.n);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	if (ruleset_load(paths, 1, NULL, &how, &s, &e) < 0)
		s = NULL;
	close(fd);
	str_release(&yaml);
	return s;
}

struct expected {
	uint32_t start[RULE_QUOTES_MAX], end[RULE_QUOTES_MAX];
	size_t n;
	bool failed, told;
};

/* All matches, paragraph by paragraph, as PCRE2 alone finds them. */
static void find_alone(const pcre2_code *code, const struct text *t, struct expected *x)
{
	pcre2_match_data *data = pcre2_match_data_create(1, NULL);
	pcre2_match_context *quick = pcre2_match_context_create(NULL);
	pcre2_set_match_limit(quick, RULE_MATCH_LIMIT / 10);
	const PCRE2_SIZE *v = pcre2_get_ovector_pointer(data);
	for (size_t i = 0; i < t->n_paragraphs && !x->failed; i++) {
		const char *p = t->folded.p + t->paragraphs[i].start;
		size_t n = t->paragraphs[i].end - t->paragraphs[i].start, at = 0;
		int rc = 0;
		x->failed = n > PARAGRAPH_MAX;
		while (!x->failed && at <= n &&
			(rc = pcre2_match(code, (PCRE2_SPTR)p, n, at, 0, data, quick)) >= 0) {
			if (x->n < RULE_QUOTES_MAX) {
				uint32_t base = t->paragraphs[i].start;
				x->start[x->n] = text_code_points(t, base + (uint32_t)v[0]);
				x->end[x->n] = text_code_points(t, base + (uint32_t)v[1]);
			}
			x->n += v[1] > v[0];
			at = v[1] > v[0] ? v[1] : v[1] + 1;
			while (at < n && ((unsigned char)p[at] & 0xC0) == 0x80)
				at++;
		}
		x->failed = x->failed || (rc < 0 && rc != PCRE2_ERROR_NOMATCH);
	}
	pcre2_match_context_free(quick);
	pcre2_match_data_free(data);
}

static void tell(const struct rule_explanation *r, void *ctx)
{
	struct expected *x = ctx;
	x->told = true;
	if (r->failed)
		return;
	check(r->found[0].n == x->n);
	for (size_t i = 0; i < r->found[0].n_quotes; i++)
		check(r->found[0].quotes[i].start == x->start[i] && r->found[0].quotes[i].end == x->end[i]);
}

static void compare(struct arena *a, const struct ruleset *s, const char *text, const pcre2_code *code)
{
	struct article x = {.text = text};
	struct folded_article f;
	struct expected want = {0};
	struct rule_matcher *m = rule_matcher_new(s);
	struct report rep = {0};
	article_fold(a, &x, &f, &rep);
	find_alone(code, &f.field[FIELD_TEXT], &want);
	if (!want.failed)
		check(rule_explain(m, a, &f, &x, 0, "a.b", tell, &want) && want.told);
	rule_matcher_free(m);
	report_release(&rep);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = {0};
	struct str pattern = {0}, text = {0};
	struct ruleset *s = NULL;
	int why;
	PCRE2_SIZE where;
	if (size < 3)
		return 0;
	read_input(data, size, &pattern, &text);
	if (is_folded(&a, str_span(&pattern)) && (s = load(str_span(&pattern)))) {
		pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern.p, pattern.n,
			PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C, &why, &where, NULL);
		check(code);
		compare(&a, s, arena_dup(&a, str_span(&text)), code);
		pcre2_code_free(code);
		ruleset_free(s);
	}
	str_release(&pattern);
	str_release(&text);
	arena_release(&a);
	return 0;
}
