/* test_page: what is lifted from a page. Larger cases are the goldens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/str.h"
#include "page/page.h"
#include "page/shape.h"
#include "page/words.h"

#define ALLOW_GETENV
#include "base/banned.h"

#define P1                                                                                                                                    \
	"<p>Chiều 21/11, mực nước sông Cầu tại trạm Đáp Cầu lên mức báo động ba, tỉnh đã cho di dời 120 hộ " \
	"dân ở bãi ngoài đê.</p>"
#define P2                                                                                                                              \
	"<p>Theo Ban Chỉ huy phòng thủ dân sự, các tuyến đê vẫn an toàn, lực lượng xung kích được chia làm " \
	"ba ca, trực suốt đêm.</p>"
#define P3                                                                                                                            \
	"<p>Người dân được yêu cầu không ra sông vớt củi, không đi qua ngầm tràn, và theo dõi tin trên loa " \
	"của thôn.</p>"

static struct article read_page(struct arena *a, const char *html, struct report *rep)
{
	struct article x = {0};
	struct err e = {0};
	const struct page_hints h = {.url = "https://tin.example/bai/nuoc-len-123.html"};
	assert_int_equal(page_read(a, span_of(html), &h, &x, rep, &e), 0);
	return x;
}

static void article_is_lifted(void **state)
{
	(void)state;
	struct arena a = {0};
	struct report rep = {0};
	struct article x = read_page(&a,
		"<html lang=vi><head><title>Nước sông Cầu lên mức báo động ba | Tin Ví Dụ</title><meta "
		"property=og:site_name content='Tin Ví Dụ'>"
		"<meta name=description content='Nước sông Cầu lên nhanh.'><link rel=canonical "
		"href='/bai/nuoc-len-123.html'></head><body>"
		"<nav><ul><li><a href=/>Trang chủ</a><li><a href=/thoi-su>Thời sự</a></ul></nav><h1>Nước "
		"sông Cầu lên mức báo động ba</h1>"
		"<span class=date>Thứ Bảy, 21/11/2026 - 18:30 (GMT+7)</span><div class=sapo>Tỉnh đã cho di "
		"dời 120 hộ dân ở bãi ngoài đê trong chiều nay.</div>"
		"<div class=noi-dung>" P1 P2 "<div class=tin-lien-quan><p>Tin liên quan</p><a href=/a>Lũ "
		"trên sông Thương đang xuống</a></div>"
		"<p style='display:none'>Chữ ẩn không ai đọc, dù dài đến đâu, cũng không được vào bài viết "
		"này.</p>" P3 "</div>"
		"<div class=comments><p>Mong mọi người bình an, nước lên nhanh quá, năm nào cũng vậy, khổ "
		"cho bà con ven sông.</p></div>"
		"<footer>Bản quyền thuộc Tin Ví Dụ</footer></body></html>",
		&rep);
	assert_string_equal(x.kind, "article");
	assert_string_equal(x.title, "Nước sông Cầu lên mức báo động ba");
	assert_non_null(strstr(x.text, "Tỉnh đã cho di dời"));
	assert_ptr_equal(strstr(x.text, "Tỉnh đã cho di dời"), x.text);
	assert_non_null(strstr(x.text, "trực suốt đêm.\nNgười dân"));
	assert_null(strstr(x.text, "sông Thương"));
	assert_null(strstr(x.text, "Chữ ẩn"));
	assert_null(strstr(x.text, "bình an"));
	assert_null(strstr(x.text, "Bản quyền"));
	assert_null(strstr(x.text, "18:30"));
	assert_string_equal(x.summary, "Tỉnh đã cho di dời 120 hộ dân ở bãi ngoài đê trong chiều nay.");
	assert_string_equal(x.canonical, "https://tin.example/bai/nuoc-len-123.html");
	assert_string_equal(x.lang, "vi");
	char stamp[STAMP_MAX];
	stamp_format(x.published, stamp);
	assert_string_equal(stamp, "2026-11-21T18:30:00+07:00");
	report_release(&rep);
	arena_release(&a);
}

static void no_article_is_no_fault(void **state)
{
	(void)state;
	static const char *const pages[] = {
		"", "<html></html>", "<p>Ngắn.", "chỉ có chữ", "<a href=x>một</a>", "\xC2\xA0"};
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct arena a = {0};
		struct report rep = {0};
		struct article x = read_page(&a, pages[i], &rep);
		assert_string_equal(x.kind, "stub");
		assert_int_equal(rep.count[R_PAGE_NO_TEXT], 1);
		report_release(&rep);
		arena_release(&a);
	}
}

static void check_meta(const char *head, const char *title, const char *date, const char *author)
{
	struct arena a = {0};
	struct report rep = {0};
	char stamp[STAMP_MAX];
	char *html = arena_printf(&a, "<head>%s</head><body><div>" P1 P2 P3 "</div>", head);
	struct article x = read_page(&a, html, &rep);
	stamp_format(x.published, stamp);
	assert_string_equal(x.title ? x.title : "", title);
	assert_string_equal(stamp, date);
	assert_string_equal(x.n_authors ? x.authors[0] : "", author);
	report_release(&rep);
	arena_release(&a);
}

static void machines_part_is_read(void **state)
{
	(void)state;
	check_meta("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Lũ "
		   "lên\",\"datePublished\":\"2026-11-21T08:00:00+07:00\","
		   "\"author\":{\"@type\":\"Person\",\"name\":\"Hà Thu\"}}</script>",
		"Lũ lên", "2026-11-21T08:00:00+07:00", "Hà Thu");
	check_meta("<script "
		   "type='application/"
		   "ld+json'>[{\"@type\":\"WebSite\",\"name\":\"Tin\"},{\"@context\":\"x\",\"@graph\":[{\"@"
		   "type\":[\"Article\"],"
		   "\"headline\":\"Lũ &amp; "
		   "lụt\",\"datePublished\":\"2026-11-20\",\"author\":[{\"@id\":\"#p\"}]},{\"@id\":\"#p\",\"@"
		   "type\":\"Person\",\"name\":\"Minh\"}]}]</script>",
		"Lũ & lụt", "2026-11-20", "Minh");
	check_meta("<script "
		   "type='application/ld+json'>\n//<![CDATA[\n{\"@type\":\"Article\",\"headline\":\"Một\n "
		   "\"hai\" ba\",\"datePublished\":\"2026-11-20\",}\n//]]></script>",
		"Một \"hai\" ba", "2026-11-20", "");
	check_meta("<meta property=article:published_time content=2026-11-19T01:02:03Z><meta name=author "
		   "content='Theo Lan Anh'><title>Mưa - Báo Tin</title>"
		   "<meta property=og:site_name content='Báo Tin'>",
		"Mưa - Báo Tin", "2026-11-19T08:02:03+07:00", "Lan Anh");
	check_meta("<script "
		   "type='application/"
		   "ld+json'>{\"@type\":\"NewsArticle\",\"author\":{\"@type\":\"Organization\",\"name\":"
		   "\"Báo Tin\"}</script>",
		"", "", "");
}

static void check_date(const char *html, const char *date)
{
	struct arena a = {0};
	struct report rep = {0};
	char stamp[STAMP_MAX];
	struct article x = read_page(&a, html, &rep);
	stamp_format(x.published, stamp);
	assert_string_equal(stamp, date);
	report_release(&rep);
	arena_release(&a);
}

static void dates_are_found_where_they_stand(void **state)
{
	(void)state;
	check_date("<p class=today>Thứ Hai, 23/11/2026</p><h1>Nước lên nhanh ở hạ lưu</h1><span "
		   "class=time>21/11/2026 06:30</span><div>" P1 P2,
		"2026-11-21T06:30:00+07:00");
	check_date("<meta property=article:published_time content=2026-11-20T23:30:00Z><h1>Nước lên nhanh ở "
		   "hạ lưu</h1><i>21/11/2026 06:30</i><div>" P1 P2,
		"2026-11-21T06:30:00+07:00");
	check_date("<link rel=canonical href=https://tin.example/2026/11/19/nuoc-len><h1>Nước lên nhanh ở hạ "
		   "lưu</h1><div>" P1 P2,
		"2026-11-19");
	check_date("<h1>Nước lên nhanh ở hạ lưu</h1><time datetime=2026-11-18T05:00:00+07:00>hôm "
		   "qua</time><div>" P1 P2 "</div><div class=comments>"
		   "<time datetime=2026-11-30>sau</time></div>",
		"2026-11-18T05:00:00+07:00");
	check_date("<h1>Nước lên nhanh ở hạ lưu</h1><div>" P1 P2 "</div>", "");
	check_date("<h1>Nước lên nhanh ở hạ lưu</h1><p class=date>Đăng lúc 21/11/2026 07:15 (sửa: "
		   "22/11/2026) bởi "
		   "Thu Hà</p><div>" P1 P2 "</div>",
		"2026-11-21T07:15:00+07:00");
	check_date("<h1>Nước lên nhanh ở hạ lưu</h1><span class=date>Ann WellsOct 17, 2026</span><div>" P1 P2
		   "</div>",
		"2026-10-17");
	check_date(
		"<meta property=article:published_time content=2026-11-20T18:30:00Z><h1>Nước lên nhanh ở hạ "
		"lưu</h1><time datetime=2026-11-21T05:30:00+11:00>hôm qua</time><div>" P1 P2,
		"2026-11-21T05:30:00+11:00");
}

static void hidden_text_is_shown_only_when_nothing_else_is(void **state)
{
	(void)state;
	struct arena a = {0};
	struct report rep = {0};
	struct article x = read_page(&a,
		"<body><div class='root hide'><h1>Nước lên nhanh ở hạ lưu</h1><div>" P1 P2 P3 P1 P2 P3
		"<p style=display:none>Đoạn này thì không bao giờ hiện ra, dù trang có chạy xong.</p>" P1 P2
			P3 "</div></div>",
		&rep);
	assert_string_equal(x.title, "Nước lên nhanh ở hạ lưu");
	assert_non_null(strstr(x.text, "báo động ba"));
	assert_null(strstr(x.text, "không bao giờ"));
	x = read_page(&a,
		"<body><div hidden>" P1 P2 "</div><h1>Tin khác hẳn ở trên này</h1><div>" P3 P3 "</div>",
		&rep);
	assert_null(strstr(x.text, "báo động ba"));
	report_release(&rep);
	arena_release(&a);
}

static void check_holds(const char *html, const char *with, const char *without)
{
	struct arena a = {0};
	struct report rep = {0};
	struct article x = read_page(&a, html, &rep);
	assert_non_null(x.text);
	assert_non_null(strstr(x.text, with));
	if (without)
		assert_null(strstr(x.text, without));
	report_release(&rep);
	arena_release(&a);
}

/* Names on elements, and links, that would cost the whole article if they were believed. */
static void lying_markup_is_survived(void **state)
{
	(void)state;
	check_holds("<div class='related share newsletter'><h1>Nước lên nhanh ở hạ lưu</h1>" P1 P2 P3 P1 P2 P3
		    "</div>",
		"báo động ba", NULL);
	check_holds("<article class='post tag-lu category-tin'><h1>Nước lên nhanh ở hạ lưu</h1><div "
		    "class=comment>" P1 "</div><div class=ads>" P2 "</div><div class=sidebar>" P3
		    "</div></article>",
		"báo động ba", NULL);
	check_holds(
		"<h1>Nước lên nhanh ở hạ lưu</h1><a href=x>" P1 P2 P3 P1 P2 P3 P1 P2 P3, "báo động ba", NULL);
	check_holds("<form><table><tr><td>" P1 P2 P3 "</td></tr></table></form>", "báo động ba", NULL);
	check_holds("<div class=cookie-banner>" P1 P1 P1 P1 P1 P1 "</div><div>" P2 P3 "</div>", "ba ca",
		"báo động ba");
	check_holds("<div>" P1 P2 "<blockquote class=social-embed><p>Nước tràn qua đê rồi, bà con ơi, chạy "
		    "đi!</p></blockquote>" P3 "</div>",
		"bà con ơi", NULL);
	check_holds("<div>" P1 P2 P3
		    "<p>Tin liên quan</p><ul><li><a href=/a>Lũ xuống</a> hôm qua</li></ul></div>",
		"báo động ba", "Lũ xuống");
}

