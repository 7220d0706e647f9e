/* names: see names.h. Lists of words that papers put around names; a name begins with a capital or is in a
 * script without them. */
#include "page/names.h"

#include <string.h>

#include "base/utf8.h"
#include "page/head.h"

#include "base/banned.h"

enum { NAME_MIN = 2, NAME_BYTES = 60, NAME_WORDS = 6, SQUEEZED = 64 };

/* What stands before a name; blanks and colons behind it are dropped too. */
static const char *const by[] = {"by", "written by", "words by", "story by", "reported by", "text by",
	"posted by", "published by", "photos and story by", "story and photos by", "text and photos by",
	"author", "authors", "von", "ein artikel von", "artikel von", "ein beitrag von", "veröffentlicht von",
	"geschrieben von", "eingestellt von", "verfasst von", "redaktion", "autor", "autorin", "text", "par",
	"rédigé par", "écrit par", "publié par", "auteur", "por", "escrito por", "publicado por", "di",
	"a cura di", "scritto da", "pubblicato da", "autore", "af", "av", "skrevet av", "skrevet af",
	"skriven av", "tekst", "door", "oleh", "penulis", "theo", "tác giả", "bài, ảnh", "bài và ảnh",
	"tin, ảnh", "tin và ảnh", "bài", "tin", "nguồn", "thực hiện", "nhóm pv", "nhóm phóng viên",
	"phóng viên", "bút danh", "người viết", "автор", "autorka", "napsal", "yazan", "haber", "記者",
	"记者", "文", "作者", "글", "取材"};

/* Roles behind or beside a name. */
static const char *const roles[] = {"writer", "editor", "reporter", "correspondent", "columnist",
	"contributor", "officer", "director", "journalist", "producer", "critic", "analyst", "intern",
	"staff", "fellow", "professor", "manager", "president", "founder", "author", "coordinator",
	"redakteur", "redakteurin", "redaktør", "korrespondent", "korrespondentin", "autor", "autorin",
	"journaliste", "correspondant", "redactor", "redactora", "periodista", "corresponsal", "giornalista",
	"chief", "sponsored", "marketing", "기자", "특파원", "記者", "记者", "特派員"};
static const char *const role_parts[] = {"senior", "junior", "special", "contributing", "associate", "deputy",
	"assistant", "managing", "executive", "digital", "political", "chief", "staff", "freelance", "news",
	"the"};

/* Lines that are no names. */
static const char *const never[] = {"admin", "administrator", "editor", "staff", "redaktion", "tổng hợp",
	"ban biên tập", "pv", "guest", "newsroom", "webmaster", "publisher", "no author", "agencies", "red",
	"staff reporter", "web desk", "news desk", "about the author", "author bio", "author", "autor",
	"sponsored", "unknown", "anonymous", "january", "february", "march", "july", "august", "september",
	"october", "november", "december", "januar", "februar", "oktober", "dezember", "editors", "marketing",
	"null", "none", "follow", "share", "n/a", "system", "user", "super user", "đăng nhập", "toà soạn",
	"tòa soạn", "quản trị", "quản trị viên", "external author", "team", "read more", "comments", "phd",
	"rdn", "rd", "ld", "mba", "jd", "rn", "ms", "md", "m.d", "ph.d", "facebook", "twitter"};
static const char *const days[] = {"thứ ", "chủ nhật", "monday", "tuesday", "wednesday", "thursday", "friday",
	"saturday", "sunday", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag",
	"published", "updated", "posted", "cập nhật", "cross-posted", "aktualisiert", "stand"};
static const char *const desks[] = {"redaktion", "team", "staff", "desk", "editors", "redacción", "redazione",
	"rédaction", "redaksi", "toimitus", "редакция", "newsroom", "reporters"};

static bool listed(struct span s, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (span_is_ci(s, list[i]))
			return true;
	return false;
}

#define LISTED(s, list) listed(s, list, sizeof(list) / sizeof *(list))

