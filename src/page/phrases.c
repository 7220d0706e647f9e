/* phrases: the lines by which boxes give themselves away, in the languages of the sources. Part of words.h.
 * Lines are compared in lower case without the punctuation around them; marks are kept, since "tin moi" is
 * not how a Vietnamese box is headed. */
#include "page/words.h"

#include <string.h>

#include "base/utf8.h"

#include "base/banned.h"

enum {
	LINE_BYTES = 200,
	HEADING_BYTES = 90,
	READ_ON_BYTES = 40,
	TALK_BYTES = 420,
	BYLINE_BYTES = 110,
	NEWSLETTER_BYTES = 260,
	STATEMENT_WORDS = 10,
	BIO_BYTES = 600,
	BIO_HEAD = 200, /* of it: what tells */
	BIO_NAME = 50
};

static const char *const headings[] = {
	/* vi */
	"tin liên quan", "bài liên quan", "tin bài liên quan", "bài viết liên quan", "các bài liên quan",
	"tin cùng chuyên mục", "cùng chuyên mục", "tin mới", "tin mới nhất", "tin khác", "các tin khác",
	"tin tức khác", "bài viết khác", "đọc thêm", "xem thêm", "tham khảo thêm", "có thể bạn quan tâm",
	"có thể bạn thích", "bạn có thể quan tâm", "tin nổi bật", "đọc nhiều", "tin đọc nhiều",
	"đọc nhiều nhất", "xem nhiều", "tin xem nhiều", "bình luận", "ý kiến bạn đọc", "ý kiến", "từ khóa",
	"từ khoá", "chia sẻ", "tin tài trợ", "tin cũ hơn", "tin mới hơn", "tin nóng", "dòng sự kiện",
	"gửi bình luận", "nổi bật", "tin cùng chủ đề", "cùng chủ đề", "bài cùng chuyên mục", "quảng cáo",
	"liên quan", "bài viết cùng chủ đề", "đừng bỏ lỡ", "tin đáng đọc", "bài đọc nhiều",
	"tin tức liên quan", "tin trong tỉnh", "tin cùng loại", "các tin đã đưa", "các tin mới hơn",
	"các tin cũ hơn", "có thể bạn chưa đọc",
	/* en */
	"related", "related articles", "related article", "related stories", "related story", "related news",
	"related content", "related topics", "related posts", "related links", "related coverage",
	"related reading", "related video", "related videos", "read more", "read next", "read also",
	"also read", "see also", "more stories", "more news", "more on this", "more on this story",
	"more on this topic", "you may also like", "you might also like", "you may like", "recommended",
	"recommended for you", "recommended stories", "recommended reading", "most read", "most popular",
	"most viewed", "trending", "trending now", "latest news", "latest stories", "latest", "share this",
	"share", "share this article", "share this story", "share this post", "comments", "comment",
	"leave a comment", "leave a reply", "newsletter", "newsletters", "advertisement", "sponsored",
	"sponsored content", "popular", "editor's picks", "editors' picks", "editor’s picks", "don't miss",
	"don’t miss", "up next", "tags", "topics", "about the author", "about the authors", "filed under",
	"follow us", "what to read next", "top stories", "popular stories", "join the conversation",
	"keep reading", "further reading", "promoted stories", "from our partners", "around the web",
	"more like this", "more from us", "story continues below advertisement",
	"article continues below advertisement", "article continues after advertisement", "view comments",
	"show comments", "post a comment", "explore more", "explore more on these topics",
	"get our newsletter", "trending stories", "read more about", "more to explore",
	"editors' recommendations", "editors’ recommendations", "sign up", "more in this section",
	"related tags", "stay connected", "most watched", "must read", "also on", "continue reading",
	"hide comments", "watch next", "advertise with us", "ad", "loading", "what's next",
	"listen to this article", "jump to", "in this article", "table of contents", "contents",
	/* de */
	"mehr zum thema", "mehr dazu", "lesen sie auch", "auch interessant",
	"das könnte sie auch interessieren", "weitere artikel", "weiterführende links", "verwandte artikel",
	"verwandte themen", "ähnliche artikel", "anzeige", "werbung", "kommentare", "kommentar", "themen",
	"meistgelesen", "teilen", "passend zum thema", "zum thema", "schlagworte", "zur startseite",
	"artikel teilen", "mehr", "weitere themen", "mehr lesen", "lesen sie mehr", "lesetipps",
	"artikel zum thema", "beliebte artikel", "kommentar schreiben", "schreibe einen kommentar",
	"kommentar verfassen", "mehr aus dieser rubrik", "ähnliche beiträge",
	"das könnte dich auch interessieren", "themen in diesem artikel", "mehr themen", "weitere meldungen",
	"empfohlene artikel", "leserkommentare", "diskutieren sie mit", "empfehlungen der redaktion",
	"empfohlener externer inhalt", "redaktionelle empfehlung", "lesen sie hier", "interessant",
	/* fr */
	"lire aussi", "à lire aussi", "a lire aussi", "voir aussi", "sur le même sujet", "articles liés",
	"à voir aussi", "les plus lus", "commentaires", "publicité", "partager", "à découvrir",
	"lire la suite", "dans la même rubrique", "plus d'informations", "nos newsletters",
	/* es, pt, it */
	"lea también", "lee también", "te puede interesar", "más información", "noticias relacionadas",
	"relacionado", "relacionadas", "comentarios", "publicidad", "compartir", "lo más leído",
	"ver también", "más noticias", "te recomendamos", "le puede interesar", "archivado en", "temas",
	"más sobre este tema", "leia também", "leia mais", "veja também", "saiba mais",
	"notícias relacionadas", "mais lidas", "publicidade", "comentários", "leggi anche",
	"potrebbe interessarti", "articoli correlati", "commenti", "pubblicità", "ti potrebbe interessare",
	"leggi altro", "potrebbero interessarti", "condividi",
	/* ru, zh, ja, ko, th */
	"читайте также", "по теме", "материалы по теме", "комментарии", "реклама", "поделиться",
	"новости партнеров", "смотрите также", "другие новости", "похожие материалы", "相关新闻", "相关阅读",
	"相关报道", "相关文章", "延伸阅读", "延伸閱讀", "相關新聞", "相關閱讀", "推荐阅读", "猜你喜欢",
	"热门推荐", "更多新闻", "評論", "评论", "分享", "相关推荐", "責任編輯", "関連記事", "関連ニュース",
	"あわせて読みたい", "おすすめ記事", "人気記事", "ランキング", "コメント", "関連キーワード",
	"おすすめ", "広告", "廣告", "广告", "광고", "관련기사", "관련 기사", "추천 뉴스", "많이 본 뉴스",
	"댓글", "관련뉴스", "ข่าวที่เกี่ยวข้อง", "อ่านเพิ่มเติม", "ข่าวล่าสุด",
	/* id, nl, sv, da, no, fi, pl, cs, tr, ro, el */
	"baca juga", "berita terkait", "artikel terkait", "simak juga", "lihat juga", "terpopuler",
	"komentar", "lees ook", "meer over", "gerelateerd", "lees meer", "läs också", "läs mer", "läs även",
	"les også", "læs også", "mer om ämnet", "relaterat", "lue myös", "czytaj także", "czytaj też",
	"zobacz także", "zobacz też", "polecane", "powiązane", "komentarze", "przeczytaj także",
	"czytaj również", "čtěte také", "přečtěte si také", "související", "související články", "komentáře",
	"diskuse", "ilgili haberler", "citește și", "citeşte şi", "διαβάστε επίσης"};

