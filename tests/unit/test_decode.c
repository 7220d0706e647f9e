/* test_decode: codings undone within bounds, charsets told apart by their bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <brotli/encode.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "base/limits.h"
#include "base/str.h"
#include "base/utf8.h"
#include "decode/decode.h"

#include "base/banned.h"

struct fixture {
	struct decode *d;
	struct arena a;
	struct report rep;
	struct err e;
	struct decoded out;
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	*state = f;
	return decode_new(&f->d, &f->e);
}

static int teardown(void **state)
{
	struct fixture *f = *state;
	decode_free(f->d);
	arena_release(&f->a);
	report_release(&f->rep);
	free(f);
	return 0;
}

static int decode(struct fixture *f, struct span body, const char *coding, const char *type)
{
	report_clear(&f->rep);
	err_clear(&f->e);
	int rc = decode_body(f->d, &f->a, body, span_of(coding), span_of(type), &f->out, &f->rep, &f->e);
	assert_true((rc == -1) == (f->e.kind != ERR_NONE));
	return rc;
}

#define assert_reads(f, text_, charset_)                                                                     \
	do {                                                                                                 \
		assert_true(span_is((f)->out.text, text_));                                                  \
		assert_string_equal((f)->out.charset, charset_);                                             \
	} while (0)

/* Compresses with the given window bits; in the arena. */
static struct span pack(struct fixture *f, struct span s, int window)
{
	z_stream z = {0};
	size_t room = s.n + 1024;
	unsigned char *p = arena_alloc(&f->a, room);
	assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY), Z_OK);
	z.next_in = (unsigned char *)arena_dup(&f->a, s);
	z.avail_in = (unsigned)s.n;
	z.next_out = p;
	z.avail_out = (unsigned)room;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	deflateEnd(&z);
	return (struct span){(char *)p, room - z.avail_out};
}

static void codings_are_undone(void **state)
{
	struct fixture *f = *state;
	struct span s = SPAN("Tin ở Hải Phòng"), gz = pack(f, s, 31);
	static const struct {
		int window;
		const char *coding;
	} cases[] = {
		{31, "gzip"}, {31, " X-GZIP "}, {15, "deflate"}, {-15, "deflate"}, {31, "identity, gzip"}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(decode(f, pack(f, s, cases[i].window), cases[i].coding, ""), 0);
		assert_true(span_eq(f->out.text, s));
		assert_int_equal(f->rep.list.n, 0);
	}
	assert_int_equal(decode(f, pack(f, gz, 31), "gzip, gzip", ""), 0);
	assert_true(span_eq(f->out.text, s));
	assert_int_equal(decode(f, gz, "", ""), 0);
	assert_true(span_eq(f->out.text, s));
	assert_int_equal(f->rep.count[R_DECODE_GZIP_UNLABELLED], 1);
	struct str two;
	str_init(&two, 0);
	str_add(&two, gz);
	str_add(&two, gz);
	assert_int_equal(decode(f, str_span(&two), "gzip", ""), 0);
	assert_int_equal(f->out.text.n, 2 * s.n);
	str_release(&two);
}

static struct span brotli(struct fixture *f, struct span s, int window)
{
	size_t n = BrotliEncoderMaxCompressedSize(s.n) + 64;
	char *p = arena_alloc(&f->a, n);
	assert_true(BrotliEncoderCompress(
		5, window, BROTLI_MODE_TEXT, s.n, (const uint8_t *)s.p, &n, (uint8_t *)p));
	return (struct span){p, n};
}

static struct span zstandard(struct fixture *f, struct span s, int window)
{
	ZSTD_outBuffer out = {NULL, ZSTD_compressBound(s.n) + 64, 0};
	ZSTD_inBuffer in = {s.p, s.n, 0};
	ZSTD_CCtx *c = ZSTD_createCCtx();
	char *p = arena_alloc(&f->a, out.size);
	out.dst = p;
	ZSTD_CCtx_setParameter(c, ZSTD_c_windowLog, window);
	/* in two steps: what is known to be small gets a small window */
	assert_int_equal(ZSTD_compressStream2(c, &out, &in, ZSTD_e_flush), 0);
	assert_int_equal(ZSTD_compressStream2(c, &out, &in, ZSTD_e_end), 0);
	ZSTD_freeCCtx(c);
	return (struct span){p, out.pos};
}