static struct span cut_ends(struct span s)
{
	static const char *const marks[] = {"•", "·", "–", "—", "“", "”", "」", "「", "／", "（", "）", "："};
	for (bool again = true; again && s.n;) {
		struct span before = s;
		while (s.n && strchr(" .,;:-|*\"/@()[]>", s.p[0]))
			s = span_cut(s, 1, s.n);
		while (s.n && strchr(" ,;:-|*\"/@([>", s.p[s.n - 1]))
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

/* The longest "by" at the beginning; 0: none. Without capitals a word must end behind it. */
static size_t by_length(struct span s)
{
	size_t best = 0;
	for (size_t i = 0; i < sizeof by / sizeof *by; i++) {
		size_t n = strlen(by[i]);
		bool cased = (unsigned char)by[i][n - 1] < 0xE3;
		if (n > best && span_starts_ci(s, by[i]) && (s.n == n || !cased || strchr(" :\t.", s.p[n])))
			best = n;
	}
	return best;
}

static struct span last_word(struct span s)
{
	size_t i = s.n;
	while (i && s.p[i - 1] != ' ')
		i--;
	return span_cut(s, i, s.n);
}

static struct span first_word(struct span s)
{
	return span_cut(s, 0, span_find_byte(s, ' ', 0));
}

/* "T. V. Raman at 9:30", "Stephen Bay in Growth": no name goes over these words. */
static struct span cut_at_words(struct span s)
{
	static const char *const stops[] = {
		" at ", " in ", " um ", " on ", " under ", " for ", " from ", " am ", " lúc ", " vào "};
	for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
		s = span_cut(s, 0, span_find(s, span_of(stops[i]), 0));
	if (span_ends(s, " at") || span_ends(s, " um") || span_ends(s, " on") || span_ends(s, " in"))
		s = span_cut(s, 0, s.n - 3);
	return s;
}

static struct span drop_roles(struct span s)
{
	struct span word = last_word(s);
	if (word.n == s.n || !LISTED(word, roles))
		return s;
	if (LISTED(first_word(s), role_parts) || LISTED(first_word(s), roles))
		return (struct span){NULL, 0};
	if (head_word_count(span_cut(s, 0, s.n - word.n)) < 2)
		return s;
	while (word.n < s.n && (LISTED(word, roles) || LISTED(word, role_parts))) {
		s = span_trim(span_cut(s, 0, s.n - word.n));
		word = last_word(s);
	}
	return LISTED(s, role_parts) || LISTED(s, roles) ? (struct span){NULL, 0} : s;
}

struct span names_clean(struct span s)
{
	size_t n;
	s = cut_ends(s);
	size_t open = span_find_byte(s, '(', 0);
	if (open != SIZE_MAX && open > 0)
		s = cut_ends(span_cut(s, 0, open));
	while ((n = by_length(s)) && n < s.n)
		s = cut_ends(span_cut(s, n, s.n));
	s = drop_roles(cut_at_words(s));
	while (s.n && s.p[s.n - 1] == '.' && last_word(s).n > 3)
		s = span_cut(s, 0, s.n - 1);
	return s;
}

static bool begins_name(struct span s)
{
	size_t at = 0;
	uint32_t c = s.n ? utf8_next(s, &at, NULL) : 0;
	if (c < 0x80)
		return c >= 'A' && c <= 'Z';
	return !(c >= 0xE0 && c <= 0xFE) && c != 0x111; /* small letters of Latin-1, "đ" */
}

/* Signs in small letters: "jse", "dpa", "r23". Any word of a name begins so but for "von", "de". */
static bool is_sign(struct span s)
{
	return s.n >= 3 && s.n <= 24 && span_find_byte(s, ' ', 0) == SIZE_MAX;
}

bool names_is_name(struct span s)
{
	if (s.n < NAME_MIN || s.n > NAME_BYTES || head_word_count(s) > NAME_WORDS || LISTED(s, never) ||
		by_length(s) == s.n)
		return false;
	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		if (span_starts_ci(s, days[i]) || span_starts(s, "Chủ Nhật"))
			return false;
	size_t letters = 0;
	for (size_t i = 0; i < s.n; i++) {
		bool digit = s.p[i] >= '0' && s.p[i] <= '9';
		if ((digit && (i == 0 || s.p[i - 1] <= '/')) || strchr("@/=<>{}", s.p[i]))
			return false;
		if (s.p[i] == '.' && i + 2 < s.n && s.p[i + 1] >= 'a' && s.p[i + 1] <= 'z')
			return false; /* a host */
		letters += (unsigned char)s.p[i] >= 0x80 || ((s.p[i] | 32) >= 'a' && (s.p[i] | 32) <= 'z');
	}
	if (letters < 2 || (LISTED(last_word(s), roles) && !LISTED(last_word(s), desks)) ||
		span_find_ci(s, "more", 0) == 0 || span_find_ci(s, " more", 0) != SIZE_MAX ||
		span_find_ci(s, " posts", 0) != SIZE_MAX || span_find_ci(s, " of the ", 0) != SIZE_MAX ||
		span_starts_ci(s, "head of ") || span_starts_ci(s, "staff ") ||
		span_find_ci(s, "staff reporter", 0) != SIZE_MAX)
		return false;
	return begins_name(s) || is_sign(s);
}

static size_t squeeze(struct span s, char out[SQUEEZED])
{
	size_t n = 0;
	for (size_t i = 0; i < s.n && n < SQUEEZED - 1; i++)
		if ((unsigned char)s.p[i] >= 0x80 || (s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] | 32) >= 'a')
			out[n++] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] | 32) : s.p[i];
	out[n] = 0;
	return n;
}