/* Followed by the title of another article. */
static const char *const see_also[] = {"xem thêm", "đọc thêm", "tham khảo thêm", "bài liên quan",
	"tin liên quan", "mời độc giả xem", "mời quý độc giả", "mời bạn đọc", "clip:", "video:", "read more",
	"read also", "also read", "see also", "see more", "related:", "related story",
	"read:", "watch:", "watch |", "video |", "listen:", "photos:", "more:", "learn more",
	"recommended:", "must read", "don't miss", "don’t miss", "also see", "read the full", "read next",
	"lesen sie auch", "lesen sie", "mehr zum thema", "mehr dazu", "lies auch", "auch interessant",
	"siehe auch", "lesetipp", "hintergrund:", "lire aussi", "à lire aussi", "a lire aussi",
	"lire également", "voir aussi", "lire :", "lea también", "lee también", "lea:", "te puede interesar",
	"ver más", "más información", "leia também", "leia mais", "veja também", "leggi anche",
	"читайте также", "смотрите также", "baca juga", "baca:", "simak juga", "lihat juga", "lees ook",
	"läs också", "läs mer", "läs även", "les også", "læs også", "lue myös", "czytaj także", "czytaj też",
	"zobacz także", "zobacz też", "čtěte také", "citește și", "citeşte şi", "延伸閱讀", "延伸阅读",
	"相关阅读", "相关新闻", "関連記事", "あわせて読みたい", "관련기사", "full story", "more on",
	"more from", "for more", "opinion:", "explainer:", "in pictures:"};

