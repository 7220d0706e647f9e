/* names: see names.h. Lists of words that papers put around names; a name begins with a capital or is in a
 * script without them. */
#include "page/names.h"

#include <string.h>

#include "base/utf8.h"
#include "page/head.h"

#include "base/banned.h"

enum {
	NAME_MIN = 2,
	NAME_BYTES = 60,
	NAME_WORDS = 6,
	SQUEEZED = 64,
	INNER_BYTES = 60,
	SIGNS_MIN = 6,
	SQUEEZE_MIN = 6
};

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
	"记者", "文", "作者", "글", "取材", "责任编辑", "責任編輯", "编辑", "autorin", "đăng bởi", "viết bởi",
	"tổng hợp", "Đăng bởi", "Écrit par", "Автор", "Автор текста", "Текст", "Подготовил", "Подготовила",
	"بقلم", "auteurs", "autores", "text und foto", "text und fotos", "automatisch erstellt von",
	"skrevet av", "kirjoittanut", "szerző", "írta", "автор текста", "текст", "подготовил", "подготовила"};

/* Roles behind or beside a name. */
static const char *const roles[] = {"writer", "editor", "reporter", "correspondent", "columnist",
	"contributor", "officer", "director", "journalist", "producer", "critic", "analyst", "intern",
	"staff", "fellow", "professor", "manager", "president", "founder", "author", "coordinator",
	"redakteur", "redakteurin", "redaktør", "korrespondent", "korrespondentin", "autor", "autorin",
	"journaliste", "correspondant", "redactor", "redactora", "periodista", "corresponsal", "giornalista",
	"chief", "sponsored", "marketing", "기자", "특파원", "記者", "记者", "特派員"};
static const char *const signs[] = {
	"선임기자", "인턴기자", "기자", "특파원", "記者", "记者", "特派員", "編集委員"};
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
	"rdn", "rd", "ld", "mba", "jd", "rn", "ms", "md", "m.d", "ph.d", "mph", "facebook", "twitter",
	"bluesky", "mastodon", "instagram", "linkedin", "youtube", "tiktok", "zalo", "telegram", "whatsapp",
	"threads", "pinterest", "rss", "email", "e-mail", "bio", "bild", "bilder", "foto", "fotos", "photo",
	"photos", "video", "contact", "home", "author information", "authors", "contributors", "contributor",
	"correspondent", "reporter", "default", "editorial", "guest author", "gastautor", "press release",
	"pressemitteilung", "thông cáo báo chí", "người dùng", "biên tập viên", "ctv", "bạn đọc"};
static const char *const days[] = {"thứ ", "chủ nhật", "monday", "tuesday", "wednesday", "thursday", "friday",
	"saturday", "sunday", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag",
	"published", "updated", "posted", "cập nhật", "Cập nhật", "Chủ Nhật", "cross-posted", "aktualisiert",
	"stand", "veröffentlicht", "publié", "publicad", "erstellt", "đăng ngày", "Đăng ngày"};
static const char *const desks[] = {"redaktion", "team", "staff", "desk", "editors", "redacción", "redazione",
	"rédaction", "redaksi", "toimitus", "редакция", "newsroom", "reporters"};

/* In a line that is no name; ^: at its beginning. */
static const char *const talk[] = {"^more", " more", " posts", " of the ", "^head of ", "^staff ",
	"staff reporter", "^www.", "^http", "^follow ", "^all ", "^view ", "報導", "报道", "報道", "综合",
	"綜合"};
/* Small words within names. */
static const char *const particles[] = {"de", "da", "do", "das", "dos", "di", "du", "del", "della", "der",
	"den", "des", "van", "von", "vom", "ter", "ten", "zu", "zur", "af", "av", "la", "le", "les", "los",
	"el", "al", "bin", "binti", "ibn", "bint", "abu", "y", "e", "of", "the", "for", "and", "und", "&"};

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
	static const char *const marks[] = {
		"•", "·", "–", "—", "“", "”", "」", "「", "／", "（", "）", "：", "・", "｜", "　"};
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

/* Does a word end here? */
static bool word_ends(struct span s)
{
	return s.n == 0 || strchr(" :\t./|", s.p[0]) || span_starts(s, "：") || span_starts(s, "／");
}

/* The longest "by" at the beginning; 0: none. A word must end behind it, but for those of several Chinese
 * signs: the name follows at once. */