static void texts_keep_their_limits(void **state)
{
	(void)state;
	enum { LINE = 1024 };
	for (int over = 0; over < 2; over++) {
		struct arena a = {0};
		struct report rep = {0};
		struct str html;
		str_init(&html, 0);
		str_adds(&html, "<h1>");
		for (int i = 0; i < TITLE_MAX; i++)
			str_adds(&html, "a b");
		str_adds(&html, "</h1><title>");
		for (int i = 0; i < TITLE_MAX; i++)
			str_adds(&html, "a b");
		str_adds(&html, "</title><article>");
		for (int i = 0; i < TEXT_MAX / LINE + over;
			i++) { /* lines of LINE bytes with their line break; the last has none */
			str_addf(&html, "<p>%07d, ", i);
			for (int k = 0; k < LINE - 10 - 1 + (i == TEXT_MAX / LINE - 1); k++)
				str_addc(&html, k % 8 == 3 ? ' ' : 'x');
			str_adds(&html, ".");
		}
		struct article x = read_page(&a, html.p, &rep);
		assert_true(strlen(x.title) <= TITLE_MAX);
		assert_true(strlen(x.text) <= TEXT_MAX);
		assert_int_equal(strlen(x.text), TEXT_MAX);
		assert_int_equal(rep.count[R_PAGE_TEXT_CUT], over);
		str_release(&html);
		report_release(&rep);
		arena_release(&a);
	}
}