static const char *const talk[] = {"enable javascript", "javascript is", "turn on javascript",
	"bật javascript", "javascript aktivieren", "activer javascript", "we use cookies", "uses cookies",
	"cookie policy", "accept cookies", "ad blocker", "adblock", "sign up for our", "sign up to our",
	"sign up for the", "sign up to receive", "subscribe to our", "subscribe to the", "subscribe now",
	"subscribe for", "our newsletter", "all rights reserved", "follow us on", "like us on facebook",
	"download our app", "download the app", "click here to sign", "you are now subscribed",
	"thank you for subscribing", "please enter a valid", "invalid email", "create an account",
	"sign in to", "log in to", "already a subscriber", "already have an account", "there was an error",
	"an error occurred", "try refreshing", "please refresh", "this video is not available",
	"video is unavailable", "may not be published, broadcast, rewritten", "we may earn a commission",
	"we may receive a commission", "affiliate commission", "terms of service", "privacy policy",
	"terms of use", "your email address", "enter your email", "get the latest news delivered",
	"get our free", "delivered to your inbox", "to your inbox", "in your inbox",
	"turn on desktop notifications", "copy link", "link copied", "comments are closed",
	"be the first to comment", "join our whatsapp", "join our telegram", "comments on this article",
	"view image in fullscreen", "post your comment", "read the original", "reprint permission",
	"contributed to this report", "contributed reporting", "has failed to load", "may be reached at",
	"can be reached at", "support our journalism", "journalism needs your support",
	"please subscribe today", "đăng ký nhận tin", "mời quý độc giả", "mời bạn đọc", "bình luận của bạn",
	"vui lòng nhập", "bạn cần đăng nhập", "mọi thông tin phản hồi", "mọi ý kiến đóng góp",
	"theo dõi chúng tôi", "bản quyền thuộc", "tải ứng dụng", "nhập mã xác nhận", "gửi bình luận",
	"đọc tin tức mới nhất", "quan tâm zalo", "datenschutzerklärung", "newsletter abonnieren",
	"unseren newsletter", "newsletter anmelden", "jetzt abonnieren", "alle rechte vorbehalten",
	"melden sie sich an", "inhalt laden", "externer inhalt", "externe inhalte", "externen inhalt",
	"zustimmung", "personenbezogene daten", "in unserem liveblog", "hier finden sie alle",
	"dieses thema im programm", "réservé aux abonnés", "réservée aux abonnés",
	"hat ihnen dieser artikel gefallen", "ihre meinung ist uns wichtig", "会員登録", "会員限定",
	"folgen sie uns", "ihre e-mail", "abonnez-vous", "inscrivez-vous", "suivez-nous",
	"tous droits réservés", "suscríbete", "suscribirse", "todos los derechos", "síguenos en",
	"inscreva-se", "todos os direitos", "iscriviti", "riproduzione riservata", "подписывайтесь на",
	"подпишитесь на", "版权所有", "版權所有", "未经授权", "非經授權", "非经授权", "不得轉載", "不得转载",
	"無断転載", "무단전재", "무단 전재", "자동요약", "자동 요약", "pdf形式のファイルを",
	"pdfファイルをご覧", "このページの内容は", "このページの情報は", "みなさまのご意見をお聞かせ",
	"제공하는 정보에 만족", "ý kiến của bạn", "vui lòng đăng nhập", "đăng nhập để bình luận",
	"giấy phép hoạt động", "giấy phép số", "icp备", "公网安备", "违法和不良信息", "网站标识码",
	"청소년보호책임자", "대표전화 :", "請繼續往下閱讀", "请继续往下阅读", "請繼續下滑", "仅提供信息存储",
	"구독해주세요", "구독해 주세요", "ikuti kami", "nyhetsbrev", "wszelkie prawa", "海量资讯", "点击上方",
	"更多精彩内容", "欢迎关注我们", "点个“在看”", "點擊訂閱"};

