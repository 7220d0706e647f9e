/* names: see names.h. What papers put around a name is cut off, going by lists of words; what is left begins
 * with a capital or is in a script without them, and has nothing in it that names do not have. */
#include "page/names.h"

#include <string.h>

#include "base/utf8.h"
#include "page/head.h"
#include "page/letters.h"
#include "page/names_words.h"

#include "base/banned.h"

enum {
	NAME_MIN = 2,
	NAME_BYTES = 60,
	NAME_WORDS = 6,
	SQUEEZED = 64,
	INNER_BYTES = 60,
	SIGNS_MIN = 6,
	EDITORS_BYTES = 12, /* "责任编辑": the word itself, and what they edit */
	SQUEEZE_MIN = 6,
	MEDIUM_WORDS = 9,
	HOST_MIN = 5,
	ASIAN_MEDIUM = 36 /* bytes */
};

static struct span cut_ends(struct span s)
{
	static const char *const marks[] = {"•", "·", "–", "—", "“", "”", "」", "「", "／", "（", "）", "：",
		"・", "｜", "　", "＝", "∙", "【", "】"};
	for (bool again = true; again && s.n;) {
		struct span before = s;
		while (s.n && strchr(" .,;:-|*\"/@()[]>", s.p[0]))
			s = span_cut(s, 1, s.n);
		while (s.n && strchr(" ,;:-|*\"/@([]>", s.p[s.n - 1]))
			s = span_cut(s, 0, s.n - 1);
		if (span_ends(s, ")") && span_find_byte(s, '(', 0) == SIZE_MAX)
			s = span_cut(s, 0, s.n - 1);
		for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
			if (span_starts(s, marks[i]))
				s = span_cut(s, strlen(marks[i]), s.n);
			if (span_ends(s, marks[i]))
				s = span_cut(s, 0, s.n - strlen(marks[i]));
		}
		again = s.n != before.n;
	}
	return s;
}

static struct span last_word(struct span s)
{
	size_t i = s.n;
	while (i && s.p[i - 1] != ' ')
		i--;
	return span_cut(s, i, s.n);
}

/* "T. V. Raman at 9:30", "Stephen Bay in Growth": no name goes over these words. */
static struct span cut_at_words(struct span s)
{
	static const char *const stops[] = {" at ", " in ", " um ", " on ", " under ", " for ", " from ",
		" am ", " lúc ", " vào ", " Foto:", " Fotos:", " Photo:", " Photos:", " Bild:", " ảnh:",
		" Ảnh:", " Grafik:", " Editor:", " Leave a ", " Actualizado", " Atualizado", " Updated",
		" Published", " Posted", " Publié", " Mis à jour", " Aktualisiert", " Veröffentlicht",
		" Publicad", " Aggiornat", " Uppdaterad", " Publicerad", " Oppdatert", " Publisert",
		" Cập nhật", " cập nhật", " Đăng ", " yesterday", " today", " 编辑", " 編輯", " 责编",
		" 来源", " 來源", "【", "〔"};
	for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
		s = span_cut(s, 0, span_find(s, span_of(stops[i]), 0));
	if (span_ends(s, " at") || span_ends(s, " um") || span_ends(s, " on") || span_ends(s, " in"))
		s = span_cut(s, 0, s.n - 3);
	return s;
}

/* How many bytes of s are a role, "Senior Reporter" and the blank behind it; 0: none. */
static size_t role_length(struct span s)
{
	struct span rest = s, word;
	size_t n = 0;
	while (span_next(&rest, ' ', &word)) {
		if (name_word_is(word, NAME_ROLE))
			n = rest.n ? (size_t)(rest.p - s.p) : s.n;
		else if (!name_word_is(word, NAME_ROLE_PART))
			break;
	}
	return n;
}