static void words_are_told_apart(void **state)
{
	(void)state;
	struct words w;
	words_init(&w);
	assert_true(words_of(&w, SPAN("box-tinLienQuan")) & WORD_BOX);
	assert_true(words_of(&w, SPAN("tinlienquan")) & WORD_BOX);
	assert_true((words_of(&w, SPAN("detail-content afcbc-body")) & (WORD_KIND | WORD_BODY)) ==
		    (WORD_KIND | WORD_BODY));
	assert_false(words_of(&w, SPAN("header-adequate")) & WORD_BOX);
	assert_true(words_of(&w, SPAN("hidden")) & WORD_HIDDEN);
	assert_false(words_of(&w, SPAN("hidden-xs")) & WORD_HIDDEN);
	assert_false(words_of(&w, SPAN("block-321a0d02")) & WORD_BOX); /* "ad" over a digit */
	assert_false(words_of(&w, SPAN("cb-8f1a2f6c2d8cf9ad4")) & WORD_BOX);
	assert_true(words_of(&w, SPAN("yarpp")) & WORD_BOX);
	assert_true(words_of(&w, SPAN("advertisement")) & WORD_BOX);
	assert_int_equal(words_of(&w, SPAN("zzz")), 0);
	assert_true(words_box_heading(SPAN("TIN LIÊN QUAN:")));
	assert_true(words_box_heading(SPAN("Comments (12)")));
	assert_false(words_box_heading(SPAN("Tin vỡ đê")));
	assert_true(words_see_also(SPAN(">> Xem thêm: Lũ rút")));
	assert_true(words_page_talk(SPAN("Please enable JavaScript to view the comments.")));
}