/* How captions and credits of pictures are marked. */
static const char *const credits[] = {"credit:", "credits:", "©", "(c) ",
	"image:", "photo:", "photos:", "photo by", "photograph:", "picture:", "bildrechte",
	"foto:", "fotos:", "bild:", "quelle:", "getty images", "/getty", "ảnh:", "ảnh minh họa",
	"ảnh minh hoạ", "nguồn ảnh", "crédit", "crédito", "photo courtesy", "image source", "shutterstock",
	"istock", "image courtesy", "illustration:", "grafik:", "фото:", "фото ", "写真", "사진=", "图片来源",
	"图源"};

static uint32_t lower(uint32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + 32 : c;
	if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x410 && c <= 0x42F) || (c >= 0x391 && c <= 0x3A9))
		return c + 32;
	if ((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177) || (c >= 0x1E00 && c <= 0x1EFF))
		return c | 1;
	if (c == 0x1A0 || c == 0x1AF || (c >= 0x139 && c <= 0x148 && c & 1))
		return c + 1;
	return c;
}

/* The line in lower case, white space as it is; false when it is longer than the room. */
static bool fold(struct span line, char *out, size_t max, struct span *folded)
{
	size_t n = 0;
	if (line.n > max)
		return false;
	for (size_t at = 0; at < line.n;)
		n += utf8_encode(lower(utf8_next(line, &at, NULL)), out + n);
	*folded = (struct span){out, n};
	return true;
}

static bool edge(char c)
{
	return (unsigned char)c <= ' ' || strchr(":.!?>-<|+*\"'()[]#/,", c);
}