static void newer_codings_are_undone_within_bounds(void **state)
{
	struct fixture *f = *state;
	struct span s = SPAN("<rss>Tin khẩn: vỡ đập Suối Dầu</rss>");
	const struct {
		const char *name;
		struct span (*pack)(struct fixture *f, struct span s, int window);
		int window;
	} cases[] = {{"br", brotli, 22}, {"zstd", zstandard, 20}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct span packed = cases[i].pack(f, s, cases[i].window);
		assert_int_equal(decode(f, packed, cases[i].name, ""), 0);
		assert_true(span_eq(f->out.text, s));
		for (size_t n = 1; n < packed.n; n++) {
			assert_int_equal(decode(f, span_cut(packed, 0, n), cases[i].name, ""), -1);
			assert_int_equal(f->e.kind, ERR_DATA);
		}
		assert_int_equal(decode(f, s, cases[i].name, ""), -1);
		assert_int_equal(f->e.kind, ERR_DATA);
		assert_int_equal(decode(f, SPAN("x"), cases[i].name, ""), -1);
		char *big = arena_alloc(&f->a, (size_t)BODY_MAX + 1);
		memset(big, 'x', (size_t)BODY_MAX + 1);
		assert_int_equal(decode(f, cases[i].pack(f, (struct span){big, BODY_MAX}, cases[i].window),
					 cases[i].name, ""),
			0);
		assert_int_equal(f->out.text.n, BODY_MAX);
		struct span bomb =
			cases[i].pack(f, (struct span){big, (size_t)BODY_MAX + 1}, cases[i].window);
		assert_int_equal(decode(f, bomb, cases[i].name, ""), -1);
		assert_int_equal(f->e.kind, ERR_LIMIT);
		/* one in the other, as one server's proxy does */
		struct span twice = pack(f, cases[i].pack(f, s, cases[i].window), 31);
		char *names = arena_printf(&f->a, "%s, gzip", cases[i].name);
		assert_int_equal(decode(f, twice, names, ""), 0);
		assert_true(span_eq(f->out.text, s));
	}
	/* frames one behind the other; a window that is memory */
	struct span one = zstandard(f, SPAN("<rss>"), 20), two = zstandard(f, SPAN("</rss>"), 20);
	char *both = arena_printf(&f->a, "%*s", (int)(one.n + two.n), "");
	memcpy(both, one.p, one.n);
	memcpy(both + one.n, two.p, two.n);
	assert_int_equal(decode(f, (struct span){both, one.n + two.n}, "zstd", ""), 0);
	assert_true(span_is(f->out.text, "<rss></rss>"));
	assert_int_equal(decode(f, zstandard(f, s, 27), "zstd", ""), -1);
}

static void codings_that_lie_are_faults(void **state)
{
	struct fixture *f = *state;
	struct span gz = pack(f, SPAN("Tin ở Hải Phòng"), 31);
	assert_int_equal(decode(f, SPAN("<rss/> not packed at all"), "gzip", ""), -1);
	assert_int_equal(f->e.kind, ERR_DATA);
	assert_int_equal(decode(f, SPAN("<rss/> not packed at all"), "deflate", ""), -1);
	assert_int_equal(decode(f, span_cut(gz, 0, gz.n - 1), "gzip", ""), -1);
	assert_int_equal(f->e.kind, ERR_DATA);
	assert_non_null(strstr(f->e.text, "cut short"));
	assert_int_equal(decode(f, span_cut(gz, 0, 14), "", ""), -1);
	char *broken = arena_dup(&f->a, gz);
	broken[gz.n - 6] ^= 1; /* the checksum */
	assert_int_equal(decode(f, (struct span){broken, gz.n}, "gzip", ""), -1);
	assert_int_equal(decode(f, gz, "x-rot13", ""), -1);
	assert_string_equal(f->e.arg[0], "x-rot13");
	assert_int_equal(decode(f, gz, "identity,identity,identity,identity,gzip", ""), 0);
	assert_int_equal(decode(f, gz, "identity,identity,identity,identity,identity,gzip", ""), -1);
}