/* "Reporter Ann Wells", "Ann Wells Senior Writer to the Courier": a name ends where a role begins. */
static struct span drop_roles(struct span s)
{
	struct span word = span_cut(s, 0, span_find_byte(s, ' ', 0));
	if (name_word_is(word, NAME_ROLE_PART) && name_word_is(last_word(s), NAME_ROLE))
		return (struct span){NULL, 0};
	struct span rest = s = span_trim(span_cut(s, role_length(s), s.n));
	for (size_t n = 0; span_next(&rest, ' ', &word); n++)
		if (n >= 2 && role_length((struct span){word.p, (size_t)(s.p + s.n - word.p)}))
			return span_trim(span_cut(s, 0, (size_t)(word.p - s.p)));
	return s;
}

/* "ANN WELLS Associated Press" */
static struct span cut_agency(struct span s)
{
	static const char *const agencies[] = {" Associated Press", " Reuters", " AFP", " Staff"};
	for (size_t i = 0; i < sizeof agencies / sizeof *agencies; i++) {
		size_t at = span_find(s, span_of(agencies[i]), 0);
		if (at != SIZE_MAX && head_word_count(span_cut(s, 0, at)) > 1)
			s = span_cut(s, 0, at);
	}
	return s;
}

/* Where the address behind a name begins. */
static size_t mail_at(struct span s)
{
	size_t at = span_find_byte(s, '@', 0);
	while (at != SIZE_MAX && at && s.p[at - 1] != ' ')
		at--;
	return at;
}

static bool is_hangul(struct span s)
{
	return s.n && (unsigned char)s.p[0] >= 0xEA && (unsigned char)s.p[0] <= 0xED;
}

/* "들녘신문 홍가람": Korean reporters stand behind their outlet. */
static struct span last_name(struct span s)
{
	return is_hangul(s) && last_word(s).n >= SIGNS_MIN ? last_word(s) : s;
}

/* "홍가람 기자": Chinese, Japanese and Korean roles follow the name at once. */
static struct span drop_signs(struct span s)
{
	size_t n = name_word_ends(s, NAME_SIGN);
	return n && s.n >= n + SIGNS_MIN ? last_name(span_trim(span_cut(s, 0, s.n - n))) : s;
}

/* "BSCKI Đặng Minh Tuệ", "PGS.TS Lê Mẫu" */
static struct span drop_titles(struct span s)
{
	static const char *const titles[] = {"BS", "BS.", "BSCKI", "BSCKII", "BS.CKI", "BS.CKII", "BSCK1",
		"BSCK2", "ThS", "ThS.", "Ths.", "TS", "TS.", "PGS.TS", "PGS.TS.", "GS.TS", "GS.TS.", "ThS.BS",
		"TS.BS", "ThS.BS.", "TS.BS.", "LS", "LS."};
	struct span word = span_cut(s, 0, span_find_byte(s, ' ', 0));
	for (size_t i = 0; word.n < s.n && i < sizeof titles / sizeof *titles; i++)
		if (span_is(word, titles[i]) && head_word_count(s) > 2)
			return drop_titles(span_trim(span_cut(s, word.n, s.n)));
	return s;
}

/* "Ann Wells MD PhD" */
static struct span drop_degrees(struct span s)
{
	static const char *const degrees[] = {
		"MD", "M.D.", "PhD", "Ph.D.", "MS", "MA", "MPH", "MBA", "JD", "RD", "RDN", "LD", "RN"};
	for (bool again = true; again;) {
		struct span last = last_word(s);
		again = false;
		for (size_t i = 0; i < sizeof degrees / sizeof *degrees && !again; i++)
			again = span_is(last, degrees[i]) && head_word_count(s) > 2;
		s = again ? span_trim(span_cut(s, 0, s.n - last.n)) : s;
	}
	return s;
}

