/* asides: single lines that are not read as the article: credits of pictures, bylines, addresses, who the
 * author is, what ends an article, walls and errors, in the languages of the sources. Part of words.h. */
#include "page/phrases_priv.h"

#include <string.h>

#include "base/banned.h"

enum {
	BYLINE_BYTES = 110,
	STATEMENT_WORDS = 10,
	BIO_BYTES = 600,
	BIO_HEAD = 200, /* of it: what tells */
	BIO_NAME = 50
};

/* How captions and credits of pictures are marked. */
static const char *const credits[] = {"credit:", "credits:", "©", "(c) ",
	"image:", "photo:", "photos:", "photo by", "photograph:", "picture:", "bildrechte",
	"foto:", "fotos:", "bild:", "quelle:", "getty images", "/getty", "ảnh:", "ảnh minh họa",
	"ảnh minh hoạ", "nguồn ảnh", "crédit", "crédito", "photo courtesy", "image source", "shutterstock",
	"istock", "image courtesy", "illustration:", "grafik:", "фото:", "фото ", "写真", "사진=", "图片来源",
	"图源"};

/* "…（記者林雨霏攝）", "▲…（圖／某某提供）", "… 某某供图". */
static bool is_credit_of_signs(struct span s)
{
	static const char *const ends[] = {"攝", "摄", "供图", "供圖", "撮影", "翻攝", "資料照", "资料图片"};
	bool marked = span_starts(s, "▲") || span_starts(s, "▼");
	struct span rest = span_trim(span_cut(s, strlen("▲"), s.n));
	marked = marked && rest.n && (unsigned char)rest.p[0] >= 0xE3 && (unsigned char)rest.p[0] < 0xEA;
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
	if (!phrases_fold(line, room, LINE_BYTES, &s))
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
	if (!phrases_fold(line, room, BYLINE_BYTES, &s) || is_statement(line))
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

static bool holds_any(struct span line, const char *const *list, size_t n)
{
	char room[TALK_BYTES * 3];
	struct span s;
	if (line.n == 0 || !phrases_fold(line, room, TALK_BYTES, &s))
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
	if (line.n == 0 || !phrases_fold(line, room, BIO_BYTES, &s))
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
	if (!phrases_fold(line, room, HEADING_BYTES, &s))
		return false;
	s = phrases_trim(s);
	for (size_t i = 0; i < 2; i++)
		if (span_starts(s, "（") || span_starts(s, "【"))
			s = span_cut(s, 3, s.n);
	for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
		if (span_starts(s, begins[i]))
			return true;
	while (s.n && s.p[s.n - 1] >= '0' && s.p[s.n - 1] <= '9')
		s = phrases_trim(span_cut(s, 0, s.n - 1));
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