static struct span trim_edges(struct span s)
{
	while (s.n && edge(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n && edge(s.p[s.n - 1]))
		s.n--;
	while (s.n > 3 && (memcmp(s.p + s.n - 3, "\xE2\x80\xBA", 3) == 0 ||
				  memcmp(s.p + s.n - 3, "\xE2\x80\xA6", 3) == 0))
		s = span_trim(span_cut(s, 0, s.n - 3));
	while (s.n > 3 && (memcmp(s.p, "\xE2\x80\xA2", 3) == 0 || memcmp(s.p, "\xE2\x96\xA0", 3) == 0 ||
				  memcmp(s.p, "\xE2\x96\xBA", 3) == 0))
		s = span_trim(span_cut(s, 3, s.n));
	return s;
}

bool words_box_heading(struct span line)
{
	char room[LINE_BYTES * 3];
	struct span s;
	if (!fold(line, room, HEADING_BYTES, &s))
		return false;
	s = trim_edges(s);
	while (s.n && s.p[s.n - 1] >= '0' && s.p[s.n - 1] <= '9') /* "Comments (12)" */
		s = trim_edges(span_cut(s, 0, s.n - 1));
	for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
		if (span_is(s, headings[i]))
			return true;
	return span_starts(s, "more ") && (span_ends(s, " stories") || span_ends(s, " news") ||
						  span_ends(s, " articles") || span_ends(s, " coverage"));
}

bool words_see_also(struct span line)
{
	char room[LINE_BYTES * 3];
	struct span s;
	if (!fold(span_cut(line, 0, LINE_BYTES), room, LINE_BYTES, &s))
		return false;
	s = trim_edges(s);
	for (size_t i = 0; i < sizeof see_also / sizeof *see_also; i++)
		if (span_starts(s, see_also[i]))
			return true;
	return false;
}

bool words_read_on(struct span line)
{
	static const char *const words[] = {"xem tiếp", "đọc tiếp", "xem chi tiết", "chi tiết", "xem thêm",
		"đọc thêm", "read more", "read on", "continue reading", "full story", "more", "weiterlesen",
		"mehr lesen", "mehr", "lire la suite", "lire plus", "leer más", "seguir leyendo", "leia mais",
		"continua a leggere", "leggi tutto", "читать далее", "подробнее", "详细", "详情", "全文",
		"阅读全文", "查看全文", "查看详情", "阅读更多", "更多", "繼續閱讀", "閱讀全文", "詳全文",
		"続きを読む", "もっと見る", "続き", "詳しく", "詳細を見る", "全文を読む", "더보기",
		"자세히 보기", "자세히", "전문보기", "기사보기"};
	char room[LINE_BYTES * 3];
	struct span s;
	if (!fold(line, room, READ_ON_BYTES, &s))
		return false;
	s = trim_edges(s);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (span_is(s, words[i]))
			return true;
	return false;
}

/* "…（記者林雨霏攝）", "▲…（圖／某某提供）", "… 某某供图". */
static bool is_credit_of_signs(struct span s)
{
	static const char *const ends[] = {"攝", "摄", "供图", "供圖", "撮影", "翻攝", "資料照", "资料图片"};
	bool marked = s.n > 3 && (span_starts(s, "▲") || span_starts(s, "▼")) &&
		      (unsigned char)span_trim(span_cut(s, 3, s.n)).p[0] >= 0xE3 &&
		      (unsigned char)span_trim(span_cut(s, 3, s.n)).p[0] < 0xEA;
	if (marked || span_find(s, SPAN("（圖／"), 0) != SIZE_MAX ||
		span_find(s, SPAN("(圖／"), 0) != SIZE_MAX)
		return true;
	s = span_ends(s, "）") ? span_cut(s, 0, s.n - 3) : span_ends(s, ")") ? span_cut(s, 0, s.n - 1) : s;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (span_ends(s, ends[i]))
			return true;
	return false;
}

bool words_credit(struct span line)
{
	char room[LINE_BYTES * 3];
	struct span s;
	if (!fold(line, room, LINE_BYTES, &s))
		return false;
	if (is_credit_of_signs(s))
		return true;
	for (size_t i = 0; i < sizeof credits / sizeof *credits; i++) {
		size_t at = span_find(s, span_of(credits[i]), 0);
		if (at != SIZE_MAX && (at < 4 || at + strlen(credits[i]) + 60 > s.n))
			return true;
	}
	return false;
}

/* "Theo Sở Y tế, …" may begin a sentence, too: long enough, and with its full stop. */
static bool is_statement(struct span s)
{
	size_t blanks = 0;
	for (size_t i = 0; i < s.n; i++)
		blanks += s.p[i] == ' ';
	return blanks >= STATEMENT_WORDS && span_ends(s, ".") && !span_ends(s, ".m.");
}

/* "입력 2026.11.22 08:30 수정 …", "首次上稿 11-22 11:48": a word for it, and then the day. */
static bool is_dated_label(struct span s)
{
	static const char *const labels[] = {"입력", "기사입력", "최초입력", "수정", "최종수정", "등록",
		"승인", "송고", "작성", "작성일", "발행", "업데이트", "发布时间", "发布日期", "发表时间",
		"发布于", "时间", "日期", "更新时间", "發布時間", "發布日期", "發稿時間", "首次上稿",
		"更新時間", "時間", "更新", "公開", "公開日", "掲載", "掲載日", "配信", "更新日", "最終更新",
		"登録日"};
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
		size_t n = strlen(labels[i]);
		if (!span_starts(s, labels[i]))
			continue;
		struct span rest = span_trim(span_cut(s, n, s.n));
		if (span_starts(rest, "："))
			rest = span_cut(rest, 3, rest.n);
		else if (span_starts(rest, ":"))
			rest = span_cut(rest, 1, rest.n);
		rest = span_trim(rest);
		if (rest.n && rest.p[0] >= '0' && rest.p[0] <= '9')
			return true;
	}
	return false;
}