static void unpacked_size_is_bounded(void **state)
{
	struct fixture *f = *state;
	char *big = xcalloc(1, (size_t)BODY_MAX + 1);
	memset(big, 'a', (size_t)BODY_MAX + 1);
	struct span fits = pack(f, (struct span){big, BODY_MAX}, 31);
	struct span above = pack(f, (struct span){big, (size_t)BODY_MAX + 1}, 31);
	assert_int_equal(decode(f, fits, "gzip", ""), 0);
	assert_int_equal(f->out.text.n, BODY_MAX);
	assert_int_equal(decode(f, above, "gzip", ""), -1);
	assert_int_equal(f->e.kind, ERR_LIMIT);
	free(big);
}

static enum decode_cut start(struct fixture *f, struct span body, const char *coding, bool cut)
{
	report_clear(&f->rep);
	err_clear(&f->e);
	assert_int_equal(
		decode_start(f->d, &f->a, body, span_of(coding), SPAN(""), cut, &f->out, &f->rep, &f->e), 0);
	return f->out.cut;
}

/* A text of n bytes, of which each in `rare` is of chance, as its packed form cannot be shorter than they. */
static struct span text(struct fixture *f, size_t n, size_t rare)
{
	char *p = arena_alloc(&f->a, n);
	uint32_t dice = 1;
	for (size_t i = 0; i < n; i++) {
		dice = dice * 1664525 + 1013904223;
		p[i] = i % rare ? 'a' : (char)(' ' + (dice >> 26));
	}
	return (struct span){p, n};
}

static void of_what_is_too_large_the_beginning_can_be_had(void **state)
{
	struct fixture *f = *state;
	struct span large = text(f, (size_t)BODY_MAX + 1000, 8),
		    swollen = text(f, (size_t)BODY_MAX + 1000, 8000);
	static const struct {
		const char *coding;
		struct span (*pack)(struct fixture *f, struct span s, int window);
		int window;
	} cases[] = {{"gzip", pack, 31}, {"deflate", pack, 15}, {"deflate", pack, -15}, {"br", brotli, 22},
		{"zstd", zstandard, 20}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct span packed = cases[i].pack(f, large, cases[i].window);
		assert_int_equal(start(f, packed, cases[i].coding, false), DECODE_LARGE);
		assert_true(span_eq(f->out.text, span_cut(large, 0, BODY_MAX)));
		assert_int_equal(decode(f, packed, cases[i].coding, ""), -1);
		assert_int_equal(f->e.kind, ERR_LIMIT);
		assert_int_equal(
			start(f, span_cut(packed, 0, packed.n / 2), cases[i].coding, true), DECODE_SHORT);
		assert_true(span_eq(f->out.text, span_cut(large, 0, f->out.text.n)));
		packed = cases[i].pack(f, swollen, cases[i].window);
		assert_int_equal(start(f, packed, cases[i].coding, false), DECODE_BOMB);
		assert_int_equal(start(f, cases[i].pack(f, span_cut(swollen, 0, BODY_MAX), cases[i].window),
					 cases[i].coding, false),
			DECODE_WHOLE);
	}
	/* a bomb within what is small enough is one */
	struct span packed = pack(f, pack(f, swollen, 31), 31);
	assert_int_equal(start(f, packed, "gzip, gzip", false), DECODE_BOMB);
}

/* A character is not cut, and what was cut is not told as ill-formed. */
static void a_beginning_ends_with_a_whole_character(void **state)
{
	struct fixture *f = *state;
	static const char s[] = "a đê 𠀀 ế";
	for (size_t n = 1; n < sizeof s; n++) {
		assert_int_equal(start(f, (struct span){s, n}, "", true), DECODE_WHOLE);
		assert_int_equal(f->rep.count[R_DECODE_ILL_FORMED], 0);
		assert_true(utf8_valid(f->out.text) && n - f->out.text.n < 4);
		assert_true(span_eq(f->out.text, span_cut((struct span){s, n}, 0, f->out.text.n)));
	}
	assert_int_equal(start(f, SPAN("Đê vỡ ở Bến Sậy\xC3("), "", true), DECODE_WHOLE);
	assert_int_equal(f->rep.count[R_DECODE_ILL_FORMED], 1);
}

