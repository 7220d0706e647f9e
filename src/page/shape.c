/* shape: see shape.h. Papers number their articles or write the headline into the address; sections have a
 * word or two. Which of it a paper does shows in how many of its addresses are made alike. The words known
 * here are those that programs behind web sites use, in the languages they use; no site is. */
#include "page/shape.h"

#include <string.h>

#include "base/hash.h"
#include "base/url.h"

#include "base/banned.h"

enum {
	NUMBER_MIN = 4, /* digits: a year in a headline is one, too, but sections have none */
	SENTENCE_MIN = 5,
	WORDS_MIN = 3,
	ENDING_MAX = 5 /* ".html" without its dot, and a little more */
};

static bool one_of(struct span s, const char *const *list)
{
	for (; *list; list++)
		if (span_is_ci(s, *list))
			return true;
	return false;
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The longest run of digits. */
static size_t digits(struct span s)
{
	size_t best = 0, run = 0;
	for (size_t i = 0; i < s.n; i++) {
		run = digit(s.p[i]) ? run + 1 : 0;
		best = run > best ? run : best;
	}
	return best;
}

/* Words with a hyphen, an underscore or a coded blank between them. */
static size_t words(struct span s)
{
	size_t n = s.n > 0;
	for (size_t i = 0; i < s.n; i++) {
		n += s.p[i] == '-' || s.p[i] == '_' || s.p[i] == '+';
		n += span_starts(span_cut(s, i, s.n), "%20");
	}
	return n;
}

/* Cuts ".html" and the like off; empty: there is none. */
static struct span ending(struct span *name)
{
	for (size_t i = name->n; i-- > 0 && name->n - i <= ENDING_MAX + 1;) {
		if (name->p[i] != '.')
			continue;
		struct span end = span_cut(*name, i + 1, name->n);
		*name = span_cut(*name, 0, i);
		return end;
	}
	return (struct span){name->p, 0};
}

static bool is_file(struct span end)
{
	static const char *const files[] = {"jpg", "jpeg", "png", "gif", "webp", "svg", "pdf", "doc", "docx",
		"xls", "xlsx", "ppt", "pptx", "zip", "rar", "7z", "mp3", "mp4", "m4a", "apk", "xml", "rss",
		"js", "css", "ico", NULL};
	return one_of(end, files);
}

/* Segments of pages that list others, or are none of the paper's texts. */
static bool is_listing(struct span segment)
{
	static const char *const lists[] = {"tag", "tags", "topic", "topics", "chu-de", "tu-khoa", "author",
		"authors", "tac-gia", "search", "tim-kiem", "login", "signin", "dang-nhap", "register",
		"dang-ky", "page", "trang", "category", "feed", "contact", "lien-he", "about", "about-us",
		"gioi-thieu", "privacy", "terms", "dieu-khoan", "quang-cao", "advertise", "subscribe",
		"newsletter", "share", "print", "account", "cart", "wp-login.php", "wp-admin", NULL};
	return one_of(segment, lists);
}

static bool is_year(struct span s)
{
	return s.n == 4 && digits(s) == 4 && (s.p[0] == '1' || s.p[0] == '2');
}

/* Number of a page of a list, in the query: "?page=3", "?trang=3". */
static bool turns_pages(struct span key)
{
	static const char *const keys[] = {
		"page", "p", "paged", "trang", "pageindex", "page_index", "start", "offset", "lang", NULL};
	return one_of(key, keys);
}

static bool numbered_query(struct span query)
{
	struct span part;
	while (span_next(&query, '&', &part)) {
		size_t eq = span_find_byte(part, '=', 0);
		if (eq != SIZE_MAX && !turns_pages(span_cut(part, 0, eq)) &&
			digits(span_cut(part, eq + 1, part.n)) >= 2)
			return true;
	}
	return false;
}

struct shape shape_of(struct span url)
{
	struct url u;
	struct shape x = {SHAPE_NEVER, 0};
	struct span part, last = {NULL, 0}, rest;
	size_t depth = 0;
	bool dated = false;
	if (!url_split(url, &u))
		return x;
	for (rest = u.path; span_next(&rest, '/', &part);) {
		if (!part.n)
			continue;
		if (is_listing(part))
			return x;
		dated |= is_year(part);
		last = part;
		depth++;
	}
	struct span name = last, end = ending(&name);
	if (is_file(end) || (!last.n && !numbered_query(u.query)))
		return x;
	bool alone = name.n > 1 && digits(name) == name.n && depth > 1 && !(dated && name.n == 2);
	bool number = digits(name) >= NUMBER_MIN || alone;
	bool asked = numbered_query(u.query);
	dated = dated && !(is_year(last) || digits(last) == last.n);
	if (number || dated || asked)
		x.kind = SHAPE_NUMBERED;
	else
		x.kind = words(name) >= SENTENCE_MIN                        ? SHAPE_SENTENCE
			 : words(name) >= WORDS_MIN || (end.n && depth > 1) ? SHAPE_WORDS
									    : SHAPE_PLAIN;
	x.form = (uint32_t)hash64(
		end, (uint64_t)x.kind << 8 | (uint64_t)number << 2 | (uint64_t)dated << 1 | asked);
	return x;
}

/* "com" in "tin.com.vn": no name, but one of the kinds a country sorts its names by. */
static bool is_sort(struct span label)
{
	static const char *const sorts[] = {
		"com", "net", "org", "gov", "edu", "co", "ac", "go", "or", "ne", "info", "gob", "gouv", NULL};
	return one_of(label, sorts);
}

/* A number is its own name, with its port. */
static struct span registered(struct span host)
{
	size_t dots[3] = {0}, n = 0;
	struct span name = span_cut(host, 0, span_find_byte(host, ':', 0));
	if (!name.n || digit(name.p[name.n - 1]) || name.p[0] == '[')
		return host;
	for (size_t i = name.n; i-- > 0 && n < 3;)
		if (name.p[i] == '.')
			dots[n++] = i;
	if (n < 2)
		return name;
	if (!is_sort(span_cut(name, dots[1] + 1, dots[0])))
		return span_cut(name, dots[1] + 1, name.n);
	return n < 3 ? name : span_cut(name, dots[2] + 1, name.n);
}

bool shape_same_site(struct span host, struct span other)
{
	struct span a = registered(host), b = registered(other);
	return a.n > 0 && span_eq(a, b);
}