struct span names_clean(struct span s)
{
	size_t n;
	s = cut_ends(s);
	size_t open = span_find_byte(s, '(', 0);
	if (open != SIZE_MAX && open > 0)
		s = cut_ends(span_cut(s, 0, open));
	while ((n = name_by_length(s)) && n < s.n)
		s = cut_ends(span_cut(s, n, s.n));
	s = span_trim(span_cut(s, 0, mail_at(s)));
	s = drop_titles(drop_degrees(drop_roles(drop_signs(cut_agency(cut_at_words(s))))));
	while (s.n && s.p[s.n - 1] == '.' && last_word(s).n > 3)
		s = span_cut(s, 0, s.n - 1);
	return s;
}

static uint32_t first_letter(struct span s)
{
	size_t at = 0;
	return s.n ? utf8_next(s, &at, NULL) : 0;
}

static bool begins_name(struct span s)
{
	uint32_t c = first_letter(s);
	return c < 0x80 ? c >= 'A' && c <= 'Z' : !letter_is_small(c);
}

/* Signs in small letters: "jse", "dpa", "r23". */
static bool is_sign(struct span s)
{
	return s.n >= 3 && s.n <= 24 && span_find_byte(s, ' ', 0) == SIZE_MAX;
}

/* At least half of the words begin with a capital, not counting "de", "von", "of": people and offices do,
 * sentences do not. */
static bool is_capital(struct span s)
{
	size_t capitals = 0, n = 0;
	struct span word;
	while (span_next(&s, ' ', &word)) {
		if (word.n == 0 || name_word_is(word, NAME_PARTICLE))
			continue;
		n++;
		capitals += !letter_is_small(first_letter(word));
	}
	return capitals * 2 >= n;
}

/* Addresses, handles, numbers, code. Initials ("H.N.") are none of these. */
static bool has_odd_marks(struct span s)
{
	for (size_t i = 0; i < s.n; i++) {
		bool digit = s.p[i] >= '0' && s.p[i] <= '9';
		if ((digit && (i == 0 || s.p[i - 1] <= '/')) || strchr(":@/=<>{}", s.p[i]))
			return true;
		if (s.p[i] == '.' && i + 2 < s.n && s.p[i + 1] >= 'a' && s.p[i + 1] <= 'z')
			return true; /* a host */
	}
	return false;
}

static size_t count_letters(struct span s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += (unsigned char)s.p[i] >= 0x80 || ((s.p[i] | 32) >= 'a' && (s.p[i] | 32) <= 'z');
	return n;
}

bool names_is_name(struct span s)
{
	if (s.n < NAME_MIN || s.n > NAME_BYTES || head_word_count(s) > NAME_WORDS || count_letters(s) < 2)
		return false;
	if (name_word_is(s, NAME_NEVER) || name_by_length(s) == s.n || name_word_begins(s, NAME_DAY) ||
		has_odd_marks(s) || span_ends(s, "。") || span_ends(s, "？") ||
		name_words_within(s, NAME_TALK) || name_words_within(s, NAME_EDITOR))
		return false;
	if (name_word_is(last_word(s), NAME_ROLE) && !name_word_is(last_word(s), NAME_DESK))
		return false;
	return (begins_name(s) && is_capital(s)) || is_sign(s);
}

/* A name within the outlet's is the outlet; the outlet's within a name may be a desk of it. */
static bool same_outlet(struct span name, struct span outlet)
{
	char x[SQUEEZED], y[SQUEEZED];
	size_t n = letters_squeeze(name, false, x, sizeof x), m = letters_squeeze(outlet, false, y, sizeof y);
	if (n < 3 || m < 3)
		return n == m && memcmp(x, y, n) == 0;
	if (strstr(y, x) == y && (n * 2 > m || head_word_count(name) > 1))
		return true;
	return head_likeness(name, outlet) >= 0.99f && (head_word_count(name) <= head_word_count(outlet) ||
							       !name_word_is(last_word(name), NAME_DESK));
}