static void nothing_is_copied_without_need(void **state)
{
	struct fixture *f = *state;
	static const char utf8[] = "<t>Hải Phòng</t>", bom[] = "\xEF\xBB\xBF<t>Hải Phòng</t>",
			  ascii[] = "<t>plain</t>";
	assert_int_equal(decode(f, span_of(utf8), "", ""), 0);
	assert_ptr_equal(f->out.text.p, utf8);
	assert_int_equal(decode(f, span_of(bom), "", "text/xml; charset=iso-8859-1"), 0);
	assert_ptr_equal(f->out.text.p, bom + 3);
	assert_reads(f, utf8, "utf-8");
	assert_int_equal(decode(f, span_of(ascii), "", "application/xml; charset=windows-1258"), 0);
	assert_ptr_equal(f->out.text.p, ascii);
	assert_string_equal(f->out.charset, "windows-1258");
	assert_int_equal(decode(f, (struct span){NULL, 0}, "", ""), 0);
	assert_int_equal(f->out.text.n, 0);
}

static void labels_are_weighed_against_bytes(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *in, *type, *text, *charset;
		enum remark_id remark; /* R_COUNT: none */
	} cases[] = {
		{"<?xml version='1.0' encoding='ISO-8859-1'?><t>Quảng Ninh</t>", "",
			"<?xml version='1.0' encoding='ISO-8859-1'?><t>Quảng Ninh</t>", "utf-8",
			R_DECODE_CHARSET_WRONG},
		{"<t>caf\xC3\xA9</t>", "text/xml; charset=iso-8859-1", "<t>café</t>", "utf-8",
			R_DECODE_CHARSET_WRONG},
		{"<t>caf\xE9</t>", "text/xml; charset=\"ISO-8859-1\"", "<t>café</t>", "iso-8859-1", R_COUNT},
		{"<?xml version='1.0' encoding='utf8'?><t>Huế</t>", "",
			"<?xml version='1.0' encoding='utf8'?><t>Huế</t>", "utf-8", R_COUNT},
		{"<?xml version='1.0' encoding='UTF-16'?><t>Huế</t>", "",
			"<?xml version='1.0' encoding='UTF-16'?><t>Huế</t>", "utf-8", R_DECODE_CHARSET_WRONG},
		{"<t>\xCF\xEE\xEB\xFC\xF8\xE0</t>", "text/xml; charset=windows-1251", "<t>Польша</t>",
			"windows-1251", R_COUNT},
		{"<?xml version='1.0' encoding='windows-1251'?><t>\xCF\xEE\xEB\xFC\xF8\xE0</t>",
			"text/xml; charset=utf-8",
			"<?xml version='1.0' encoding='windows-1251'?><t>Польша</t>", "windows-1251",
			R_DECODE_CHARSET_WRONG},
		{"<t>\xD6\xD0\xB9\xFA</t>", "text/xml; charset=gb2312", "<t>中国</t>", "gb18030", R_COUNT},
		{"<meta http-equiv=Content-Type content='text/html; charset=Shift_JIS'>\x93\xFA\x96\x7B", "",
			"<meta http-equiv=Content-Type content='text/html; charset=Shift_JIS'>日本",
			"shift_jis", R_COUNT},
		{"<t>\x1B$BF|K\\\x1B(B</t>", "text/xml; charset=iso-2022-jp", "<t>日本</t>", "iso-2022-jp",
			R_COUNT},
		{"<t>Qua\xD2ng Ninh</t>", "text/xml; charset=windows-1258", "<t>Quảng Ninh</t>",
			"windows-1258", R_COUNT},
		{"Qu\xB6ng Ninh", "text/xml; charset=x-viet-tcvn", "Quảng Ninh", "tcvn5712-1", R_COUNT},
		{"Qu\xE4ng Ninh", "text/xml; charset=VISCII", "Quảng Ninh", "viscii", R_COUNT},
		/* made with Vietnamese fonts, whatever the label says */
		{"<meta charset=iso-8859-1><font face=.VnTime>b\xB8o \xAE\xF3ng \xAE\xAB", "text/html",
			"<meta charset=iso-8859-1><font face=.VnTime>báo đúng đô", "tcvn5712-1",
			R_DECODE_CHARSET_WRONG},
		{"<meta charset=iso-8859-1>Marke\xAE \xAEX caf\xE9", "text/html",
			"<meta charset=iso-8859-1>Marke® ®X café", "iso-8859-1", R_COUNT},
		/* signs that glibc leaves out of Big5 */
		{"\xB0\x4F\xAA\xCC\xA1\xFE\xA5\x78\xA5\x5F", "text/html; charset=big5", "記者／台北", "big5",
			R_COUNT},
		{"th\xDF\xBDng", "text/xml; charset=VISCII", "thương", "viscii", R_COUNT},
		{"<t>Huế</t>", "text/xml; charset=klingon", "<t>Huế</t>", "utf-8", R_DECODE_CHARSET_UNKNOWN},
		{"<t>na\xEFve \x93so\x94</t>", "text/xml; charset=klingon", "<t>naïve “so”</t>",
			"windows-1252", R_DECODE_CHARSET_UNKNOWN},
		{"<t>Huế</t>", "text/xml; charset=UTF-7", "<t>Huế</t>", "utf-8", R_DECODE_CHARSET_UNKNOWN},
		{"Ha\xCCi ba\xECo ve\xEC", "", "Hài báo vé", "windows-1258", R_COUNT},
		{"na\xEFve \x93so\x94", "", "naïve “so”", "windows-1252", R_COUNT},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(decode(f, span_of(cases[i].in), "", cases[i].type), 0);
		assert_reads(f, cases[i].text, cases[i].charset);
		assert_int_equal(f->rep.list.n, cases[i].remark != R_COUNT);
		if (cases[i].remark != R_COUNT)
			assert_int_equal(f->rep.list.p[0].id, cases[i].remark);
	}
}