bool words_byline(struct span line)
{
	static const char *const before[] = {"by ", "by: ", "von ", "par ", "theo ", "written by ",
		"reported by ", "reporting by ", "story by ", "words by ", "author: ", "autor: ", "published",
		"updated", "last updated", "posted", "aktualisiert", "veröffentlicht", "stand:", "publié",
		"publicado", "cập nhật", "ngày đăng", "đăng ngày", "giriş:", "lesezeit", "editing by",
		"additional reporting", "tác giả:", "nguồn:", "bài, ảnh", "bài và ảnh", "tin, ảnh",
		"source:", "publikováno", "опубликовано", "автор:", "記者", "text:", "redaktion:"};
	static const char *const within[] = {"来源：", "來源：", "记者：", "記者：", "编辑：", "編輯："};
	char room[LINE_BYTES * 3];
	struct span s;
	if (!fold(line, room, BYLINE_BYTES, &s) || is_statement(line))
		return false;
	for (size_t i = 0; i < sizeof before / sizeof *before; i++)
		if (span_starts(s, before[i]))
			return true;
	if (is_dated_label(s))
		return true;
	for (size_t i = 0; i < sizeof within / sizeof *within; i++)
		if (span_find(s, span_of(within[i]), 0) != SIZE_MAX)
			return true;
	return false;
}

bool words_contact(struct span line)
{
	if (line.n > TALK_BYTES)
		return false;
	size_t at = span_find_byte(line, '@', 0);
	bool mail =
		at != SIZE_MAX && at > 0 && at + 2 < line.n && line.p[at + 1] > ' ' && line.p[at - 1] > '-';
	return mail || span_starts_ci(line, "copyright");
}

bool words_page_talk(struct span line)
{
	char room[TALK_BYTES * 3];
	struct span s;
	if (line.n > TALK_BYTES || !fold(line, room, TALK_BYTES, &s))
		return false;
	for (size_t i = 0; i < sizeof talk / sizeof *talk; i++)
		if (span_find(s, span_of(talk[i]), 0) != SIZE_MAX)
			return true;
	static const char *const verbs[] = {"sign up", "subscri", "get our", "get the", "abonn", "anmeld",
		"inscri", "suscr", "đăng ký", "delivered", "our newsletter"};
	bool letter = s.n < NEWSLETTER_BYTES && span_find(s, SPAN("newsletter"), 0) != SIZE_MAX;
	for (size_t i = 0; letter && i < sizeof verbs / sizeof *verbs; i++)
		if (span_find(s, span_of(verbs[i]), 0) != SIZE_MAX)
			return true;
	static const char *const networks[] = {
		"facebook", "twitter", "instagram", "threads", "tiktok", "youtube", "zalo", "telegram"};
	bool follow = span_starts(s, "follow ") || span_starts(s, "* follow ") || span_starts(s, "theo dõi ");
	for (size_t i = 0; follow && i < sizeof networks / sizeof *networks; i++)
		if (span_find(s, span_of(networks[i]), 0) != SIZE_MAX)
			return true;
	return s.n > 2 && (unsigned char)s.p[0] == 0xC2 && (unsigned char)s.p[1] == 0xA9; /* © */
}