static size_t by_length(struct span s)
{
	size_t best = 0;
	for (size_t i = 0; i < sizeof by / sizeof *by; i++) {
		size_t n = strlen(by[i]);
		bool at_once = (unsigned char)by[i][0] >= 0xE3 && n > 3;
		if (n > best && span_starts_ci(s, by[i]) && (at_once || word_ends(span_cut(s, n, s.n))))
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

/* How many bytes of s are a role, "Senior Reporter" and the blank behind it; 0: none. */
static size_t role_length(struct span s)
{
	struct span rest = s, word;
	size_t n = 0;
	while (span_next(&rest, ' ', &word)) {
		if (LISTED(word, roles))
			n = rest.n ? (size_t)(rest.p - s.p) : s.n;
		else if (!LISTED(word, role_parts))
			break;
	}
	return n;
}

/* "Reporter Ann Wells", "Ann Wells Senior Writer to the Courier": a name ends where a role begins. */
static struct span drop_roles(struct span s)
{
	struct span word = span_cut(s, 0, span_find_byte(s, ' ', 0));
	if (LISTED(word, role_parts) && LISTED(last_word(s), roles))
		return (struct span){NULL, 0};
	struct span rest = s = span_trim(span_cut(s, role_length(s), s.n));
	for (size_t n = 0; span_next(&rest, ' ', &word); n++)
		if (n >= 2 && role_length((struct span){word.p, (size_t)(s.p + s.n - word.p)}))
			return span_trim(span_cut(s, 0, (size_t)(word.p - s.p)));
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

/* "홍가람 기자": Chinese, Japanese and Korean roles follow the name at once. */
static struct span drop_signs(struct span s)
{
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (span_ends(s, signs[i]) && s.n >= strlen(signs[i]) + SIGNS_MIN)
			return span_trim(span_cut(s, 0, s.n - strlen(signs[i])));
	return s;
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
	s = span_trim(span_cut(s, 0, mail_at(s)));
	s = drop_roles(drop_signs(cut_at_words(s)));
	while (s.n && s.p[s.n - 1] == '.' && last_word(s).n > 3)
		s = span_cut(s, 0, s.n - 1);
	return s;
}

/* Small letters of Latin, Greek and Cyrillic. */
static bool is_small(uint32_t c)
{
	if (c < 0x80)
		return c >= 'a' && c <= 'z';
	if (c < 0x100)
		return c >= 0xDF;
	if (c < 0x180 || (c >= 0x1E00 && c < 0x1F00)) /* in pairs, the capital first */
		return (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E) ? c % 2 == 0 : c % 2 == 1;
	return c == 0x1A1 || c == 0x1B0 || (c >= 0x3AC && c <= 0x3CE) || (c >= 0x430 && c <= 0x45F);
}

static uint32_t first_letter(struct span s)
{
	size_t at = 0;
	return s.n ? utf8_next(s, &at, NULL) : 0;
}

static bool begins_name(struct span s)
{
	uint32_t c = first_letter(s);
	return c < 0x80 ? c >= 'A' && c <= 'Z' : !is_small(c);
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
		if (word.n == 0 || LISTED(word, particles))
			continue;
		n++;
		capitals += !is_small(first_letter(word));
	}
	return capitals * 2 >= n;
}

static bool begins_with_day(struct span s)
{
	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		if (span_starts_ci(s, days[i]))
			return true;
	return false;
}

/* Addresses, handles, numbers, code. Initials ("H.N.") are none of these. */
static bool has_odd_marks(struct span s)
{
	for (size_t i = 0; i < s.n; i++) {
		bool digit = s.p[i] >= '0' && s.p[i] <= '9';
		if ((digit && (i == 0 || s.p[i - 1] <= '/')) || strchr("@/=<>{}", s.p[i]))
			return true;
		if (s.p[i] == '.' && i + 2 < s.n && s.p[i + 1] >= 'a' && s.p[i + 1] <= 'z')
			return true; /* a host */
	}
	return false;
}

static bool has_talk(struct span s)
{
	for (size_t i = 0; i < sizeof talk / sizeof *talk; i++)
		if (talk[i][0] == '^' ? span_starts_ci(s, talk[i] + 1)
				      : span_find_ci(s, talk[i], 0) != SIZE_MAX)
			return true;
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
	if (LISTED(s, never) || by_length(s) == s.n || begins_with_day(s) || has_odd_marks(s) || has_talk(s))
		return false;
	if (LISTED(last_word(s), roles) && !LISTED(last_word(s), desks))
		return false;
	return (begins_name(s) && is_capital(s)) || is_sign(s);
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

/* "标题_河湾网": titles end with the outlet. Those in Latin letters may end with a columnist, too. */
static bool ends_title(struct span s, struct span title)
{
	if (s.n < SQUEEZE_MIN || (unsigned char)s.p[0] < 0xE3 || title.n <= s.n + SQUEEZE_MIN)
		return false;
	struct span before = span_trim(span_cut(title, 0, title.n - s.n));
	return span_eq(span_cut(title, title.n - s.n, title.n), s) && strchr("_|-", before.p[before.n - 1]);
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
	char x[SQUEEZED];
	if (host && squeeze(s, x) >= 5 &&
		span_starts(span_of(strncmp(host, "www.", 4) == 0 ? host + 4 : host), x))
		return true;
	return span_starts_ci(s, "báo ") || span_starts(s, "Báo ") || span_starts(s, "Đài ") ||
	       span_starts_ci(s, "tạp chí ") || span_starts_ci(s, "cổng thông tin");
}

static bool has_digit(struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= '0' && s.p[i] <= '9')
			return true;
	return false;
}

/* Of what a link leads to, not of a name: "Alle Beiträge", "Tất cả bài viết", anything with small words. */
static bool says_more(struct span s)
{
	static const char *const alls[] = {"alle ", "alles", "all ", "more", "mehr", "tous ", "toutes ",
		"tutti ", "zeige ", "view ", "see ", "ver ", "xem "};
	struct span word;
	for (size_t i = 0; i < sizeof alls / sizeof *alls; i++)
		if (span_starts_ci(s, alls[i]))
			return true;
	while (span_next(&s, ' ', &word))
		if (word.n && !LISTED(word, particles) && is_small(first_letter(word)))
			return true;
	return false;
}

/* "posted on 2026-11-21 by Ann Wells", and in links "Alle Beiträge von Anna Wels": behind the word in the
 * middle. Other words than "by" may stand in a name or a headline, too. */
static bool behind_inner_by(struct span s, bool link, struct span *rest)
{
	static const char *const inner[] = {" by ", "记者：", "記者：", "记者:", "記者:", "作者：",
		"作者:", " von ", " par ", " por ", " bởi ", " của ", " av ", " af ", " door ", " di "};
	for (size_t i = 0; i < sizeof inner / sizeof *inner; i++) {
		size_t at = span_find_ci(s, inner[i], 0);
		struct span before = span_cut(s, 0, at);
		if (at == SIZE_MAX || at > INNER_BYTES ||
			(inner[i][0] == ' ' && i && !has_digit(before) && !(link && says_more(before))))
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
	return by_length(cut_ends(line)) > 0;
}

bool names_behind_by(struct span line, struct span *rest)
{
	struct span s = cut_ends(line);
	size_t n = by_length(s);
	if (n == 0)
		return behind_inner_by(s, false, rest);
	*rest = cut_ends(span_cut(s, n, s.n));
	return rest->n == 0 || begins_name(*rest);
}

bool names_is_office(struct span s)
{
	static const char *const papers[] = {"times", "post", "news", "press", "agency", "journal", "tribune",
		"courier", "magazine", "wire", "media", "herald", "gazette", "chronicle", "zeitung", "presse",
		"nachrichten", "agentur", "rundschau", "university", "institute"};
	struct span last;
	s = cut_ends(s);
	last = last_word(s);
	return last.n < s.n && (LISTED(last, roles) || LISTED(last, papers));
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
	static const char *const seps[] = {", ", " and ", " AND ", " & ", " und ", " và ", "; ", " – ", " - ",
		" | ", " et ", " y ", " och ", " og ", " · ", " • ", "、", "，", " / ", "/", " with ",
		" im Gespräch mit ", " mit ", ",", ";", "\n", "／"};
	return next_between(s, part, seps, sizeof seps / sizeof *seps);
}

bool names_next_part(struct span *s, struct span *part)
{
	static const char *const seps[] = {" | ", " • ", " · ", " – ", " — ", " - ", "|"};
	return next_between(s, part, seps, sizeof seps / sizeof *seps);
}
