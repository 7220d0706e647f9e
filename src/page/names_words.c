/* names_words: the words that papers put around names and in their place, in the languages of the sources.
 * Part of names.h. ASCII case does not matter; words with other capitals stand here twice. */
#include "page/names_words.h"

#include <string.h>

#include "base/banned.h"

/* What stands before a name; a word ends behind it. */
static const char *const by[] = {"by", "written by", "words by", "story by", "reported by", "text by",
	"posted by", "published by", "photos and story by", "story and photos by", "text and photos by",
	"author", "authors", "von", "ein artikel von", "ein kommentar von", "eine analyse von",
	"eine kolumne von", "ein gastbeitrag von", "ein interview von", "eine reportage von",
	"ein bericht von", "une chronique de", "una crónica de", "artikel von", "ein beitrag von",
	"veröffentlicht von", "geschrieben von", "eingestellt von", "verfasst von", "redaktion", "autor",
	"autorin", "par", "rédigé par", "écrit par", "publié par", "auteur", "por", "escrito por",
	"publicado por", "di", "a cura di", "scritto da", "pubblicato da", "autore", "af", "av", "skrevet av",
	"skrevet af", "skriven av", "door", "oleh", "penulis", "theo", "tác giả", "bài, ảnh", "bài và ảnh",
	"tin, ảnh", "tin và ảnh", "nhóm pv", "nhóm phóng viên", "phóng viên", "ctv", "cộng tác viên",
	"bút danh", "người viết", "người đăng", "автор", "autorka", "napsal", "yazan", "記者", "记者", "作者",
	"取材・文", "撰文", "撰稿", "采写", "供稿", "採訪", "采访", "bởi", "Bởi", "đăng bởi", "viết bởi",
	"Đăng bởi", "Écrit par", "Автор", "Автор текста", "Подготовил", "Подготовила", "本报记者", "本報記者",
	"本网记者", "通讯员", "评论员", "評論員", "بقلم", "auteurs", "autores", "text und foto",
	"text und fotos", "automatisch erstellt von", "kirjoittanut", "szerző", "írta", "автор текста",
	"подготовил", "подготовила"};
/* The same, but only with a colon or the like behind. */
static const char *const nouns[] = {"text", "writer", "reporter", "tekst", "teksti", "words", "tin", "bài",
	"nguồn", "haber", "文", "取材", "聞き手", "글", "文字", "текст", "Текст", "tổng hợp", "thực hiện",
	"nội dung", "Nội dung"};
/* What people are, behind or beside their names. */
static const char *const roles[] = {"writer", "editor", "reporter", "correspondent", "columnist",
	"contributor", "officer", "director", "journalist", "producer", "critic", "analyst", "intern",
	"staff", "fellow", "professor", "manager", "president", "founder", "author", "coordinator",
	"redakteur", "redakteurin", "redaktør", "korrespondent", "korrespondentin", "autor", "autorin",
	"journaliste", "correspondant", "redactor", "redactora", "periodista", "corresponsal", "giornalista",
	"chief", "sponsored", "marketing", "기자", "특파원", "記者", "记者", "特派員"};
/* Roles that follow a name at once. */
static const char *const signs[] = {
	"선임기자", "인턴기자", "기자", "특파원", "記者", "记者", "特派員", "編集委員"};
/* What stands before a role. */
static const char *const role_parts[] = {"senior", "junior", "special", "contributing", "associate", "deputy",
	"assistant", "managing", "executive", "digital", "political", "chief", "staff", "freelance", "news",
	"the"};
/* Lines that are no names. */
static const char *const never[] = {"admin", "administrator", "editor", "staff", "redaktion", "tổng hợp",
	"ban biên tập", "pv", "bbt", "ctv", "quay lại", "văn phòng", "guest", "newsroom", "webmaster",
	"publisher", "no author", "agencies", "red", "staff reporter", "web desk", "news desk",
	"about the author", "author bio", "author", "autor", "sponsored", "unknown", "anonymous", "january",
	"february", "march", "july", "august", "september", "october", "november", "december", "januar",
	"februar", "oktober", "dezember", "editors", "marketing", "null", "undefined", "nan", "nukeviet",
	"wordpress", "joomla", "drupal", "vccorp", "none", "follow", "share", "n/a", "system", "user",
	"super user", "đăng nhập", "toà soạn", "tòa soạn", "quản trị", "quản trị viên", "external author",
	"team", "read more", "comments", "phd", "rdn", "rd", "ld", "mba", "jd", "rn", "ms", "md", "m.d",
	"ph.d", "mph", "facebook", "twitter", "bluesky", "mastodon", "instagram", "linkedin", "youtube",
	"tiktok", "zalo", "telegram", "whatsapp", "threads", "pinterest", "rss", "email", "e-mail", "bio",
	"bild", "bilder", "foto", "fotos", "photo", "photos", "video", "contact", "home",
	"author information", "paid", "about the", "authors", "contributors", "contributor", "correspondent",
	"reporter", "default", "editorial", "guest author", "gastautor", "press release", "pressemitteilung",
	"thông cáo báo chí", "敬称略", "終わり", "おわり", "続く", "つづく", "写真も", "全文完", "người dùng",
	"biên tập viên", "ctv", "bạn đọc", "p.v", "b.b.t", /* behind "記者": */ "会見", "會見", "会见",
	"招待会", "招待會", "クラブ", "俱乐部", "俱樂部", "协会", "協會"};