static bool holds_any(struct span line, const char *const *list, size_t n)
{
	char room[TALK_BYTES * 3];
	struct span s;
	if (line.n == 0 || !fold(line, room, TALK_BYTES, &s))
		return false;
	for (size_t i = 0; i < n; i++)
		if (span_find(s, span_of(list[i]), 0) != SIZE_MAX)
			return true;
	return false;
}

static bool capital(struct span word)
{
	return word.n > 1 && ((word.p[0] >= 'A' && word.p[0] <= 'Z') || (unsigned char)word.p[0] == 0xC3);
}

/* "Ada Example is a reporter who covers …": who, then a verb, then what. */
static bool is_bio(struct span line, struct span s)
{
	static const char *const verbs[] = {" is ", " covers ", " has covered ", " ist ", " schreibt ",
		" arbeitet ", " est ", " es ", " é ", " è "},
				 *const trades[] = {"reporter", "journalist", "editor", "correspondent",
					 "columnist", "contributor", "freelance", "writer", "blogger",
					 "author of", "the author", "covers ", "redakteur", "korrespondent",
					 "autor ", "autorin", "schreibt seit", "schreibt für", "journaliste",
					 "periodista", "redactor", "giornalista"};
	struct span head = span_cut(s, 0, BIO_HEAD), words = line, first, second;
	bool named = span_next(&words, ' ', &first) && span_next(&words, ' ', &second) && capital(first) &&
		     capital(second);
	bool verb = span_starts(s, "schreibt ") || span_starts(s, "... ist");
	for (size_t i = 0; !verb && i < sizeof verbs / sizeof *verbs; i++) {
		size_t at = span_find(head, span_of(verbs[i]), 0);
		verb = named && at != SIZE_MAX && at < BIO_NAME;
	}
	for (size_t i = 0; verb && i < sizeof trades / sizeof *trades; i++)
		if (span_find(head, span_of(trades[i]), 0) != SIZE_MAX)
			return true;
	return false;
}

bool words_end_note(struct span line)
{
	static const char *const begins[] = {"disclaimer", "disclosure", "this story was originally",
		"this article was originally", "this post originally", "the views expressed",
		"views and opinions", "the views and opinions", "the opinions expressed", "provided by ",
		"thanks for signing up", "thanks for reading", "thanks for visiting", "thank you for reading",
		"your subscription", "want more", "if you liked this", "if you enjoyed this",
		"we occasionally", "about the author", "more ap ", "for more information", "* * *",
		"with reports from", "dieser artikel erschien", "dieser text erschien",
		"dieser beitrag erschien", "hinweis:", "transparenzhinweis", "quellen:", "cet article",
		"este artículo fue", "esta nota fue", "bài viết thể hiện quan điểm", "ghi rõ nguồn",
		"liên hệ tòa soạn", "thông tin liên hệ", "đường dây nóng", "责任编辑", "責任編輯", "责编",
		"编辑：", "编辑:", "編輯：", "校对", "审核：", "图片编辑", "声明：", "特别声明", "免责声明",
		"本文来源", "本文来自", "来源：", "來源：", "原标题", "举报", "저작권자", "※ 외부", "※ 본 ",
		"※ 이 기사", "제보는", "제보하기", "기사제보", "会員の方", "この記事は", "無断転載",
		"カテゴリーを", "本サイト", "著作権"};
	char room[BIO_BYTES * 3];
	struct span s;
	if (line.n == 0 || !fold(line, room, BIO_BYTES, &s))
		return false;
	static const char *const marks[] = {"（", "【", "■", "▶", "▷", "◎", "●"};
	while (s.n && strchr("[(<*-", s.p[0]))
		s = span_trim(span_cut(s, 1, s.n));
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (span_starts(s, marks[i]))
			s = span_trim(span_cut(s, strlen(marks[i]), s.n));
	for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
		if (span_starts(s, begins[i]))
			return true;
	return is_bio(line, s);
}