/* A section: its name, where it leads, nothing of one article's that machines are told. */
static void lists_lead_on(void **state)
{
	(void)state;
	struct arena a = {0};
	struct report rep = {0};
	struct article x = read_page(&a,
		"<html lang=vi><head><title>Kinh tế - Báo Tin Ví Dụ</title><script "
		"type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Chợ phiên Đồng Gành "
		"mở lại sau mười năm\",\"datePublished\":\"2026-11-17T08:15:00+07:00\",\"author\":{\"name\":"
		"\"Lê Na\"}}</script></head><body><nav><a href=/xa-hoi>Xã hội và đời sống</a></nav>"
		"<div class=t><h2><a href=/tin/cho-phien-101.html>Chợ phiên Đồng Gành mở lại sau mười "
		"năm</a></h2>" P1
		"</div><div class=t><h2><a href=/tin/day-dien-102.html>Bến Cừa thay hai mươi "
		"cây số dây điện</a></h2>" P2
		"</div><div class=t><h2><a href=/tin/loc-nuoc-103.html>Học sinh "
		"làm máy lọc nước từ vỏ trấu</a></h2>" P3 "</div><div class=t><h2><a "
		"href=/tin/dan-do-104.html>Nghề đan đó ở Cầu Mọc còn sáu hộ</a></h2>" P1
		"</div></body></html>",
		&rep);
	assert_string_equal(x.kind, "index");
	assert_string_equal(x.title, "Kinh tế");
	assert_false(x.published.known);
	assert_int_equal(x.n_authors, 0);
	assert_int_equal(x.n_links, 4);
	assert_string_equal(x.links[0], "https://tin.example/tin/cho-phien-101.html");
	report_release(&rep);
	arena_release(&a);
}