/* A name within the outlet's is the outlet; the outlet's within a name may be a desk of it. */
static bool same_outlet(struct span name, struct span outlet)
{
	char x[SQUEEZED], y[SQUEEZED];
	size_t n = squeeze(name, x), m = squeeze(outlet, y);
	if (n < 3 || m < 3)
		return n == m && memcmp(x, y, n) == 0;
	if (strstr(y, x) == y && (n * 2 > m || head_word_count(name) > 1))
		return true;
	return head_likeness(name, outlet) >= 0.99f &&
	       (head_word_count(name) <= head_word_count(outlet) || !LISTED(last_word(name), desks));
}

bool names_is_outlet(struct span s, const struct meta *m, const char *host)
{
	if (m->site && same_outlet(s, span_of(m->site)))
		return true;
	for (size_t i = 0; i < m->outlets.list.n; i++)
		if (same_outlet(s, span_of(m->outlets.list.p[i])))
			return true;
	char x[SQUEEZED];
	if (host && squeeze(s, x) >= 5 &&
		span_starts(span_of(strncmp(host, "www.", 4) == 0 ? host + 4 : host), x))
		return true;
	return span_starts_ci(s, "báo ") || span_starts(s, "Báo ") || span_starts(s, "Đài ") ||
	       span_starts_ci(s, "tạp chí ") || span_starts_ci(s, "cổng thông tin");
}

bool names_behind_by(struct span line, struct span *rest)
{
	struct span s = cut_ends(line);
	size_t n = by_length(s);
	if (n == 0) {
		size_t at = span_find_ci(s, " by ", 0);
		if (at == SIZE_MAX || at > 60)
			return false;
		*rest = cut_ends(span_cut(s, at + 4, s.n));
		return begins_name(*rest);
	}
	*rest = cut_ends(span_cut(s, n, s.n));
	return rest->n == 0 || begins_name(*rest);
}

bool names_next(struct span *s, struct span *part)
{
	static const char *const seps[] = {", ", " and ", " AND ", " & ", " und ", " và ", "; ", " – ", " - ",
		" | ", " et ", " y ", " och ", " og ", " · ", " • ", "、", "，", " / ", "/", " with ", ","};
	size_t best = SIZE_MAX, n = 0;
	if (s->n == 0)
		return false;
	for (size_t i = 0; i < sizeof seps / sizeof *seps; i++) {
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