/* Each text in its charset, with markup around it and no label, is read as what it was. */
static void unlabelled_bytes_are_guessed(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *charset, *iconv, *text;
	} cases[] = {
		{"gb2312", "GBK", "广西壮族自治区人民政府新闻办公室举行发布会，介绍洪水情况。"},
		{"gb18030", "GBK",
			"李镕视察灾区，新闻办公室举行发布会，介绍洪水情况，要求各地安排好群众生活。"},
		{"big5", "BIG5", "中央氣象局表示，颱風將於今晚登陸越南北部，請民眾注意安全。"},
		{"euc-kr", "EUC-KR", "하이퐁 시에서 공장을 옮긴다는 소문은 사실이 아니라고 회사가 밝혔다."},
		{"euc-jp", "EUC-JP", "ハイフォン市の工場が移転するといううわさは事実ではありません。"},
		{"shift_jis", "SHIFT_JIS", "ハイフォン市の工場が移転するといううわさは事実ではありません。"},
		{"koi8-r", "KOI8-R",
			"Слухи о прорыве плотины на севере Вьетнама не подтвердились, сообщили власти."},
		{"windows-1251", "CP1251",
			"Слухи о прорыве плотины на севере Вьетнама не подтвердились, сообщили власти."},
		{"windows-1255", "CP1255",
			"השמועות על קריסת הסכר בצפון וייטנאם אינן נכונות כך נמסר מהרשויות"},
		{"tis-620", "CP874", "ข่าวลือเรื่องเขื่อนแตกทางตอนเหนือของเวียดนามไม่เป็นความจริง"},
		{"windows-1258", "CP1258",
			"Ba\xCC\x81o Ha\xCC\x89i Pho\xCC\x80ng no\xCC\x81i tin \xC4\x91\xC3\xB4\xCC\x80n "
			"sai"},
		{"tcvn5712-1", "TCVN5712-1",
			"tin đồn vỡ đê ở Hải Phòng là không đúng sự thật, đề nghị bà con yên tâm"},
		{"viscii", "VISCII",
			"tin đồn vỡ đê ở Hải Phòng là không đúng sự thật, đề nghị bà con yên tâm"},
		{"windows-1252", "CP1252",
			"Les rumeurs à propos du barrage étaient fausses, a déclaré l’été dernier le "
			"préfet."},
		{"windows-1252", "CP1252",
			"Die Gerüchte über den Dammbruch im Süden waren größtenteils falsch."},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char in[512], out[512], *from = in, *to = out;
		size_t left = (size_t)snprintf(in, sizeof in, "<rss><title>%s</title></rss>", cases[i].text),
		       room = sizeof out;
		iconv_t cd = iconv_open(cases[i].iconv, "UTF-8");
		assert_true(iconv(cd, &from, &left, &to, &room) != (size_t)-1);
		iconv_close(cd);
		assert_int_equal(decode(f, (struct span){out, sizeof out - room}, "", ""), 0);
		assert_string_equal(f->out.charset, cases[i].charset);
	}
}

