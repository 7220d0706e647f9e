/* test_page_lines: who and when as papers of many languages write it between headline and text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/str.h"
#include "page/page.h"

#include "base/banned.h"

struct story {
	const char *title, *text;
};

/* Letters decide where a page's hours belong: the texts are not in the languages of their lines. */
static const struct story
	english = {"Ferry to Gull Island runs again",
		"<p>The ferry to Gull Island runs again after a week, the harbour board said on "
		"Tuesday.</p><p>The ramp was rebuilt in five days, and tickets cost what they did before, "
		"the master said.</p><p>The bridge closes for two nights next week.</p>"},
	japanese = {"港の灯台が点灯", "<p>"
				      "地震で傾いた港の灯台が十二日の夕方、四年ぶりに点灯しました。漁船の船長"
				      "らが岸壁から見守りました。</"
				      "p><p>"
				      "工事では基礎を掘り直し、電球を省エネルギー型に替えました。光は三十キロ"
				      "先まで届くということです。</p>"},
	vietnamese = {"Phà ra Cồn Sậy chạy lại",
		"<p>Phà ra Cồn Sậy chạy lại từ sáng thứ ba, sau một tuần nghỉ để sửa bến, ban quản lý cho "
		"biết.</p><p>Bến mới rộng gấp đôi, giá vé vẫn như cũ, xe trên năm tấn phải chờ thêm một "
		"tháng.</p><p>Tuần tới, cầu Ván đóng hai đêm để thay dầm.</p>"};

/* The authors joined by ";". Hours without a zone are those of the source's country: of one where they are
 * Greenwich's, unless the page's letters tell Vietnam. */
static void check(const struct story *story, const char *html, const char *authors, const char *published,
	const char *updated)
{
	struct arena a = {0};
	struct report rep = {0};
	struct err e = {0};
	struct article x = {0};
	const struct page_hints h = {.country = story == &vietnamese ? NULL : "IS"};
	char first[STAMP_MAX], last[STAMP_MAX];
	struct str got;
	str_init(&got, 0);
	assert_int_equal(page_read(&a, span_of(html), &h, &x, &rep, &e), 0);
	for (size_t k = 0; k < x.n_authors; k++)
		str_addf(&got, k ? ";%s" : "%s", x.authors[k]);
	stamp_format(x.published, first);
	stamp_format(x.updated, last);
	if (strcmp(got.n ? got.p : "", authors) != 0 || strcmp(first, published) != 0 ||
		strcmp(last, updated) != 0)
		fail_msg("%s: %s, %s, %s", html, got.n ? got.p : "", first, last);
	str_release(&got);
	report_release(&rep);
	arena_release(&a);
}

