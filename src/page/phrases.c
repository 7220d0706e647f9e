/* phrases: the lines by which boxes give themselves away, in the languages of the sources. Part of words.h.
 * Lines are compared in lower case without the punctuation around them; marks are kept, since "tin moi" is
 * not how a Vietnamese box is headed. */
#include "page/phrases_priv.h"

#include <string.h>

#include "base/utf8.h"

#include "base/banned.h"

enum { READ_ON_BYTES = 40, NEWSLETTER_BYTES = 260 };

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
	"おすすめ", "ai 요약", "ai 뉴스 요약", "ai 기사 요약", "ai摘要", "ai要約", "aiによる要約", "広告",
	"廣告", "广告", "광고", "관련기사", "관련 기사", "추천 뉴스", "많이 본 뉴스", "댓글", "관련뉴스",
	"ข่าวที่เกี่ยวข้อง", "อ่านเพิ่มเติม", "ข่าวล่าสุด",
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

bool phrases_fold(struct span line, char *out, size_t max, struct span *folded)
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

struct span phrases_trim(struct span s)
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
	if (!phrases_fold(line, room, HEADING_BYTES, &s))
		return false;
	s = phrases_trim(s);
	while (s.n && s.p[s.n - 1] >= '0' && s.p[s.n - 1] <= '9') /* "Comments (12)" */
		s = phrases_trim(span_cut(s, 0, s.n - 1));
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
	if (!phrases_fold(span_cut(line, 0, LINE_BYTES), room, LINE_BYTES, &s))
		return false;
	s = phrases_trim(s);
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
	if (!phrases_fold(line, room, READ_ON_BYTES, &s))
		return false;
	s = phrases_trim(s);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (span_is(s, words[i]))
			return true;
	return false;
}

bool words_page_talk(struct span line)
{
	char room[TALK_BYTES * 3];
	struct span s;
	if (line.n > TALK_BYTES || !phrases_fold(line, room, TALK_BYTES, &s))
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