/* Beginnings of lines that are dates. */
static const char *const days[] = {"thứ ", "chủ nhật", "monday", "tuesday", "wednesday", "thursday", "friday",
	"saturday", "sunday", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag",
	"published", "updated", "posted", "cập nhật", "Cập nhật", "Chủ Nhật", "cross-posted", "aktualisiert",
	"stand", "veröffentlicht", "publié", "publicad", "erstellt", "đăng ngày", "Đăng ngày"};
/* Ends of names of desks. */
static const char *const desks[] = {"redaktion", "team", "staff", "desk", "editors", "redacción", "redazione",
	"rédaction", "redaksi", "toimitus", "редакция", "newsroom", "reporters"};
/* Ends of names of papers, agencies, houses. */
static const char *const papers[] = {"times", "post", "news", "press", "agency", "journal", "tribune",
	"courier", "magazine", "wire", "media", "herald", "gazette", "chronicle", "zeitung", "presse",
	"nachrichten", "agentur", "rundschau", "university", "institute"};
/* Last words of Chinese, Japanese and Korean papers and stations. */
static const char *const media[] = {"新闻网", "新聞網", "网", "網", "网站", "新闻", "新聞", "日报", "日報",
	"晚报", "晚報", "早报", "早報", "晨报", "时报", "時報", "周刊", "週刊", "频道", "頻道", "在线",
	"客户端", "电视台", "電視台", "通讯社", "通訊社", "新報", "新聞社", "报社", "報社", "電子版",
	"ニュース", "放送", "テレビ", "オンライン", "デジタル", "ポータル", "ウェブサイト", "公式サイト",
	"ホームページ", "人民政府", "홈페이지", "누리집", "일보", "신문", "뉴스", "타임스", "타임즈", "포털",
	"방송"};
/* In lines that are no names; ^: at their beginning. */
static const char *const talk[] = {"^more", " more", " posts", " of the ", "^head of ", "^staff ",
	"staff reporter", "^www.", "^http", "^follow ", "^all ", "^view ", "報導", "报道", "報道", "综合",
	"綜合", "^ảnh", "^Ảnh", "^foto", "^photo", "^bild:", "^写真", "^为", "^為", "攝", "摄", "撮影",
	"供图", "제공"};
/* Of those who worked on a text that others wrote. */
static const char *const editors[] = {
	"编辑", "編輯", "责编", "責編", "校对", "校對", "审核", "審核", "监制", "監製", "編集者", "校閲"};
/* Small words within names. */
static const char *const particles[] = {"de", "da", "do", "das", "dos", "di", "du", "del", "della", "der",
	"den", "des", "van", "von", "vom", "ter", "ten", "zu", "zur", "af", "av", "la", "le", "les", "los",
	"el", "al", "bin", "binti", "ibn", "bint", "abu", "y", "e", "of", "the", "for", "and", "und", "&"};

struct list {
	const char *const *p;
	size_t n;
};
#define LIST(x)                                                                                              \
	{                                                                                                    \
		x, sizeof(x) / sizeof *(x)                                                                   \
	}

static const struct list lists[] = {[NAME_ROLE] = LIST(roles),
	[NAME_SIGN] = LIST(signs),
	[NAME_ROLE_PART] = LIST(role_parts),
	[NAME_NEVER] = LIST(never),
	[NAME_DAY] = LIST(days),
	[NAME_DESK] = LIST(desks),
	[NAME_PAPER] = LIST(papers),
	[NAME_MEDIUM] = LIST(media),
	[NAME_TALK] = LIST(talk),
	[NAME_EDITOR] = LIST(editors),
	[NAME_PARTICLE] = LIST(particles)};

bool name_word_is(struct span s, enum name_list list)
{
	for (size_t i = 0; i < lists[list].n; i++)
		if (span_is_ci(s, lists[list].p[i]))
			return true;
	return false;
}

bool name_word_begins(struct span s, enum name_list list)
{
	for (size_t i = 0; i < lists[list].n; i++)
		if (span_starts_ci(s, lists[list].p[i]))
			return true;
	return false;
}

size_t name_word_ends(struct span s, enum name_list list)
{
	for (size_t i = 0; i < lists[list].n; i++)
		if (span_ends(s, lists[list].p[i]))
			return strlen(lists[list].p[i]);
	return 0;
}

bool name_words_within(struct span s, enum name_list list)
{
	for (size_t i = 0; i < lists[list].n; i++) {
		const char *word = lists[list].p[i];
		if (*word == '^' ? span_starts_ci(s, word + 1) : span_find_ci(s, word, 0) != SIZE_MAX)
			return true;
	}
	return false;
}

/* ":", "＝" and the like: what follows is what the word before it names. */
static bool names_next_thing(struct span s)
{
	s = span_trim(s);
	return s.n && (strchr(":/|", s.p[0]) || span_starts(s, "：") || span_starts(s, "／") ||
			      span_starts(s, "＝") || span_starts(s, "・"));
}

size_t name_by_length(struct span s)
{
	size_t best = 0;
	for (size_t i = 0; i < sizeof by / sizeof *by; i++) {
		size_t n = strlen(by[i]);
		bool at_once = (unsigned char)by[i][0] >= 0xE3;
		struct span rest = span_cut(s, n, s.n);
		if (n > best && span_starts_ci(s, by[i]) &&
			(at_once || rest.n == 0 || strchr(" \t.", rest.p[0]) || names_next_thing(rest)))
			best = n;
	}
	for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++) {
		size_t n = strlen(nouns[i]);
		if (n > best && span_starts_ci(s, nouns[i]) &&
			(s.n == n || names_next_thing(span_cut(s, n, s.n))))
			best = n;
	}
	return best;
}