/* "标题_河湾网": titles end with the outlet. Those in Latin letters may end with a columnist, too. */
static bool ends_title(struct span s, struct span title)
{
	if (s.n < SQUEEZE_MIN || (unsigned char)s.p[0] < 0xE3 || title.n <= s.n + SQUEEZE_MIN)
		return false;
	struct span before = span_trim(span_cut(title, 0, title.n - s.n));
	return span_eq(span_cut(title, title.n - s.n, title.n), s) && strchr("_|-", before.p[before.n - 1]);
}

bool names_ends_medium(struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (strchr("_|-", s.p[i]))
			return false;
	return s.n >= SQUEEZE_MIN && s.n <= ASIAN_MEDIUM && (unsigned char)s.p[0] >= 0xE3 &&
	       name_word_ends(s, NAME_MEDIUM) && name_word_ends(s, NAME_MEDIUM) < s.n;
}

bool names_is_medium(struct span s)
{
	char x[SQUEEZED], y[SQUEEZED];
	size_t at = span_find_byte(s, ' ', 0), second = at == SIZE_MAX ? at : span_find_byte(s, ' ', at + 1);
	if (at == SIZE_MAX || head_word_count(s) > MEDIUM_WORDS)
		return false;
	letters_squeeze(span_cut(s, 0, at), false, x, sizeof x);
	letters_squeeze(span_cut(s, 0, second), false, y, sizeof y);
	bool named = begins_name(span_cut(s, at + 1, s.n)) && strcmp(y, "đàiloan") != 0;
	return (named && (strcmp(x, "báo") == 0 || strcmp(x, "đài") == 0)) || strcmp(y, "tạpchí") == 0 ||
	       strcmp(y, "cổngthông") == 0 || strcmp(y, "trangthông") == 0;
}

/* "Tuổi Trẻ": tuoitre.vn */
static bool is_host(struct span s, const struct meta *m, const char *host)
{
	char x[SQUEEZED];
	bool bare = m->lang && span_starts_ci(span_of(m->lang), "vi");
	return host && letters_squeeze(s, bare, x, sizeof x) >= HOST_MIN &&
	       span_starts(span_of(strncmp(host, "www.", 4) == 0 ? host + 4 : host), x);
}

bool names_is_outlet(struct span s, const struct meta *m, const char *host)
{
	if (ends_title(s, span_of(m->page_title)))
		return true;
	if (m->site && same_outlet(s, span_of(m->site)))
		return true;
	for (size_t i = 0; i < m->outlets.list.n; i++)
		if (same_outlet(s, span_of(m->outlets.list.p[i])))
			return true;
	bool host_as_site = m->site && strchr(m->site, '.') && !strchr(m->site, ' ');
	return is_host(s, m, host) || (host_as_site && is_host(s, m, m->site)) || names_is_medium(s) ||
	       names_ends_medium(s);
}

/* Of what a link leads to, not of a name: "Alle Beiträge", "Tất cả bài viết", anything with small words. */
static bool says_more(struct span s)
{
	static const char *const leads[] = {"alle ", "alles", "all ", "more", "mehr", "tous ", "toutes ",
		"tutti ", "zeige ", "view ", "see ", "ver ", "xem "};
	struct span word;
	for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
		if (span_starts_ci(s, leads[i]))
			return true;
	while (span_next(&s, ' ', &word))
		if (word.n && !name_word_is(word, NAME_PARTICLE) && letter_is_small(first_letter(word)))
			return true;
	return false;
}

/* "posted on 2026-11-21 by Ann Wells", and in links "Alle Beiträge von Anna Wels": behind the word in the
 * middle. Other words than "by" may stand in a name or a headline, too. */