/* Language, cards' locale, address of a page that shows an hour without a zone -> what is told of it. */
static void hours_have_a_zone(void **state)
{
	(void)state;
	static const struct {
		const char *lang, *locale, *url, *want;
	} cases[] = {
		{"ko", "", "https://news.example.kr/1", "2026-11-22T23:30:00+09:00"},
		{"ko-KR", "", "https://news.example.com/1", "2026-11-22T23:30:00+09:00"},
		{"ko", "ko_KR", "https://news.example.com/1", "2026-11-22T23:30:00+09:00"},
		{"ko", "", "https://news.example.com/1", "2026-11-22"}, /* of papers abroad, too */
		{"ko-KR", "", "https://news.example.de/1", "2026-11-22"},
		{"ja", "", "https://news.example.jp/1", "2026-11-22T23:30:00+09:00"},
		{"ja-JP", "", "https://news.example.com/1", "2026-11-22T23:30:00+09:00"},
		{"zh-CN", "", "https://news.example.com/1", "2026-11-22T23:30:00+08:00"},
		{"zh", "", "https://news.example.cn/1", "2026-11-22T23:30:00+08:00"},
		{"zh-Hant-TW", "", "https://news.example.com/1", "2026-11-22T23:30:00+08:00"},
		{"zh-Hans", "", "https://news.example.com/1", "2026-11-22"},
		{"zh-TW", "", "https://news.example.com.au/1", "2026-11-22"},
		{"en", "", "https://news.example.kr/1", "2026-11-22"}, /* many templates say so */
		{"", "ja_JP", "https://news.example.com/1", "2026-11-22T23:30:00+09:00"},
		{"kok", "", "https://news.example.kr/1", "2026-11-22"},
		{"ko-KR", "", "https://kr/1", "2026-11-22T23:30:00+09:00"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena a = {0};
		struct report rep = {0};
		struct article x = {0};
		struct err e = {0};
		char stamp[STAMP_MAX];
		const struct page_hints h = {.url = cases[i].url};
		const char *html = arena_printf(&a,
			"<html lang='%s'><meta property=og:locale content='%s'><h1>A headline of five "
			"words</h1>"
			"<span class=date>2026-11-22 23:30</span><p>Some sentence that is long enough to be "
			"read, "
			"and then another one, so that there is a text.</p></html>",
			cases[i].lang, cases[i].locale);
		assert_int_equal(page_read(&a, span_of(html), &h, &x, &rep, &e), 0);
		stamp_format(x.published, stamp);
		assert_string_equal(stamp, cases[i].want);
		report_release(&rep);
		arena_release(&a);
	}
}

/* tests/golden/page/x.html -> x.json: invented pages in the manner of provincial papers, each with one habit
 * in its name. */
static void goldens_hold(void **state)
{
	(void)state;
	const char *src = getenv("SOATIN_TEST_SRC");
	struct arena names = {0};
	struct err e = {0};
	char **list;
	size_t n = 0;
	if (!src)
		skip();
	assert_int_equal(
		dir_list(&names, path_join(&names, src, "tests/golden/page"), ".html", &list, &n, &e), 0);
	assert_true(n >= 320);
	for (size_t i = 0; i < n; i++) {
		struct arena a = {0};
		struct report rep = {0};
		struct span html, want;
		struct str got;
		struct article x = {0};
		const struct page_hints h = {0};
		str_init(&got, 0);
		assert_int_equal(file_read(&a, list[i], BODY_MAX, &html, &e), 0);
		char *json = arena_printf(&a, "%.*s.json", (int)(strlen(list[i]) - 5), list[i]);
		assert_int_equal(file_read(&a, json, BODY_MAX, &want, &e), 0);
		assert_int_equal(page_read(&a, html, &h, &x, &rep, &e), 0);
		article_take_remarks(&a, &x, &rep);
		article_write(&x, &got);
		assert_string_equal(got.p, want.p);
		str_release(&got);
		report_release(&rep);
		arena_release(&a);
	}
	arena_release(&names);
}

/* head and what stands between headline and text -> the authors, joined by "; ". */
static void authors_are_names(void **state)
{
	(void)state;
	static const struct {
		const char *head, *shown, *behind, *want;
	} cases[] = {
		{"<meta name=author content='Lê Na'><meta name=author content='Hoàng Nam, Cẩm Tú'>", "", "",
			"Lê Na; Hoàng Nam; Cẩm Tú"},
		{"<meta name=author content='Tin Ví Dụ'><meta name=dc.creator content='Thu Hà'>", "", "",
			"Thu Hà"},
		{"<meta name=author content='Ann Wells | Sponsored'>", "", "", "Ann Wells"},
		{"<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Ann "
		 "Wells'>",
			"", "", "Ann Wells"},
		{"<meta name=twitter:label1 content='Est. reading time'><meta name=twitter:data1 "
		 "content='Four minutes'>",
			"", "", ""},
		{"<script "
		 "type='application/"
		 "ld+json'>{\"@type\":\"NewsArticle\",\"author\":[{\"@type\":\"Organization\","
		 "\"name\":\"dpa\"}]}</script>",
			"", "", "dpa"},
		{"<script "
		 "type='application/"
		 "ld+json'>{\"@type\":\"NewsArticle\",\"author\":{\"@type\":\"Organization\","
		 "\"name\":\"Tin Ví Dụ\"}}</script>",
			"", "", ""},
		{"", "<p>By</p><p>Ann Wells</p>", "", "Ann Wells"},
		{"", "<p>posted on 2026-11-21 by Rafael Pineda</p>", "", "Rafael Pineda"},
		{"", "<p class=author>Ann Wells, Chief Technology Officer and Head of Labs</p>", "",
			"Ann Wells"},
		{"", "<p class=author>Ann Wells Senior Writer</p>", "", "Ann Wells"},
		{"", "<p class=author>Ann Wells MS RDN</p>", "", "Ann Wells"},
		{"", "<p class=author>About the</p>", "", ""},
		{"", "<p class=author>December 21, 2026</p>", "", ""},
		{"", "<p class=author><a href=/staff/12/ann-wells>Ann Wells</a> Cherry Hill Courier</p>", "",
			"Ann Wells"},
		{"", "<p class=byline>Von Anna Wels und Karl Muth</p>", "", "Anna Wels; Karl Muth"},
		{"", "", "<p style='text-align:right'><strong>Thu Hà (tổng hợp)</strong></p>", "Thu Hà"},
		{"", "", "<p style='text-align:right'><b>Theo TTXVN</b></p>", "TTXVN"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena a = {0};
		struct report rep = {0};
		struct str got;
		str_init(&got, 0);
		struct article x = read_page(&a,
			arena_printf(&a,
				"<html><head><meta property=og:site_name content='Tin Ví "
				"Dụ'>%s</head><body><h1>Nước sông Cầu "
				"lên mức báo động ba</h1>%s<div class=body>" P1 P2 P3
				"%s</div></body></html>",
				cases[i].head, cases[i].shown, cases[i].behind),
			&rep);
		for (size_t k = 0; k < x.n_authors; k++)
			str_addf(&got, k ? "; %s" : "%s", x.authors[k]);
		assert_string_equal(got.n ? got.p : "", cases[i].want);
		str_release(&got);
		report_release(&rep);
		arena_release(&a);
	}
}

/* A copy names the original as canonical; the page's own address is what counts, whoever told it. */
static void address_is_the_pages_own(void **state)
{
	(void)state;
	static const struct {
		const char *url, *head, *want;
	} cases[] = {
		{"https://bao.example/a-1.html",
			"<link rel=canonical href='https://goc.example/z.html'><meta property=og:url "
			"content='https://bao.example/a-1.html'>",
			"https://bao.example/a-1.html"},
		{NULL,
			"<link rel=canonical href='https://goc.example/z.html'><meta property=og:url "
			"content='https://bao.example/a-1.html'>",
			"https://bao.example/a-1.html"},
		{"https://m.goc.example/z.html",
			"<link rel=canonical href='https://goc.example/z.html'><meta property=og:url "
			"content='https://bao.example/a-1.html'>",
			"https://goc.example/z.html"},
		{NULL,
			"<link rel=canonical href='https://bao.example/'><meta property=og:url "
			"content='https://bao.example/a-1.html'>",
			"https://bao.example/a-1.html"},
		{NULL,
			"<script "
			"type='application/ld+json'>{\"@type\":\"NewsArticle\",\"mainEntityOfPage\":{\"@id\":"
			"\"https://bao.example/a-1.html\"}}</script>",
			"https://bao.example/a-1.html"},
		{NULL,
			"</head><body><a "
			"href='https://mxh.example/"
			"sharer.php?u=https%3A%2F%2Fbao.example%2Fa-1.html&t=x'>Chia "
			"sẻ</a>",
			"https://bao.example/a-1.html"},
		{NULL, "", NULL},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena a = {0};
		struct report rep = {0};
		struct article x = {0};
		struct err e = {0};
		const struct page_hints h = {.url = cases[i].url};
		const char *html = arena_printf(&a,
			"<html><head>%s<h1>Nước sông Cầu lên mức báo động ba</h1>" P1 P2 P3, cases[i].head);
		assert_int_equal(page_read(&a, span_of(html), &h, &x, &rep, &e), 0);
		if (cases[i].want)
			assert_string_equal(x.canonical, cases[i].want);
		else
			assert_null(x.canonical);
		report_release(&rep);
		arena_release(&a);
	}
}

static bool meant(const char *selector, const char *html)
{
	struct arena a = {0};
	struct report rep = {0};
	struct article x = {0};
	struct err e = {0};
	const struct page_hints h = {.content = selector};
	assert_int_equal(page_read(&a, span_of(html), &h, &x, &rep, &e), 0);
	bool there = x.text && strcmp(x.text, "Tìm thấy đúng đoạn này rồi, đủ dài để là một câu.") == 0;
	report_release(&rep);
	arena_release(&a);
	return there;
}

static void selectors_mean_elements(void **state)
{
	(void)state;
#define THIS "Tìm thấy đúng đoạn này rồi, đủ dài để là một câu."
	static const char html[] = "<body><div class='a b' id=x><section><p class=c data-n='m-1'>" THIS
				   "</p></section></div><div "
				   "class=body><h1>Nước lên nhanh ở hạ lưu</h1>" P1 P2 P3 "</div></body>";
	static const char *const good[] = {"p.c", ".c", "div.a p", "div.b > section > p", "#x p",
		"#x section", "[data-n=m-1]", "[data-n^='m-']", "p[data-n$='1']", "p[data-n*='-']", "P.c",
		"nav, .none, .c", "//p[@class='c']", "//div[@id=\"x\"]//p",
		"//div[contains(@class, 'a')]/section/p", "//nav | //*[@class='c']", ".//*[@data-n='m-1']",
		"//div[@class='a b']"};
	static const char *const bad[] = {"div.a > p", "p.d", "#y p", "section > div p",
		"//div/p[@class='d']", "//div[@class='a']//p", "[data-n=m]"};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		if (!meant(good[i], html))
			fail_msg("%s", good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (meant(bad[i], html))
			fail_msg("%s", bad[i]);
}

static void sources_may_say_where_it_stands(void **state)
{
	(void)state;
	struct arena a = {0};
	struct report rep = {0};
	struct article x = {0};
	struct err e = {0};
	struct page_why why;
	const struct page_hints h = {.url = "https://tin.example/1.html",
		.content = ".khung .doan",
		.remove = "p.la, .doan > i",
		.date = "b.ngay@data-luc"};
	const char *html =
		"<body><h1>Nước lên nhanh ở hạ lưu</h1><time datetime=2026-11-01>1/11</time><b class=ngay "
		"data-luc='21/11/2026 06:30'>hôm qua</b><div class=khung><div class='doan related'>" P1
		"<i>Chú thích nằm giữa đoạn, bỏ đi.</i></div><div class=xen>" P2
		"</div><div class=doan><p class=la>Đoạn "
		"lạ này phải bỏ, dù dài và có dấu phẩy.</p>" P3 "</div></div><div class=body>" P2 P2 P2 P2
		"</div>";
	assert_int_equal(page_explain(&a, span_of(html), &h, &x, &why, &rep, &e), 0);
	assert_non_null(strstr(x.text, "báo động ba"));
	assert_non_null(strstr(x.text, "vớt củi"));
	assert_null(strstr(x.text, "trực suốt đêm"));
	assert_null(strstr(x.text, "Đoạn lạ"));
	assert_null(strstr(x.text, "Chú thích nằm"));
	char stamp[STAMP_MAX];
	stamp_format(x.published, stamp);
	assert_string_equal(stamp, "2026-11-21T06:30:00+07:00");
	assert_true(why.asked);
	assert_int_equal(why.removed, 2);
	assert_string_equal(why.chosen, "html > body > div.khung > div.doan.related");
	size_t kept = 0, outside = 0;
	for (size_t i = 0; i < why.n; i++) {
		kept += !why.lines[i].cut;
		outside += why.lines[i].cut && strstr(why.lines[i].cut, "content:") != NULL;
	}
	assert_int_equal(kept, 2);
	assert_int_equal(outside, 1);
	report_release(&rep);
	arena_release(&a);
}

/* ---- links of a front or section page ---- */

static void addresses_have_a_shape(void **state)
{
	(void)state;
	static const struct {
		const char *url;
		enum shape_kind kind;
	} cases[] = {
		{"https://x.example/", SHAPE_NEVER},
		{"https://x.example/thoi-su", SHAPE_PLAIN},
		{"https://x.example/thoi-su/trong-tinh", SHAPE_PLAIN},
		{"https://x.example/thoi-su/kinh-te.html", SHAPE_WORDS},
		{"https://x.example/kinh-te-bien-va", SHAPE_WORDS},
		{"https://x.example/bao-so-14-cach-hai-phong-180-km", SHAPE_SENTENCE},
		{"https://x.example/tin/bao-so-14-cach-bo-180-km-202611221.html", SHAPE_NUMBERED},
		{"https://x.example/2026/11/22/bao", SHAPE_NUMBERED},
		{"https://x.example/2026/11/", SHAPE_PLAIN},
		{"https://x.example/news/12", SHAPE_NUMBERED},
		{"https://x.example/view.aspx?id=1234", SHAPE_NUMBERED},
		{"https://x.example/?p=3", SHAPE_NEVER},
		{"https://x.example/tin?page=12", SHAPE_PLAIN},
		{"https://x.example/tag/bao-so-14-cach-hai-phong-12345.html", SHAPE_NEVER},
		{"https://x.example/tin/ban-tin-so-202611.pdf", SHAPE_NEVER},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (shape_of(span_of(cases[i].url)).kind != cases[i].kind)
			fail_msg("%s: %d", cases[i].url, (int)shape_of(span_of(cases[i].url)).kind);
	assert_int_equal(shape_of(SPAN("https://x.example/a-12345.html")).form,
		shape_of(SPAN("https://x.example/b/ccc-998877.html")).form);
	static const struct {
		const char *a, *b;
		bool same;
	} hosts[] = {{"x.example", "www.x.example", true}, {"m.tin.com.vn", "tin.com.vn", true},
		{"a.com.vn", "b.com.vn", false}, {"tin.example", "tin2.example", false},
		{"10.0.0.1", "10.0.0.2", false}, {"127.0.0.1:80", "127.0.0.1:81", false},
		{"localhost", "localhost", true}, {"so.hp.gov.vn", "hp.gov.vn", true}, {"", "", false}};
	for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
		if (shape_same_site(span_of(hosts[i].a), span_of(hosts[i].b)) != hosts[i].same)
			fail_msg("%s %s", hosts[i].a, hosts[i].b);
}

#define TIN(n, t)                                                                                            \
	"<li><a href='/tin/bai-" n ".html'><img alt='" t "'></a><a href='/tin/bai-" n ".html#bl'>" t "</a>"
static const char section[] =
	"<html lang=vi><head><title> Đời sống </title><base href='https://tin.example/muc/'></head><body>"
	"<div class=main-menu><a href=/tin/chuyen-muc-nay-dai-hon-cac-muc-khac-12345.html>Chuyên mục này dài "
	"hơn các mục khác</a></div><h2><a href=/kinh-te-bien-va-hai-dao-xa>Kinh tế biển và hải đảo xa "
	"bờ</a></h2><ul>" TIN("10001", "Tàu cá về bến sau ba ngày gió lớn") TIN("10002",
		"Chợ đêm mở lại từ cuối tuần này") TIN("10003", "Xã đảo có điện lưới quốc gia") TIN("10004",
		"Cầu tạm hạn chế xe trên năm tấn") "</ul><h3><a href=//www.tin.example/x-10005>Lũ đã "
						   "rút hết</a></h3><a href=/tin/bai-10006.html><img "
						   "alt='Rùa "
						   "biển được thả về vùng nước sâu'></a>"
						   "<a href=https://khac.example/tin/bai-10007.html>Bài của "
						   "báo khác, không phải báo này</a>"
						   "<a href=javascript:void(0)>Xem thêm các tin khác của "
						   "chuyên mục</a><a href='#'>Về đầu trang này thôi "
						   "nhé bạn</a><footer><a "
						   "href=/dieu-khoan-su-dung-cua-bao-dien-tu.html>Điều khoản "
						   "sử dụng của báo điện "
						   "tử</a></footer><div id=rieng><a "
						   "data-to=http://noi-bo.example/1>A</a></div></body></"
						   "html>";

static struct page_links links_of(struct arena *a, const char *links, struct report *rep)
{
	struct page_links l;
	struct err e = {0};
	const struct page_hints h = {.url = "https://tin.example/doi-song", .links = links};
	assert_int_equal(page_links(a, span_of(section), &h, &l, rep, &e), 0);
	return l;
}

static void links_to_articles_are_found(void **state)
{
	(void)state;
	struct arena a = {0};
	struct report rep = {0};
	struct page_links l = links_of(&a, NULL, &rep);
	assert_int_equal(rep.list.n, 0);
	assert_string_equal(l.title, "Đời sống");
	assert_string_equal(l.lang, "vi");
	assert_int_equal(l.n, 6);
	assert_string_equal(l.link[0].url, "https://tin.example/tin/bai-10001.html");
	assert_string_equal(l.link[0].title, "Tàu cá về bến sau ba ngày gió lớn");
	assert_string_equal(l.link[4].url, "https://www.tin.example/x-10005");
	assert_string_equal(l.link[5].title, "Rùa biển được thả về vùng nước sâu");
	arena_release(&a);
}

static void links_that_are_named_are_taken(void **state)
{
	(void)state;
	struct arena a = {0};
	struct report rep = {0};
	struct page_links l = links_of(&a, "footer a, div#rieng > a@data-to", &rep);
	assert_int_equal(l.n, 2);
	assert_string_equal(l.link[0].url, "https://tin.example/dieu-khoan-su-dung-cua-bao-dien-tu.html");
	assert_string_equal(l.link[1].url, "http://noi-bo.example/1");
	l = links_of(&a, "//ul", &rep);
	assert_int_equal(l.n, 4);
	l = links_of(&a, "table", &rep);
	assert_int_equal(l.n, 0);
	assert_int_equal(rep.count[R_PAGE_NO_LINKS], 1);
	report_release(&rep);
	arena_release(&a);
}

static void links_are_limited(void **state)
{
	(void)state;
	struct arena a = {0};
	for (int n = SECTION_LINKS_MAX; n <= SECTION_LINKS_MAX + 1; n++) {
		struct str s = {0};
		struct page_links l;
		struct report rep = {0};
		struct err e = {0};
		const struct page_hints h = {.url = "https://tin.example/"};
		for (int i = 0; i < n; i++)
			str_addf(&s, "<p><a href='/tin-%d.html'>Tàu cá về bến sau ngày gió lớn thứ %d</a>",
				10000 + i, i);
		assert_int_equal(page_links(&a, str_span(&s), &h, &l, &rep, &e), 0);
		assert_int_equal(l.n, SECTION_LINKS_MAX);
		assert_int_equal(rep.count[R_PAGE_LINKS_CUT], n > SECTION_LINKS_MAX);
		str_release(&s);
		report_release(&rep);
	}
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(article_is_lifted),
		cmocka_unit_test(no_article_is_no_fault),
		cmocka_unit_test(machines_part_is_read),
		cmocka_unit_test(authors_are_names),
		cmocka_unit_test(address_is_the_pages_own),
		cmocka_unit_test(dates_are_found_where_they_stand),
		cmocka_unit_test(hidden_text_is_shown_only_when_nothing_else_is),
		cmocka_unit_test(lying_markup_is_survived),
		cmocka_unit_test(texts_keep_their_limits),
		cmocka_unit_test(words_are_told_apart),
		cmocka_unit_test(selectors_mean_elements),
		cmocka_unit_test(sources_may_say_where_it_stands),
		cmocka_unit_test(goldens_hold),
		cmocka_unit_test(hours_have_a_zone),
		cmocka_unit_test(lists_lead_on),
		cmocka_unit_test(addresses_have_a_shape),
		cmocka_unit_test(links_to_articles_are_found),
		cmocka_unit_test(links_that_are_named_are_taken),
		cmocka_unit_test(links_are_limited),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