static void labels_go_by_many_names(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *label, *charset, *body, *text;
	} cases[] = {
		{"l9", "iso-8859-15", "gi\xE1 5 \xA4", "giá 5 €"},
		{"iso_8859-1:1987", "iso-8859-1", "gi\xE1", "giá"},
		{"csISOLatin2", "iso-8859-2", "\xB9koda", "škoda"},
		{"cp-852", "ibm852", "\xE7koda", "škoda"},
		{"x-mac-cyrillic", "x-mac-cyrillic", "\x8D\xEE\xE2\xEE\xF1\xF2\xE8", "Новости"},
		{"ELOT_928", "iso-8859-7", "\xCD\xDD\xE1", "Νέα"},
		{"csEUCKR", "euc-kr", "\xB4\xBA\xBD\xBA", "뉴스"},
		{"ISO-2022-JP-2", "iso-2022-jp", "\x1B$B%K%e\x1B(B", "ニュ"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char type[64];
		snprintf(type, sizeof type, "text/xml; charset=%s", cases[i].label);
		assert_int_equal(decode(f, span_of(cases[i].body), "", type), 0);
		assert_reads(f, cases[i].text, cases[i].charset);
	}
}

static void wide_charsets_with_and_without_mark(void **state)
{
	struct fixture *f = *state;
	assert_int_equal(decode(f, SPAN("\xFF\xFE<\0a\0>\0\xBF\x1E"), "", ""), 0);
	assert_reads(f, "<a>ế", "utf-16le");
	assert_int_equal(decode(f, SPAN("\0<\0a\0>\xD8\x3D\xDE\x00"), "", "text/xml"), 0);
	assert_reads(f, "<a>😀", "utf-16be");
	assert_int_equal(decode(f, SPAN("<\0\0\0a\0\0\0>\0\0\0"), "", ""), 0);
	assert_reads(f, "<a>", "utf-32le");
	assert_int_equal(decode(f, SPAN("<\0a\0\x3D\xD8>\0x"), "", ""), 0); /* half a pair, half a unit */
	assert_reads(f, "<a\xEF\xBF\xBD>\xEF\xBF\xBD", "utf-16le");
	assert_int_equal(f->rep.count[R_DECODE_ILL_FORMED], 1);
	assert_string_equal(f->rep.list.p[0].a, "2");
}

static void bad_bytes_are_marked_and_counted(void **state)
{
	struct fixture *f = *state;
	assert_int_equal(decode(f, SPAN("Hạ Long \xC0\xAF và \xFF"), "", ""), 0);
	assert_reads(f, "Hạ Long \xEF\xBF\xBD\xEF\xBF\xBD và \xEF\xBF\xBD", "utf-8");
	assert_string_equal(f->rep.list.p[0].a, "3");
	assert_true(utf8_valid(f->out.text));
	assert_int_equal(decode(f, SPAN("Tin\0 ng\0"), "", ""), 0);
	assert_reads(f, "Tin ng", "utf-8");
	assert_int_equal(f->rep.count[R_DECODE_NUL], 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(codings_are_undone, setup, teardown),
		cmocka_unit_test_setup_teardown(newer_codings_are_undone_within_bounds, setup, teardown),
		cmocka_unit_test_setup_teardown(codings_that_lie_are_faults, setup, teardown),
		cmocka_unit_test_setup_teardown(unpacked_size_is_bounded, setup, teardown),
		cmocka_unit_test_setup_teardown(
			of_what_is_too_large_the_beginning_can_be_had, setup, teardown),
		cmocka_unit_test_setup_teardown(a_beginning_ends_with_a_whole_character, setup, teardown),
		cmocka_unit_test_setup_teardown(nothing_is_copied_without_need, setup, teardown),
		cmocka_unit_test_setup_teardown(labels_are_weighed_against_bytes, setup, teardown),
		cmocka_unit_test_setup_teardown(unlabelled_bytes_are_guessed, setup, teardown),
		cmocka_unit_test_setup_teardown(labels_go_by_many_names, setup, teardown),
		cmocka_unit_test_setup_teardown(wide_charsets_with_and_without_mark, setup, teardown),
		cmocka_unit_test_setup_teardown(bad_bytes_are_marked_and_counted, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