static bool behind_inner_by(struct span s, bool link, struct span *rest)
{
	static const char *const inner[] = {" by ", "记者：", "記者：", "记者:", "記者:", "作者：",
		"作者:", " 記者", " 记者", "记者 ", "記者 ", "评论员 ", "評論員 ",
		/* behind these only where more than a name is before: */ " von ", " par ", " por ", " bởi ",
		" của ", " av ", " af ", " door ", " di "};
	bool always = true;
	for (size_t i = 0; i < sizeof inner / sizeof *inner; i++) {
		size_t at = span_find_ci(s, inner[i], 0);
		struct span before = span_cut(s, 0, at);
		always = always && strcmp(inner[i], " von ") != 0;
		if (at == SIZE_MAX || at > INNER_BYTES ||
			(!always && !letters_digits(before) && !(link && says_more(before))))
			continue;
		*rest = cut_ends(span_cut(s, at + strlen(inner[i]), s.n));
		if (begins_name(*rest))
			return true;
	}
	return false;
}

struct span names_of_link(struct span s)
{
	struct span rest;
	s = span_cut(s, 0, span_find_byte(s, '\n', 0));
	return behind_inner_by(s, true, &rest) ? rest : s;
}

bool names_begins_by(struct span line)
{
	struct span s = cut_ends(span_cut(line, 0, mail_at(line)));
	return name_by_length(s) > 0 || (s.n <= NAME_BYTES && drop_signs(s).n < s.n);
}

bool names_behind_by(struct span line, struct span *rest)
{
	struct span s = cut_ends(span_cut(line, 0, mail_at(line)));
	size_t n = name_by_length(s);
	*rest = s;
	if (n == 0)
		return names_begins_by(line) || behind_inner_by(s, false, rest);
	*rest = cut_ends(span_cut(s, n, s.n));
	return rest->n == 0 || begins_name(*rest);
}

bool names_is_signed(struct span s)
{
	s = span_trim(span_cut(s, 0, mail_at(s)));
	return (unsigned char)(s.n ? s.p[0] : 0) >= 0xE3 && drop_signs(s).n < s.n && head_word_count(s) <= 4;
}

bool names_editors(struct span line)
{
	return name_words_within(span_cut(cut_ends(line), 0, EDITORS_BYTES), NAME_EDITOR);
}

bool names_is_office(struct span s)
{
	struct span last;
	s = cut_agency(drop_signs(cut_ends(s)));
	last = last_word(s);
	return last.n < s.n && (name_word_is(last, NAME_ROLE) || name_word_is(last, NAME_PAPER));
}

static bool next_between(struct span *s, struct span *part, const char *const *seps, size_t n_seps)
{
	size_t best = SIZE_MAX, n = 0;
	if (s->n == 0)
		return false;
	for (size_t i = 0; i < n_seps; i++) {
		size_t at = span_find(*s, span_of(seps[i]), 0);
		if (at < best) {
			best = at;
			n = strlen(seps[i]);
		}
	}
	*part = span_cut(*s, 0, best);
	*s = best == SIZE_MAX ? (struct span){NULL, 0} : span_cut(*s, best + n, s->n);
	return true;
}

bool names_next(struct span *s, struct span *part)
{
	static const char *const korean[] = {", ", "·", "ㆍ", "/", ","};
	if (is_hangul(*s)) {
		*s = span_cut(*s, 0, span_find(*s, SPAN(" | "), 0)); /* behind it, where it appeared */
		return next_between(s, part, korean, sizeof korean / sizeof *korean);
	}
	static const char *const seps[] = {", ", " and ", " AND ", " & ", " und ", " và ", "; ", " – ", " - ",
		" | ", " et ", " y ", " e ", " och ", " og ", " · ", " • ", "、", "，", " / ", "/", " with ",
		" im Gespräch mit ", " mit ", ",", ";", "\n", "／", " 通讯员", " 通訊員", " 实习生",
		" 實習生", " 实习记者", " 實習記者", " 见习记者", " 特约记者"};
	return next_between(s, part, seps, sizeof seps / sizeof *seps);
}

bool names_next_part(struct span *s, struct span *part)
{
	static const char *const seps[] = {" | ", " • ", " · ", " – ", " — ", " - ", "|"};
	return next_between(s, part, seps, sizeof seps / sizeof *seps);
}