static void lines_say_who_and_when(void **state)
{
	(void)state;
	static const struct {
		const char *lang;
		const struct story *story;
		const char *lines, *authors, *published, *updated;
	} cases[] = {
		{"sv", &english,
			"<p>Publicerad 12 mars 2026 kl. 06:30 · Uppdaterad 13 mars 2026 kl. 09:15</p><p>Av "
			"Maja Lind</p>",
			"Maja Lind", "2026-03-12T06:30:00Z", "2026-03-13T09:15:00Z"},
		{"sv", &english,
			"<div class='byline'>Text: Maja Lind<br>Foto: Olle Ek</div><time "
			"datetime='2026-03-12T05:30:00Z'>12 mars 2026 06.30</time>",
			"Maja Lind", "2026-03-12T06:30:00+01:00", ""},
		{"no", &english,
			"<p>Publisert: 12.03.2026 kl. 06:30</p><p>Sist oppdatert: 13.03.2026</p><p>Skrevet "
			"av Kari Nord og Ola Sør</p>",
			"Kari Nord;Ola Sør", "2026-03-12T06:30:00Z", "2026-03-13"},
		{"da", &english, "<p>12. marts 2026 kl. 6.30 - Af Mette Holm</p>", "Mette Holm",
			"2026-03-12T06:30:00Z", ""},
		{"nl", &english,
			"<p>Door Jan de Boer</p><p>Geplaatst op 12 maart 2026 om 06:30</p><p>Bijgewerkt: 13 "
			"maart 2026</p>",
			"Jan de Boer", "2026-03-12T06:30:00Z", "2026-03-13"},
		{"fi", &english, "<p>Julkaistu 12.3.2026 klo 6.30</p><p>Teksti: Aino Virta</p>", "Aino Virta",
			"2026-03-12T06:30:00Z", ""},
		{"tr", &english,
			"<p>Giriş: 12 Mart 2026 06:30 Güncelleme: 13 Mart 2026 09:15</p><p>Haber: Elif "
			"Deniz</p>",
			"Elif Deniz", "2026-03-12T06:30:00Z", "2026-03-13T09:15:00Z"},
		{"it", &english,
			"<p>di Carla Monti</p><p>12 marzo 2026, ore 6:30</p><p>Aggiornato il 13 marzo "
			"2026</p>",
			"Carla Monti", "2026-03-12T06:30:00Z", "2026-03-13"},
		{"pt", &english,
			"<p>Por Rita Campos e João Vale</p><p>12/03/2026 06h30 Atualizado em 13/03/2026 "
			"09h15</p>",
			"Rita Campos;João Vale", "2026-03-12T06:30:00Z", "2026-03-13T09:15:00Z"},
		{"pt", &english, "<p>Publicado em 12 de março de 2026 às 06h30</p><p>Da redação</p>", "",
			"2026-03-12T06:30:00Z", ""},
		{"es", &english, "<p>Por Lucía Roble | 12 de marzo de 2026</p>", "Lucía Roble", "2026-03-12",
			""},
		{"id", &english,
			"<p>Kamis, 12 Maret 2026 06:30 WIB</p><p>Penulis: Sari Dewi</p><p>Editor: Budi</p>",
			"Sari Dewi", "2026-03-12T06:30:00+07:00", ""},
		{"cs", &english,
			"<p>Publikováno 12. března 2026 6:30, aktualizováno 13. března 2026</p><p>Autor: "
			"Jana Lesná</p>",
			"Jana Lesná", "2026-03-12T06:30:00Z", "2026-03-13"},
		{"hu", &english, "<p>2026. március 12. 06:30</p><p>Szerző: Tóth Ilka</p>", "Tóth Ilka",
			"2026-03-12T06:30:00Z", ""},
		{"uk", &english, "<p>Опубліковано: 12 березня 2026, 06:30</p><p>Автор: Ольга Лісова</p>",
			"Ольга Лісова", "2026-03-12T06:30:00Z", ""},
		{"de", &english, "<p>Stand: 12.03.2026, 06:30 Uhr</p><p>Von Anna Wels und Karl Muth</p>",
			"Anna Wels;Karl Muth", "2026-03-12T06:30:00Z", ""},
		{"de", &english,
			"<p>Veröffentlicht: 12.03.2026 | 06:30 Uhr</p><p>Aktualisiert: 13.03.2026 | 09:15 "
			"Uhr</p><div class='author'>Anna Wels, Redakteurin</div>",
			"Anna Wels", "2026-03-12T06:30:00Z", "2026-03-13T09:15:00Z"},
		{"fr", &english, "<p>Par Anne Dupuy (avec AFP)</p><p>Publié le 12/03/2026 à 06h30</p>",
			"Anne Dupuy", "2026-03-12T06:30:00Z", ""},
		{"ja", &japanese,
			"<p class='date'>2026年3月12日(木) 06:30 配信</p><p class='author'>森野葉子</p>",
			"森野葉子", "2026-03-12T06:30:00Z", ""},
		{"ja", &japanese, "<time>2026.03.12</time><p>文＝森野葉子</p>", "森野葉子", "2026-03-12", ""},
		{"ko", &japanese, "<p>등록 2026-03-12 06:30:00</p><p>[들녘신문 홍가람 기자]</p>", "홍가람",
			"2026-03-12T06:30:00Z", ""},
		{"ko", &japanese,
			"<p>승인 2026.03.12 06:30 | 댓글 0</p><div class='reporter'>홍가람·도새벽 기자</div>",
			"홍가람;도새벽", "2026-03-12T06:30:00Z", ""},
		{"zh", &japanese, "<p>发布时间：2026-03-12 06:30:12</p><p>作者：周晓禾</p>", "周晓禾",
			"2026-03-12T06:30:12Z", ""},
		{"zh", &japanese, "<p>2026-03-12 06:30:12　来源：河湾网　作者：周晓禾　编辑：刘喆</p>",
			"周晓禾", "2026-03-12T06:30:12Z", ""},
		{"zh", &japanese, "<p>文/周晓禾</p><p>2026年3月12日 星期四 上午6:30</p>", "周晓禾",
			"2026-03-12T06:30:00Z", ""},
		{"zh", &japanese, "<p>本报记者 周晓禾</p><p>2026年03月12日06:30</p>", "周晓禾",
			"2026-03-12T06:30:00Z", ""},
		{"zh-TW", &japanese, "<p>2026/03/12 06:30 記者葉小梅／竹坑報導</p>", "葉小梅",
			"2026-03-12T06:30:00Z", ""},
		{"ar", &japanese, "<p>12 مارس 2026</p><p>بقلم ليلى حداد</p>", "ليلى حداد", "2026-03-12", ""},
		{"vi", &vietnamese, "<p>06:30 | 12/03/2026</p>", "", "2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese, "<p>12:03 | 12/03/2026</p>", "", "2026-03-12T12:03:00+07:00", ""},
		{"vi", &vietnamese, "<p>Thứ năm - 12/03/2026 06:30</p><p>Đã xem: 12034</p>", "",
			"2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese, "<p>12/03/2026 - 06:30 SA</p>", "", "2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese, "<p>12/3/2026 6:30:12 CH</p>", "", "2026-03-12T18:30:12+07:00", ""},
		{"vi", &vietnamese,
			"<div class='author'>Lê Na - Hoàng Nam/TTXVN</div><div class='date'>12.03.2026</div>",
			"Lê Na;Hoàng Nam;TTXVN", "2026-03-12", ""},
		{"vi", &vietnamese,
			"<div class='tacgia'>Phóng viên Lê Na - Ảnh: Hoàng Nam</div><div "
			"class='date'>12-03-2026 06:30</div>",
			"Lê Na", "2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese, "<p>Tác giả: <b>Lê Na</b> | Ngày: 12/03/2026 | Lượt xem: 1203</p>",
			"Lê Na", "2026-03-12", ""},
		{"vi", &vietnamese, "<p>Đăng bởi: admin | 12/03/2026 06:30</p>", "",
			"2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese, "<p>(Thứ năm, 12/03/2026, 06:30)</p>", "", "2026-03-12T06:30:00+07:00",
			""},
		{"vi", &vietnamese, "<p>Ngày cập nhật: 12/03/2026</p>", "", "2026-03-12", ""},
		{"vi", &vietnamese, "<p>Ngày tạo: 12/03/2026, Ngày sửa: 13/03/2026</p>", "", "2026-03-12",
			"2026-03-13"},
		{"vi", &vietnamese, "<p>Thứ Năm, 12 Tháng Ba 2026</p>", "", "2026-03-12", ""},
		{"vi", &vietnamese, "<p>Thứ Năm, 12 Tháng 3, 2026 6:30 AM</p>", "",
			"2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese, "<div class='vnnews-time'>6h30, 12/03/2026</div>", "",
			"2026-03-12T06:30:00+07:00", ""},
		{"en", &english,
			"<p>By <b>Ann Wells</b> for the Harbour Courier</p><p>Posted 12 Mar 2026 at "
			"6:30am</p>",
			"Ann Wells", "2026-03-12T06:30:00Z", ""},
		{"en", &english, "<p>Words: Ann Wells</p><p>Photography: Tom Reed</p><p>March 12, 2026</p>",
			"Ann Wells", "2026-03-12", ""},
		{"en", &english, "<p>By ANN WELLS and TOM REED Associated Press</p><p>March 12, 2026</p>",
			"ANN WELLS;TOM REED", "2026-03-12", ""},
		{"en", &english,
			"<p>Written by Ann Wells, M.D., Ph.D.</p><p>Medically reviewed by Tom "
			"Reed</p><p>Updated on March 12, 2026</p>",
			"Ann Wells", "2026-03-12", ""},
		{"en", &english, "<p>By: Ann Wells</p><p>Date: 12/03/2026</p>", "Ann Wells", "2026-03-12",
			""},
		{"en", &english, "<p class='meta'>March 12, 2026 by Ann Wells Leave a Comment</p>",
			"Ann Wells", "2026-03-12", ""},
		{"en", &english, "<p>By Ann Wells | Reuters</p><p>Thu 12 Mar 2026 06.30 GMT</p>",
			"Ann Wells;Reuters", "2026-03-12T06:30:00Z", ""},
		{"en", &english,
			"<p>Story by Ann Wells • 3h • 4 min read</p><time datetime='2026-03-12'>x</time>",
			"Ann Wells", "2026-03-12", ""},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena a = {0};
		const struct story *s = cases[i].story;
		char *html = arena_printf(&a,
			"<html lang=%s><head><title>%s</title></head><body><h1>%s</h1>%s<div "
			"class=article-body>%s</div></body></html>",
			cases[i].lang, s->title, s->title, cases[i].lines, s->text);
		check(cases[i].story, html, cases[i].authors, cases[i].published, cases[i].updated);
		arena_release(&a);
	}
}

/* What machines are told, well or badly, and what only looks like a name or a date: pages that say neither
 * have neither. */
static void nothing_is_made_up(void **state)
{
	(void)state;
	static const struct {
		const char *lang;
		const struct story *story;
		const char *head, *above, *below, *authors, *published, *updated;
	} cases[] = {
		{"vi", &vietnamese,
			"<script "
			"type=\"application/ld+json\">[{\"@context\":\"https://"
			"schema.org\",\"@type\":\"WebSite\",\"name\":\"Báo Cồn "
			"Sậy\"},{\"@type\":\"NewsArticle\",\"datePublished\":\"12/03/2026 "
			"06:30:00\",\"author\":\"Lê Na, Hoàng Nam\"}]</script>",
			"", "</div>", "Lê Na;Hoàng Nam", "2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese,
			"<script "
			"type=\"application/"
			"ld+json\">{\"@graph\":[{\"@type\":\"WebPage\",\"datePublished\":\"2026-03-12T06:30:"
			"00+07:00\"},{\"@type\":\"Article\",\"isPartOf\":{\"@id\":\"x\"},\"author\":{\"@id\":"
			"\"#a\"},\"headline\":\"Phà\"},{\"@id\":\"#a\",\"@type\":\"Person\",\"name\":\"Lê "
			"Na\"}]}</script>",
			"", "</div>", "Lê Na", "2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese,
			"<script "
			"type=\"application/"
			"ld+json\">{\"@type\":\"NewsArticle\",\"datePublished\":\"2026-03-12T06:30:00\","
			"\"dateModified\":\"2026-03-12T06:30:00\",\"author\":{\"@type\":\"Person\",\"name\":"
			"\"Báo Cồn Sậy\"},\"publisher\":{\"name\":\"Báo Cồn Sậy\"}}</script>",
			"", "</div><p class=\"author\">Lê Na</p>", "Lê Na", "2026-03-12T06:30:00+07:00",
			"2026-03-12T06:30:00+07:00"},
		{"vi", &vietnamese,
			"<script "
			"type=\"application/"
			"ld+json\">{\"@type\":\"NewsArticle\",\"datePublished\":\"2026-03-12T06:30:00Z\","
			"\"author\":{\"@type\":\"Person\",\"name\":\"\"}}</script>",
			"", "</div>", "", "2026-03-12T13:30:00+07:00", ""},
		{"vi", &vietnamese,
			"<script "
			"type=\"application/"
			"ld+json\">{\"@type\":\"NewsArticle\",\"datePublished\":\"0001-01-01T00:00:00\","
			"\"author\":{\"name\":\"PV\"}}</script>",
			"<span class=\"date\">12/03/2026 06:30</span>", "</div>", "",
			"2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese,
			"<script "
			"type=\"application/"
			"ld+json\">{\"@type\":\"ReportageNewsArticle\",\"datePublished\":\"2026-03-12T06:30:"
			"00+07:00\",\"author\":[{\"@type\":\"Person\",\"name\":[\"Lê Na\",\"Hoàng "
			"Nam\"]}]}</script>",
			"", "</div>", "Lê Na;Hoàng Nam", "2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese,
			"<script "
			"type=\"application/"
			"ld+json\">{\"@type\":\"NewsArticle\",\"mainEntityOfPage\":{\"@type\":\"WebPage\"},"
			"\"datePublished\":\"Thứ Năm, 12/03/2026 "
			"06:30\",\"author\":{\"@type\":\"Organization\",\"name\":\"TTXVN\"}}</script>",
			"", "</div>", "TTXVN", "2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese,
			"<meta itemprop=\"datePublished\" content=\"2026-03-12T06:30:00+07:00\"><meta "
			"itemprop=\"dateModified\" content=\"2026-03-12T07:30:00+07:00\">",
			"", "</div>", "", "2026-03-12T06:30:00+07:00", "2026-03-12T07:30:00+07:00"},
		{"vi", &vietnamese,
			"<meta property=\"article:published_time\" content=\"2026-03-12T06:30:00\"><meta "
			"property=\"article:author\" content=\"https://www.facebook.com/abc\">",
			"", "<p><strong>Lê Na</strong></p>", "Lê Na", "2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese,
			"<meta name=\"pubdate\" content=\"2026-03-12T06:30:00+07:00\"><meta name=\"author\" "
			"content=\"Lê Na (thực hiện)\">",
			"", "</div>", "Lê Na", "2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese,
			"<meta name=\"DC.Date.Issued\" content=\"2026-03-12\"><meta name=\"DC.Creator\" "
			"content=\"Sở Y tế tỉnh Hà Vân\">",
			"", "</div>", "Sở Y tế tỉnh Hà Vân", "2026-03-12", ""},
		{"vi", &vietnamese, "", "<div class=\"top\">Hôm nay: Thứ bảy, 14/03/2026</div>",
			"</div><div class=\"f\">Giấy phép số 12/GP-TTĐT cấp ngày 05/06/2019</div>", "", "",
			""},
		{"vi", &vietnamese, "", "", "</div><p>Copyright © 2019-2026 Báo Cồn Sậy</p>", "", "", ""},
		{"vi", &vietnamese, "", "",
			"</div><h3>Tin liên quan</h3><ul><li><a href=\"/a\">Cầu Ván sửa dầm</a> <span "
			"class=\"date\">10/03/2026</span></li><li><a href=\"/b\">Chợ nổi đông khách</a> "
			"<span class=\"date\">09/03/2026</span></li></ul>",
			"", "", ""},
		{"en", &english, "", "<p>Breaking News</p><p>Weather | Traffic</p>", "</div>", "", "", ""},
		{"en", &english, "",
			"<ul class=\"crumbs\"><li><a href=\"/\">Home</a></li><li><a href=\"/n\">World "
			"News</a></li></ul>",
			"</div><p>Share this story</p>", "", "", ""},
		{"en", &english, "", "<p>Hanoi, Vietnam</p>", "</div><p>Photo: Tom Reed</p>", "", "", ""},
		{"vi", &vietnamese, "", "<p>Theo dõi chúng tôi trên Zalo</p>",
			"</div><p>Theo dõi Báo Cồn Sậy trên Google News</p>", "", "", ""},
		{"vi", &vietnamese, "", "", "</div><p>Nguồn ảnh: Internet</p>", "", "", ""},
		{"vi", &vietnamese, "", "<p><a href=\"/chu-de/thoi-tiet\">Thời Tiết</a></p>",
			"</div><p>Bài liên quan: Cầu Ván sửa dầm</p>", "", "", ""},
		{"vi", &vietnamese, "", "", "</div><p>Tin Mới Nhất</p><p>Tin Nóng Trong Ngày</p>", "", "",
			""},
		{"vi", &vietnamese, "", "", "</div><p>Bài Hát Hay</p>", "", "", ""},
		{"vi", &vietnamese, "", "", "<p align=\"right\"><b>Ban Biên tập</b></p>", "", "", ""},
		{"vi", &vietnamese, "", "", "<p style=\"text-align:right\"><strong>PV (T/h)</strong></p>", "",
			"", ""},
		{"vi", &vietnamese, "", "",
			"<p style=\"text-align: right;\"><strong><em>Hà Thu (t/h)</em></strong></p>",
			"Hà Thu", "", ""},
		{"vi", &vietnamese, "", "",
			"<p style=\"text-align: right;\"><strong>Hà Thu (Theo Cồn Sậy Online)</strong></p>",
			"Hà Thu", "", ""},
		{"vi", &vietnamese, "", "", "<p style=\"text-align: right;\"><strong>HÀ THU</strong></p>",
			"HÀ THU", "", ""},
		{"vi", &vietnamese, "", "",
			"<p style=\"text-align:right\"><strong>Tin, ảnh: Hà Thu, Lê Na</strong></p>",
			"Hà Thu;Lê Na", "", ""},
		{"vi", &vietnamese, "", "",
			"<p style=\"text-align:right\"><strong>Bài: Hà Thu - Ảnh: Lê Na</strong></p>",
			"Hà Thu", "", ""},
		{"vi", &vietnamese, "", "",
			"<p style=\"text-align:right\"><strong>Thực hiện: Hà Thu | Đồ họa: Lê "
			"Na</strong></p>",
			"Hà Thu", "", ""},
		{"vi", &vietnamese, "", "",
			"</div><div class=\"author-info\"><b>Hà Thu</b></div><div class=\"source\">Theo Cồn "
			"Sậy</div>",
			"Hà Thu", "", ""},
		{"vi", &vietnamese, "",
			"<div class=\"author\"><a href=\"/tac-gia/ha-thu\">Hà Thu</a> <span>- 12/03/2026 "
			"06:30</span></div>",
			"</div>", "Hà Thu", "2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese, "",
			"<div class=\"ngaydang\">Ngày đăng: 12-03-2026</div><div>Đọc: 1203 lượt</div>",
			"</div>", "", "2026-03-12", ""},
		{"vi", &vietnamese, "", "<div>12/03/2026 | 06:30:12 GMT+7</div>", "</div>", "",
			"2026-03-12T06:30:12+07:00", ""},
		{"vi", &vietnamese, "", "<div class=\"time\">06:30 AM 12/03/2026</div>", "</div>", "",
			"2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese, "", "<div class=\"time\">12/03/2026 18:30 PM</div>", "</div>", "",
			"2026-03-12T18:30:00+07:00", ""},
		{"vi", &vietnamese, "", "<div class=\"time\">T5, 12/03/2026 06:30</div>", "</div>", "",
			"2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese, "", "<div class=\"time\">Thứ 5, 12/03/2026, 06:30</div>", "</div>", "",
			"2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese, "", "<div class=\"time\">Thứ Năm ngày 12/3/2026</div>", "</div>", "",
			"2026-03-12", ""},
		{"vi", &vietnamese, "", "<div class=\"time\">(PLO) - 12/03/2026</div>", "</div>", "",
			"2026-03-12", ""},
		{"vi", &vietnamese, "", "<div class=\"time\">12 Thg 3 2026, 06:30</div>", "</div>", "",
			"2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese, "", "<div class=\"time\">12/03/26 06:30</div>", "</div>", "",
			"2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese, "", "<div class=\"time\">2026-03-12 06:30:12</div>", "</div>", "",
			"2026-03-12T06:30:12+07:00", ""},
		{"en", &english, "", "<div class=\"time\">Thursday, March 12, 2026, 06:30 GMT+7</div>",
			"</div>", "", "2026-03-12T06:30:00+07:00", ""},
		{"en", &english, "",
			"<div class=\"byline\">By Ann Wells - Mar 12, 2026 | 06:30 pm GMT+7</div>", "</div>",
			"Ann Wells", "2026-03-12T18:30:00+07:00", ""},
		{"en", &english,
			"<script "
			"type=\"application/"
			"ld+json\">{\"@type\":\"NewsArticle\",\"author\":{\"@type\":\"Person\",\"name\":\"By "
			"Ann "
			"Wells\"},\"datePublished\":\"2026-03-12T06:30:00Z\",\"dateModified\":\"2026-03-"
			"12T06:30:00Z\"}</script>",
			"", "</div>", "Ann Wells", "2026-03-12T06:30:00Z", "2026-03-12T06:30:00Z"},
		{"en", &english,
			"<script "
			"type=\"application/"
			"ld+json\">{\"@type\":\"NewsArticle\",\"author\":{\"@type\":\"Person\",\"name\":"
			"\"ann.wells@courier.example\"},\"datePublished\":\"2026-03-12T06:30:00Z\"}</script>",
			"", "</div>", "", "2026-03-12T06:30:00Z", ""},
		{"en", &english,
			"<script "
			"type=\"application/"
			"ld+json\">{\"@type\":\"NewsArticle\",\"author\":[{\"@type\":\"Person\",\"name\":"
			"\"Ann Wells, Tom Reed and Kim Gale\"}],\"datePublished\":\"2026-03-12\"}</script>",
			"", "</div>", "Ann Wells;Tom Reed;Kim Gale", "2026-03-12", ""},
		{"en", &english,
			"<script "
			"type=\"application/"
			"ld+json\">{\"@type\":\"NewsArticle\",\"author\":{\"@type\":\"Person\",\"name\":"
			"\"ANN WELLS | "
			"Courier\"},\"publisher\":{\"name\":\"Courier\"},\"datePublished\":\"2026-03-12\"}</"
			"script>",
			"", "</div>", "ANN WELLS", "2026-03-12", ""},
		{"en", &english,
			"<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"author\":\"Ann "
			"Wells\",\"datePublished\":\"2026-03-12T06:30:00+0000\" "
			"\"dateModified\":\"x\"}</script>",
			"", "</div>", "Ann Wells", "2026-03-12T06:30:00Z", ""},
		{"en", &english,
			"<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",/* c "
			"*/\"author\":\"Ann Wells\",\"datePublished\":\"2026-03-12T06:30:00Z\"}</script>",
			"", "</div>", "Ann Wells", "2026-03-12T06:30:00Z", ""},
		{"en", &english,
			"<script type=\"application/ld+json\">{'@type':'NewsArticle','author':'Ann "
			"Wells','datePublished':'2026-03-12T06:30:00Z'}</script>",
			"", "</div>", "Ann Wells", "2026-03-12T06:30:00Z", ""},
		{"en", &english,
			"<script "
			"type=\"application/"
			"ld+json\">\"{\\\"@type\\\":\\\"NewsArticle\\\",\\\"author\\\":\\\"Ann "
			"Wells\\\",\\\"datePublished\\\":\\\"2026-03-12T06:30:00Z\\\"}\"</script>",
			"", "</div>", "Ann Wells", "2026-03-12T06:30:00Z", ""},
		{"en", &english,
			"<script "
			"type=\"application/"
			"ld+json\">{\"@type\":\"NewsArticle\",\"author\":{\"@type\":\"Person\",\"name\":"
			"\"Ann "
			"Wells\"},\"datePublished\":\"2026-03-12T06:30:00Z\",\"description\":\"cut</script>",
			"", "</div>", "Ann Wells", "2026-03-12T06:30:00Z", ""},
		{"en", &english, "",
			"<div itemscope itemprop=\"author\" itemtype=\"https://schema.org/Person\"><span "
			"itemprop=\"name\">Ann Wells</span></div><meta itemprop=\"datePublished\" "
			"content=\"2026-03-12\">",
			"</div>", "Ann Wells", "2026-03-12", ""},
		{"en", &english, "",
			"<span property=\"schema:author\">Ann Wells</span> <span "
			"property=\"schema:datePublished\" content=\"2026-03-12T06:30:00Z\">today</span>",
			"</div>", "Ann Wells", "2026-03-12T06:30:00Z", ""},
		{"en", &english, "",
			"<address class=\"author\">By <a rel=\"author\" href=\"/a\">Ann Wells</a></address> "
			"on <time pubdate datetime=\"2026-03-12\">March 12</time>",
			"</div>", "Ann Wells", "2026-03-12", ""},
		{"en", &english, "",
			"<p class=\"byline vcard\">by <span class=\"fn\">Ann Wells</span> <abbr "
			"class=\"published\" title=\"2026-03-12T06:30:00-05:00\">yesterday</abbr></p>",
			"</div>", "Ann Wells", "2026-03-12T06:30:00-05:00", ""},
		{"vi", &vietnamese, "", "<div><span>12</span>/<span>03</span>/<span>2026</span></div>",
			"</div>", "", "2026-03-12", ""},
		{"vi", &vietnamese, "", "<h2 class='ngay'>Thứ năm, 12/03/2026 | 06:30</h2>", "</div>", "",
			"2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese, "", "<div class='date-update'>12/03/2026 06:30</div>", "</div>", "",
			"2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese, "", "<div class='lastupdate'>Cập nhật lúc 06:30, ngày 12/03/2026</div>",
			"</div>", "", "2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese, "",
			"<time class='published'>06:30 12/03/2026</time><time class='updated'>09:00 "
			"13/03/2026</time>",
			"</div>", "", "2026-03-12T06:30:00+07:00", "2026-03-13T09:00:00+07:00"},
		{"vi", &vietnamese, "",
			"<input type='hidden' id='hdPubDate' value='2026-03-12T06:30:00'><span "
			"class='time'>12/03/2026</span>",
			"</div>", "", "2026-03-12", ""},
		{"vi", &vietnamese, "<script>var publishDate=\"2026-03-12\";</script>", "", "</div>", "", "",
			""},
		{"vi", &vietnamese,
			"<meta property=\"og:updated_time\" content=\"2026-03-12T06:30:00+07:00\">", "",
			"</div>", "", "2026-03-12T06:30:00+07:00", "2026-03-12T06:30:00+07:00"},
		{"vi", &vietnamese,
			"<meta property=\"article:modified_time\" content=\"2026-03-13T06:30:00+07:00\">",
			"<p>12/03/2026</p>", "</div>", "", "2026-03-12", "2026-03-13T06:30:00+07:00"},
		{"vi", &vietnamese, "<meta name=\"citation_publication_date\" content=\"2026/03/12\">", "",
			"</div>", "", "2026-03-12", ""},
		{"vi", &vietnamese,
			"<meta http-equiv=\"last-modified\" content=\"Sat, 14 Mar 2026 01:00:00 GMT\">",
			"<p class='date'>12/03/2026</p>", "</div>", "", "2026-03-12", "2026-03-14T01:00:00Z"},
		{"vi", &vietnamese, "", "<p class='source'>Nguồn: Cồn Sậy Online</p>", "</div>",
			"Cồn Sậy Online", "", ""},
		{"vi", &vietnamese, "", "", "</div><p><i>(Nguồn: TTXVN)</i></p>", "TTXVN", "", ""},
		{"vi", &vietnamese, "", "", "</div><p><b>(Theo TTXVN/Vietnam+)</b></p>", "TTXVN;Vietnam+", "",
			""},
		{"vi", &vietnamese, "", "",
			"</div><p style='text-align:right'><b>Theo Hà Thu/Cồn Sậy</b></p>", "Hà Thu;Cồn Sậy",
			"", ""},
		{"vi", &vietnamese, "", "", "</div><p class='author'>THU HÀ</p>", "THU HÀ", "", ""},
		{"vi", &vietnamese, "", "", "<p class='pAuthor'><strong>Thu Hà - Minh Tâm</strong></p>",
			"Thu Hà;Minh Tâm", "", ""},
		{"vi", &vietnamese, "",
			"<div class='author-wrap'><div class='avatar'></div><div class='name'><a "
			"href='/author/thu-ha-12.htm'>Thu Hà</a></div><div "
			"class='mail'>thuha@consay.example</div></div>",
			"</div>", "Thu Hà", "", ""},
		{"vi", &vietnamese, "",
			"<p class='author'>Thu Hà <a "
			"href='mailto:thuha@consay.example'>thuha@consay.example</a></p>",
			"</div>", "Thu Hà", "", ""},
		{"vi", &vietnamese, "",
			"<div class='tac-gia'>Đăng bởi Thu Hà lúc 06:30 ngày 12/03/2026</div>", "</div>",
			"Thu Hà", "2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese, "", "<div class='byline'>Thu Hà · 12/03/2026 06:30 · 3 phút đọc</div>",
			"</div>", "Thu Hà", "2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese, "",
			"<div class='detail-author'>Thu Hà</div><div class='detail-cate'>Xã Hội</div><div "
			"class='detail-time'>12/03/2026 06:30 GMT+7</div>",
			"</div>", "Thu Hà", "2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese, "",
			"<div class='detail-cate'><a href='/x'>Xã Hội</a></div><div class='detail-time'><div "
			"data-role='publishdate'>12/03/2026 06:30 GMT+7</div></div>",
			"</div>", "", "2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese, "", "<span class='article-publish-time'>12/3/2026, 06:30</span>",
			"</div>", "", "2026-03-12T06:30:00+07:00", ""},
		{"en", &english, "", "<div class='date'>Mar<br>12<br>2026</div>", "</div>", "", "2026-03-12",
			""},
		{"en", &english, "", "<p>Thursday, 12 March 2026, 6:30 am</p>", "</div>", "",
			"2026-03-12T06:30:00Z", ""},
		{"en", &english, "", "<p>PUBLISHED : 12 MAR 2026 AT 06:30</p><p>WRITER: ANN WELLS</p>",
			"</div>", "ANN WELLS", "2026-03-12T06:30:00Z", ""},
		{"en", &english, "", "<p>by Ann Wells, March 12 2026</p>", "</div>", "Ann Wells",
			"2026-03-12", ""},
		{"en", &english, "", "<p>By Ann Wells and Agence France-Presse</p>", "</div>",
			"Ann Wells;Agence France-Presse", "", ""},
		{"en", &english, "", "<p>By Correspondent Ann Wells in Hanoi</p>", "</div>", "Ann Wells", "",
			""},
		{"en", &english, "", "<p>Updated: 06:30, 12-Mar-2026</p>", "</div>", "",
			"2026-03-12T06:30:00Z", ""},
		{"en", &english, "", "<p>(CGTN) 06:30, 12-Mar-2026</p>", "</div>", "", "2026-03-12T06:30:00Z",
			""},
		{"en", &english, "", "<p>March 12, 2026 | 06:30 am PHT</p>", "</div>", "",
			"2026-03-12T06:30:00+08:00", ""},
		{"en", &english, "", "<p>Thu, 12 Mar 2026 06:30:00 +0700</p>", "</div>", "",
			"2026-03-12T06:30:00+07:00", ""},
		{"en", &english, "", "<p>3/12/2026 6:30:00 AM</p>", "</div>", "", "2026-03-12T06:30:00Z", ""},
		{"en", &english, "", "<p>2026.03.12 06:30</p>", "</div>", "", "2026-03-12T06:30:00Z", ""},
		{"en", &english, "", "<p>12.Mar.2026</p>", "</div>", "", "2026-03-12", ""},
		{"en", &english, "", "<p>12th March, 2026</p>", "</div>", "", "2026-03-12", ""},
		{"en", &english, "", "<p>Mar. 12th 2026</p>", "</div>", "", "2026-03-12", ""},
		{"en", &english, "", "<p>Published 12 March 2026 Last updated 13 March 2026 at 09:15</p>",
			"</div>", "", "2026-03-12", "2026-03-13T09:15:00Z"},
		{"en", &english, "",
			"<p>Last modified on Friday, 13 March 2026 09:15</p><p>Written by Ann "
			"Wells</p><p>Published in News</p>",
			"</div>", "Ann Wells", "2026-03-13T09:15:00Z", ""},
		{"vi", &vietnamese,
			"<script type=\"application/ld+json\">[{\"@type\":\"NewsArticle\",\"headline\":\"Cầu "
			"Ván đóng hai "
			"đêm\",\"datePublished\":\"2026-02-01T06:30:00+07:00\",\"author\":{\"name\":\"Minh "
			"Tâm\"}},{\"@type\":\"NewsArticle\",\"headline\":\"Phà ra Cồn Sậy chạy "
			"lại\",\"datePublished\":\"2026-03-12T06:30:00+07:00\",\"author\":{\"name\":\"Hà "
			"Thu\"}}]</script>",
			"", "</div>", "Hà Thu", "2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese,
			"<script "
			"type=\"application/"
			"ld+json\">{\"@type\":\"ItemList\",\"itemListElement\":[{\"@type\":\"ListItem\","
			"\"item\":{\"@type\":\"NewsArticle\",\"headline\":\"Cầu "
			"Ván\",\"datePublished\":\"2026-02-01\"}}]}</script><script "
			"type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Phà ra Cồn "
			"Sậy chạy lại\",\"datePublished\":\"2026-03-12T06:30:00+07:00\"}</script>",
			"", "</div>", "", "2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese,
			"<script "
			"type=\"application/"
			"ld+json\">{\"@type\":\"VideoObject\",\"name\":\"x\",\"uploadDate\":\"2026-02-01\"}</"
			"script>",
			"<p>12/03/2026</p>", "</div>", "", "2026-03-12", ""},
		{"vi", &vietnamese,
			"<script "
			"type=\"application/ld+json\">{\"@type\":\"BreadcrumbList\",\"itemListElement\":[]}</"
			"script><script "
			"type=\"application/"
			"ld+json\">{\"@type\":\"WebPage\",\"datePublished\":\"2026-03-12\",\"lastReviewed\":"
			"\"2026-03-14\"}</script>",
			"", "</div>", "", "2026-03-12", ""},
		{"vi", &vietnamese,
			"<script "
			"type=\"application/"
			"ld+json\">{\"@type\":\"LiveBlogPosting\",\"headline\":\"Phà\",\"coverageStartTime\":"
			"\"2026-03-11T00:00:00+07:00\",\"datePublished\":\"2026-03-12T06:30:00+07:00\","
			"\"liveBlogUpdate\":[{\"@type\":\"BlogPosting\",\"datePublished\":\"2026-03-13\","
			"\"author\":\"x\"}]}</script>",
			"", "</div>", "", "2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese,
			"<script "
			"type=\"application/"
			"ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Phà\",\"datePublished\":\"2026-"
			"03-12T06:30:00+07:00\",\"author\":{\"@type\":\"Person\",\"name\":\"Hà "
			"Thu\",\"url\":\"x\"},\"review\":{\"author\":{\"name\":\"Minh Tâm\"}}}</script>",
			"", "</div>", "Hà Thu", "2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese,
			"<script "
			"type=\"application/"
			"ld+json\">{\"@type\":[\"NewsArticle\",\"Article\"],\"headline\":\"Phà\","
			"\"datePublished\":[\"2026-03-12T06:30:00+07:00\"],\"author\":{\"@list\":[{\"name\":"
			"\"Hà Thu\"}]}}</script>",
			"", "</div>", "Hà Thu", "2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese,
			"<script "
			"type=\"application/ld+json\">{\"@type\":\"http://schema.org/"
			"NewsArticle\",\"headline\":\"Phà\",\"datePublished\":\"2026-03-12T06:30:00+07:00\","
			"\"author\":\"Hà Thu\"}</script>",
			"", "</div>", "Hà Thu", "2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese,
			"<script "
			"type=\"application/"
			"ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Phà\",\"datePublished\":"
			"1773271800,\"author\":\"Hà Thu\"}</script>",
			"", "</div>", "Hà Thu", "2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese,
			"<script "
			"type=\"application/"
			"ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Phà\",\"datePublished\":\"2026-"
			"03-12T6:30:00+07:00\",\"author\":\"Hà Thu\"}</script>",
			"", "</div>", "Hà Thu", "2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese,
			"<script "
			"type=\"application/"
			"ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Phà\",\"datePublished\":\"2026-"
			"03-12T06:30:00+7:00\",\"author\":\"Hà Thu\"}</script>",
			"", "</div>", "Hà Thu", "2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese,
			"<script "
			"type=\"application/"
			"ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Phà\",\"datePublished\":\"2026-"
			"03-12 06:30:00 +0700\",\"author\":\"Hà Thu\"}</script>",
			"", "</div>", "Hà Thu", "2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese,
			"<script "
			"type=\"application/"
			"ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Phà\",\"datePublished\":\"2026-"
			"03-12T06:30 AM\",\"author\":\"Hà Thu\"}</script>",
			"", "</div>", "Hà Thu", "2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese,
			"<script "
			"type=\"application/"
			"ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Phà\",\"datePublished\":\"3/12/"
			"2026 6:30:00 AM\",\"author\":\"Hà Thu\"}</script>",
			"<span class='date'>12/03/2026 06:30</span>", "</div>", "Hà Thu",
			"2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese,
			"<script "
			"type=\"application/"
			"ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Phà\",\"datePublished\":\"12/3/"
			"2026 6:30:00 SA\",\"author\":\"Hà Thu\"}</script>",
			"", "</div>", "Hà Thu", "2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese,
			"<script "
			"type=\"application/"
			"ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Phà\",\"datePublished\":\"2026-"
			"03-12T06:30:00.000+07:00[Asia/Ho_Chi_Minh]\",\"author\":\"Hà Thu\"}</script>",
			"", "</div>", "Hà Thu", "2026-03-12T06:30:00+07:00", ""},
		{"vi", &vietnamese,
			"<meta property=\"article:published_time\" content=\"1970-01-01T00:00:00Z\">",
			"<p>12/03/2026</p>", "</div>", "", "2026-03-12", ""},
		{"vi", &vietnamese, "<meta property=\"article:published_time\" content=\"\">",
			"<p>12/03/2026</p>", "</div>", "", "2026-03-12", ""},
		{"vi", &vietnamese, "<meta property=\"article:published_time\" content=\"{{ date }}\">",
			"<p>12/03/2026</p>", "</div>", "", "2026-03-12", ""},
		{"vi", &vietnamese, "<meta name=\"author\" content=\"{{author}}\">", "", "</div>", "", "",
			""},
		{"vi", &vietnamese, "<meta name=\"author\" content=\"undefined\">", "", "</div>", "", "", ""},
		{"vi", &vietnamese, "<meta name=\"author\" content=\"VCCorp.vn\">", "", "</div>", "", "", ""},
		{"vi", &vietnamese, "<meta name=\"author\" content=\"https://consay.vn\">", "", "</div>", "",
			"", ""},
		{"vi", &vietnamese, "<meta name=\"author\" content=\"consay.vn\">", "", "</div>", "", "", ""},
		{"vi", &vietnamese,
			"<meta property=\"article:author\" content=\"Hà Thu\"><meta name=\"author\" "
			"content=\"Báo Cồn Sậy\">",
			"", "</div>", "Hà Thu", "", ""},
		{"vi", &vietnamese,
			"<meta property=\"og:site_name\" content=\"consay.vn\"><meta name=\"author\" "
			"content=\"Cồn Sậy\">",
			"", "</div>", "", "", ""},
		{"vi", &vietnamese,
			"<meta property=\"og:site_name\" content=\"CỒN SẬY ONLINE\"><meta name=\"author\" "
			"content=\"Cồn Sậy Online\">",
			"", "</div>", "", "", ""},
		{"da", &english, "", "<p>Tekst: Mette Holm Foto: Ole Vig</p>", "</div>", "Mette Holm", "",
			""},
		{"fr", &english, "", "<p>Publié le 12 mars 2026 - Modifié le 13 mars 2026</p>", "</div>", "",
			"2026-03-12", "2026-03-13"},
		{"fr", &english, "", "<p>1er mars 2026</p>", "</div>", "", "2026-03-01", ""},
		{"es", &english, "", "<p>Por: Lucía Roble Actualizado: 13/03/2026 09:15</p>", "</div>",
			"Lucía Roble", "2026-03-13T09:15:00Z", ""},
		{"ru", &english, "", "<p>12.03.2026 06:30 (обновлено: 09:15 13.03.2026)</p>", "</div>", "",
			"2026-03-12T06:30:00Z", "2026-03-13T09:15:00Z"},
		{"he", &english, "", "<p>12 במרץ 2026, 06:30</p>", "</div>", "", "2026-03-12T06:30:00Z", ""},
		{"th", &english, "", "<p>12 มี.ค. 2569 06:30 น.</p>", "</div>", "", "2026-03-12T06:30:00Z",
			""},
		{"th", &english, "", "<p>วันที่ 12 มีนาคม 2569</p>", "</div>", "", "2026-03-12", ""},
		{"id", &english, "",
			"<p>Oleh: Sari Dewi | Editor: Budi Santo</p><p>Diterbitkan 12 Maret 2026, 06:30 WIB "
			"Diperbarui 13 Maret 2026, 09:15 WIB</p>",
			"</div>", "Sari Dewi", "2026-03-12T06:30:00+07:00", "2026-03-13T09:15:00+07:00"},
		{"ja", &english, "", "<p>[2026/03/12 06:30]</p><p>取材・文　森野葉子</p>", "</div>",
			"森野葉子", "2026-03-12T06:30:00Z", ""},
		{"ko", &english, "", "<p>홍가람기자 hong@deul.example</p>", "</div>", "홍가람", "", ""},
		{"zh", &english, "", "<p>撰文：周晓禾 编辑：刘喆</p>", "</div>", "周晓禾", "", ""},
		{"zh-TW", &english, "",
			"<p>撰稿：葉小梅</p><p>發布時間：2026/03/12 06:30　更新時間：2026/03/12 09:15</p>",
			"</div>", "葉小梅", "2026-03-12T06:30:00Z", "2026-03-12T09:15:00Z"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena a = {0};
		const struct story *s = cases[i].story;
		char *html = arena_printf(&a,
			"<html lang=%s><head><title>%s</title>%s</head><body><h1>%s</h1>%s<div "
			"class=article-body>%s%s",
			cases[i].lang, s->title, cases[i].head, s->title, cases[i].above, s->text,
			cases[i].below);
		check(cases[i].story, html, cases[i].authors, cases[i].published, cases[i].updated);
		arena_release(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_say_who_and_when),
		cmocka_unit_test(nothing_is_made_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