bool words_tail(struct span line)
{
	static const char *const begins[] = {"责任编辑", "責任編輯", "责编：", "责编:", "저작권자",
		"copyright ⓒ", "copyright ©", "ⓒ ", "特别声明", "このページに関する", "お問い合わせ",
		"問い合わせ先", "담당자 정보"},
				 *const headings_only[] = {"评论", "評論", "网友评论", "热门评论", "最新评论",
					 "全部评论", "댓글", "기사 댓글", "コメント", "bình luận", "ý kiến",
					 "ý kiến bạn đọc", "ý kiến bình luận"};
	char room[HEADING_BYTES * 3];
	struct span s;
	if (!fold(line, room, HEADING_BYTES, &s))
		return false;
	s = trim_edges(s);
	for (size_t i = 0; i < 2; i++)
		if (span_starts(s, "（") || span_starts(s, "【"))
			s = span_cut(s, 3, s.n);
	for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
		if (span_starts(s, begins[i]))
			return true;
	while (s.n && s.p[s.n - 1] >= '0' && s.p[s.n - 1] <= '9')
		s = trim_edges(span_cut(s, 0, s.n - 1));
	for (size_t i = 0; i < sizeof headings_only / sizeof *headings_only; i++)
		if (span_is(s, headings_only[i]))
			return true;
	return false;
}

bool words_wall(struct span line)
{
	static const char *const walls[] = {"subscribe to continue", "subscribe to read",
		"to continue reading", "subscribers only", "for subscribers", "already a subscriber",
		"this content is for members", "register to read", "log in to read", "sign in to continue",
		"you have reached your limit", "dành cho thuê bao", "đăng nhập để đọc tiếp",
		"đăng ký để đọc tiếp", "để đọc tiếp", "nội dung dành cho hội viên", "mời bạn đăng nhập",
		"mua gói đọc báo", "đọc toàn bộ bài viết trên báo in", "réservé aux abonnés",
		"lire la suite de l'article", "weiterlesen mit", "jetzt weiterlesen", "nur für abonnenten",
		"solo para suscriptores", "exclusivo para assinantes", "会員限定", "続きを読むには",
		"有料会員", "付费阅读", "登录后阅读", "登入後閱讀", "訂閱後", "订阅后", "剩余内容",
		"로그인 후", "구독자 전용", "유료 회원", "전문을 보시려면"};
	return holds_any(line, walls, sizeof walls / sizeof *walls);
}

bool words_error(struct span line)
{
	static const char *const errors[] = {"page not found", "404 not found", "error 404", "404 error",
		"page cannot be found", "page can't be found", "page doesn't exist", "page does not exist",
		"page you are looking for", "page you requested", "access denied", "403 forbidden",
		"service unavailable", "internal server error", "checking your browser",
		"verify you are human", "are you a robot", "just a moment", "không tìm thấy trang",
		"trang không tồn tại", "trang bạn tìm không", "trang bạn yêu cầu", "trang bạn đang tìm",
		"bài viết không tồn tại", "bài viết đã bị xóa", "bài viết đã bị xoá",
		"nội dung không tồn tại", "lỗi 404", "hệ thống đang bảo trì", "website đang bảo trì",
		"truy cập bị từ chối", "页面不存在", "找不到页面", "您访问的页面", "您所访问的页面",
		"頁面不存在", "找不到頁面", "您要找的頁面", "ページが見つかりません", "ページは存在しません",
		"お探しのページ", "페이지를 찾을 수 없", "존재하지 않는 페이지", "삭제된 기사",
		"seite nicht gefunden", "page introuvable", "página no encontrada", "página não encontrada",
		"страница не найдена", "halaman tidak ditemukan"};
	return holds_any(line, errors, sizeof errors / sizeof *errors);
}
