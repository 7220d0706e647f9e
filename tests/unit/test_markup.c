/* test_markup: XML, strict and mended. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/limits.h"
#include "base/str.h"
#include "base/utf8.h"
#include "markup/markup.h"

#include "base/banned.h"

/* Events as text: <name{ns} attr="value">text</name>; white space between tags as it came. */
struct log {
	struct str out;
	struct report rep;
	struct err e;
	int outcome;
};

static void put_name(struct str *out, struct span name, struct span ns)
{
	size_t slash = SIZE_MAX;
	str_add(out, name);
	for (size_t i = 0; i < ns.n; i++)
		if (ns.p[i] == '/' && i + 1 < ns.n)
			slash = i;
	if (ns.n) {
		str_addc(out, '{');
		str_add(out, slash == SIZE_MAX ? ns : span_cut(ns, slash + 1, ns.n));
		str_addc(out, '}');
	}
}

static void on_start(void *ctx, struct span name, struct span ns, const struct markup_attr *attrs, size_t n)
{
	struct log *l = ctx;
	str_addc(&l->out, '<');
	put_name(&l->out, name, ns);
	for (size_t i = 0; i < n; i++) {
		str_addc(&l->out, ' ');
		put_name(&l->out, attrs[i].name, attrs[i].ns);
		str_adds(&l->out, "=\"");
		str_add(&l->out, attrs[i].value);
		str_addc(&l->out, '"');
	}
	str_addc(&l->out, '>');
}

static void on_text(void *ctx, struct span text)
{
	struct log *l = ctx;
	str_add(&l->out, text);
}

static void on_end(void *ctx, struct span name, struct span ns)
{
	struct log *l = ctx;
	(void)ns;
	str_adds(&l->out, "</");
	str_add(&l->out, name);
	str_addc(&l->out, '>');
}

static void reset(void *ctx)
{
	struct log *l = ctx;
	str_clear(&l->out);
}

static const struct markup_events events = {.start = on_start, .text = on_text, .end = on_end};

static void parse(struct log *l, struct span s)
{
	report_clear(&l->rep);
	err_clear(&l->e);
	l->outcome = markup_xml(s, &events, reset, l, &l->rep, &l->e);
	assert_true((l->outcome == -1) == (l->e.kind != ERR_NONE));
	assert_true(utf8_valid(str_span(&l->out)));
}

static void drop(struct log *l)
{
	str_release(&l->out);
	report_release(&l->rep);
}

struct example {
	const char *in;
	int outcome;
	const char *out;
	enum remark_id remark; /* R_COUNT: none */
};

static void run(const struct example *x, size_t n)
{
	struct log l = {0};
	for (; n; n--, x++) {
		parse(&l, span_of(x->in));
		if (l.outcome != x->outcome || !span_is(str_span(&l.out), x->out))
			fail_msg("%s\n gave %d %s (%s)\n  not %d %s", x->in, l.outcome,
				l.out.p ? l.out.p : "", l.e.text ? l.e.text : "", x->outcome, x->out);
		for (size_t i = 0; i < l.rep.list.n; i++)
			if (l.rep.list.p[i].id != x->remark)
				fail_msg("%s: remark %s", x->in, remark_name(l.rep.list.p[i].id));
		if (x->remark != R_COUNT)
			assert_true(l.rep.list.n > 0);
	}
	drop(&l);
}

static void well_formed_documents_pass_untouched(void **state)
{
	(void)state;
	static const struct example examples[] = {
		{"<?xml version='1.0' encoding='UTF-16'?>\n<a>Hải Phòng</a>", MARKUP_WHOLE,
			"<a>Hải Phòng</a>", R_COUNT},
		{"<a b='1 &amp; &#38;#38; &lt;'>x &amp; &#x1EBF;<![CDATA[<y&amp;>]]></a>", MARKUP_WHOLE,
			"<a b=\"1 & &#38; <\">x & ế<y&amp;></a>", R_COUNT},
		{"<f xmlns='http://x/Atom' xmlns:d='http://x/dc'><d:t d:u='v' w='&#38;'/></f>", MARKUP_WHOLE,
			"<f{Atom}><t{dc} u{dc}=\"v\" w=\"&\"></t></f>", R_COUNT},
		{"<!DOCTYPE rss PUBLIC '-//N//DTD RSS 0.91//EN' "
		 "'http://x.example/rss-0.91.dtd'><rss>caf&eacute; &x;</rss>",
			MARKUP_WHOLE, "<rss>café &x;</rss>", R_COUNT},
		{"<a xml:base='http://x.example/'/>", MARKUP_WHOLE,
			"<a base{namespace}=\"http://x.example/\"></a>", R_COUNT},
	};
	run(examples, sizeof examples / sizeof *examples);
}

static void damaged_documents_are_mended(void **state)
{
	(void)state;
	static const struct example examples[] = {
		{"<a><b>A & B</b><c>x &lt;b&gt; C &amp; D</c></a>", MARKUP_REPAIRED,
			"<a><b>A & B</b><c>x <b> C & D</c></a>", R_MARKUP_AMP},
		{"<a>?x=1&copy=2&amp;y&</a>", MARKUP_REPAIRED, "<a>?x=1&copy=2&y&</a>", R_MARKUP_AMP},
		{"<a b='?x=1&copy=2'/>", MARKUP_REPAIRED, "<a b=\"?x=1&copy=2\"></a>", R_MARKUP_AMP},
		{"<a b='&eacute;'>&nbsp;&hellip;</a>", MARKUP_REPAIRED, "<a b=\"é\">\xC2\xA0…</a>",
			R_MARKUP_ENTITY},
		{"<a>x\x08y&#8;z&#x1b;</a>", MARKUP_REPAIRED, "<a>xyz</a>", R_MARKUP_CONTROL},
		{"<a><![CDATA[x\x1by]]></a>", MARKUP_REPAIRED, "<a>xy</a>", R_MARKUP_CONTROL},
		{"\r\n <?xml version='1.0'?><a/>", MARKUP_REPAIRED, "<a></a>", R_MARKUP_JUNK},
		{"<?xml version='1.0'?>\n<?xml version='1.0'?><a/>", MARKUP_REPAIRED, "<a></a>",
			R_MARKUP_JUNK},
		{"<br />\n<b>Warning</b>: in <b>feed.php</b><?xml version='1.0'?><rss/>", MARKUP_REPAIRED,
			"<rss></rss>", R_MARKUP_JUNK},
		{"Notice: x <!-- of <rss> --><rss/>", MARKUP_REPAIRED, "<rss></rss>", R_MARKUP_JUNK},
		{"Notice: x <rss/>", MARKUP_REPAIRED, "<rss></rss>", R_MARKUP_JUNK},
		{"<a/>\n<!-- 0.2 s --><script>1<2</script>", MARKUP_REPAIRED, "<a></a>", R_MARKUP_JUNK},
		{"<a><dc:creator>x</dc:creator></a>", MARKUP_REPAIRED, "<a><creator{1.1/}>x</creator></a>",
			R_MARKUP_PREFIX},
		{"<a><odd:title>x</odd:title></a>", MARKUP_REPAIRED, "<a><title{odd}>x</title></a>",
			R_MARKUP_PREFIX},
		{"<a b=true c=x/y/>", MARKUP_REPAIRED, "<a b=\"true\" c=\"x/y\"></a>", R_MARKUP_ATTRIBUTE},
		{"<a b='1' b='2'/>", MARKUP_REPAIRED, "<a b=\"1\"></a>", R_MARKUP_ATTRIBUTE},
		{"<a>1 < 2 <3 a<b x</a>", MARKUP_REPAIRED, "<a>1 < 2 <3 a<b x</a>", R_MARKUP_LT},
		{"<a><p>x<i>y</p>z</a>", MARKUP_REPAIRED, "<a><p>x<i>y</i></p>z</a>", R_MARKUP_TAG},
		{"<a>x</p></b></a>", MARKUP_REPAIRED, "<a>x</a>", R_MARKUP_TAG},
		{"<a><b><![CDATA[x<i>y</b><b>z</b></a>", MARKUP_REPAIRED, "<a><b>x<i>y</b><b>z</b></a>",
			R_MARKUP_TAG},
		{"<a><?x y><b>z</b></a>", MARKUP_REPAIRED, "<a><b>z</b></a>", R_MARKUP_REPAIRED},
		{"<a><Title>x</TITLE></a>", MARKUP_REPAIRED, "<a><Title>x</Title></a>", R_MARKUP_REPAIRED},
		{"<a><b><c>x<br>y</c></b></a>", MARKUP_REPAIRED, "<a><b><c>x<br></br>y</c></b></a>",
			R_MARKUP_REPAIRED},
	};
	run(examples, sizeof examples / sizeof *examples);
}

static void documents_cut_short_are_partial(void **state)
{
	(void)state;
	static const struct example examples[] = {
		{"<a><b>x</b><b>y", MARKUP_PARTIAL, "<a><b>x</b><b>y", R_COUNT},
		{"<a><b>x</b><b c='", MARKUP_PARTIAL, "<a><b>x</b>", R_COUNT},
		{"<a><b>x</b></", MARKUP_PARTIAL, "<a><b>x</b>", R_COUNT},
		{"<a><b>x</b><![CDATA[y</c>", MARKUP_PARTIAL, "<a><b>x</b>y</c>", R_COUNT},
		{"<a><b>x</b><!-- y</a>", MARKUP_PARTIAL, "<a><b>x</b>", R_COUNT},
	};
	run(examples, sizeof examples / sizeof *examples);
}

static void places_of_mends_are_told(void **state)
{
	(void)state;
	struct log l = {0};
	parse(&l, SPAN("<a>\n <b>Đ & x</b>\n\n&nbsp;</a>"));
	assert_int_equal(l.rep.list.n, 2);
	assert_int_equal(l.rep.list.p[0].line, 2);
	assert_int_equal(l.rep.list.p[0].col, 7);
	assert_int_equal(l.rep.list.p[1].line, 4);
	assert_int_equal(l.rep.list.p[1].col, 1);
	assert_string_equal(l.rep.list.p[1].a, "nbsp");
	drop(&l);
}

static void bombs_are_refused(void **state)
{
	(void)state;
	static const char *const bombs[] = {
		"<!DOCTYPE a [<!ENTITY b 'c'><!ENTITY d '&b;&b;'>]><a>&d;</a>",
		"<!DOCTYPE a [<!ENTITY b 'c<d/>'>]><a e='&b;'/>",
		"<!DOCTYPE a [<!ENTITY % p 'q'><!ENTITY b '%p;'>]><a>&b;</a>",
		"<!DOCTYPE a [ ]><!DOCTYPE a [ ]><a/>",
		"<!DOCTYPE a SYSTEM 'file:///etc/x' [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
	};
	struct log l = {0};
	for (size_t i = 0; i < sizeof bombs / sizeof *bombs; i++) {
		parse(&l, span_of(bombs[i]));
		assert_int_equal(l.outcome, -1);
		assert_int_equal(l.e.kind, ERR_DATA);
		assert_true(l.out.n == 0 || span_is(str_span(&l.out), "<a>"));
	}
	parse(&l, SPAN("no tags at all"));
	assert_int_equal(l.e.kind, ERR_DATA);
	parse(&l, SPAN(""));
	assert_int_equal(l.e.kind, ERR_DATA);
	drop(&l);
}

static void own_dtds_give_text_only(void **state)
{
	(void)state;
	static const struct example examples[] = {
		{"<?xml version='1.0'?><!doctype a SYSTEM \"x\" [ ]><a/>", MARKUP_WHOLE, "<a></a>",
			R_MARKUP_DTD},
		{"<!DOCTYPE a [<!ENTITY b 'c'><!ENTITY d '&b;'><!ENTITY x SYSTEM 'file:///y'>]><a>e</a>",
			MARKUP_WHOLE, "<a>e</a>", R_MARKUP_DTD},
	};
	struct log l = {0};
	run(examples, sizeof examples / sizeof *examples);
	parse(&l, SPAN("<!DOCTYPE a [<!-- ]> --><?p ]> ?><!ELEMENT a (#PCDATA)>\n<!ENTITY b \"H&#7843;i]>\">"
		       "<!ENTITY b 'no'><!ENTITY amp '&#38;'>]>\n<a c='&b;'>&b; &amp; &d; &nbsp;</a>"));
	assert_int_equal(l.outcome, MARKUP_REPAIRED);
	assert_true(span_is(str_span(&l.out), "<a c=\"Hải]>\">Hải]> & &d; \xC2\xA0</a>"));
	assert_int_equal(l.rep.count[R_MARKUP_OWN_ENTITY], 3);
	assert_int_equal(l.rep.list.p[1].line, 3);
	assert_int_equal(l.rep.count[R_MARKUP_AMP], 1);
	parse(&l, SPAN("<!DOCTYPE a [<!ENTITY % b '<!ENTITY c \"d\">'>%b;]><a>&c;</a>"));
	assert_true(span_is(str_span(&l.out), "<a>&c;</a>")); /* what it would declare is not known */
	drop(&l);
}

static void repeat(struct str *s, const char *what, size_t n)
{
	for (; n; n--)
		str_adds(s, what);
}

/* n levels of <x> in an <a>, closed or not. */
static int nested(struct log *l, size_t n, bool closed)
{
	struct str s = {0};
	str_adds(&s, "<a>");
	repeat(&s, "<x>", n);
	repeat(&s, "</x>", closed ? n : 0);
	str_adds(&s, "<b>after</b></a>");
	parse(l, str_span(&s));
	str_release(&s);
	return l->outcome;
}

/* A document whose DTD declares n entities of m bytes, and that uses one of them k times. */
static int declaring(struct log *l, size_t n, size_t m, size_t k)
{
	struct str s = {0};
	str_adds(&s, "<!DOCTYPE a [");
	for (size_t i = 0; i < n; i++)
		str_addf(&s, "<!ENTITY e%zu '%0*d'>", i, (int)(i ? 1 : m), 0);
	str_adds(&s, "]><a>");
	repeat(&s, "&e0;", k);
	str_adds(&s, "</a>");
	parse(l, str_span(&s));
	str_release(&s);
	return l->e.kind == ERR_NONE ? 0 : (int)l->e.kind;
}

static void own_dtds_are_limited(void **state)
{
	(void)state;
	struct log l = {0};
	assert_int_equal(declaring(&l, DTD_ENTITIES_MAX, 1, 1), 0);
	assert_int_equal(declaring(&l, DTD_ENTITIES_MAX + 1, 1, 1), ERR_LIMIT);
	assert_int_equal(declaring(&l, 1, ENTITY_TEXT_MAX, 1), 0);
	assert_int_equal(declaring(&l, 1, ENTITY_TEXT_MAX + 1, 1), ERR_DATA);
	assert_int_equal(declaring(&l, 1, ENTITY_TEXT_MAX + 1, 0), 0);
	assert_int_equal(declaring(&l, 1, ENTITY_TEXT_MAX, ENTITIES_TEXT_MAX / ENTITY_TEXT_MAX), 0);
	assert_int_equal(
		declaring(&l, 1, ENTITY_TEXT_MAX, ENTITIES_TEXT_MAX / ENTITY_TEXT_MAX + 1), ERR_LIMIT);
	assert_int_equal(declaring(&l, 1, DTD_MAX, 0), ERR_LIMIT);
	parse(&l, SPAN("<!DOCTYPE a [<!ENTITY b 'c'> <a/>"));
	assert_int_equal(l.e.kind, ERR_LIMIT);
	drop(&l);
}

static void limits_hold_at_n_and_above(void **state)
{
	(void)state;
	struct log l = {0};
	struct str s = {0};
	assert_int_equal(nested(&l, DEPTH_MAX - 1, true), MARKUP_WHOLE);
	assert_int_equal(l.rep.list.n, 0);
	assert_int_equal(nested(&l, DEPTH_MAX, true), MARKUP_WHOLE);
	assert_int_equal(l.rep.count[R_MARKUP_CUT], 1);
	assert_true(span_ends(str_span(&l.out), "<b>after</b></a>"));
	assert_int_equal(nested(&l, DEPTH_SKIP_MAX - 1, true), MARKUP_WHOLE);
	assert_int_equal(nested(&l, DEPTH_SKIP_MAX, true), -1);
	assert_int_equal(l.e.kind, ERR_LIMIT);
	assert_int_equal(nested(&l, DEPTH_SKIP_MAX / 2, false), MARKUP_PARTIAL);
	assert_int_equal(nested(&l, 2 * DEPTH_SKIP_MAX, false), -1);
	for (size_t n = ATTRS_MAX; n <= ATTRS_MAX + 1; n++) {
		str_clear(&s);
		str_adds(&s, "<a");
		for (size_t i = 0; i < n; i++)
			str_addf(&s, " b%zu='=>'", i);
		str_adds(&s, "/>");
		parse(&l, str_span(&s));
		assert_int_equal(l.outcome, n == ATTRS_MAX ? MARKUP_WHOLE : -1);
	}
	for (size_t n = TAG_MAX; n <= TAG_MAX + 1; n++) {
		str_clear(&s);
		str_adds(&s, "<a b='");
		repeat(&s, "x", n - strlen("<a b=''"));
		str_adds(&s, "'>y</a>");
		parse(&l, str_span(&s));
		assert_int_equal(l.outcome, n == TAG_MAX ? MARKUP_WHOLE : -1);
	}
	for (size_t n = NAMESPACES_MAX; n <= NAMESPACES_MAX + 1; n++) {
		str_clear(&s);
		str_adds(&s, "<a");
		for (size_t i = 0; i < n; i++)
			str_addf(&s, " xmlns:n%zu='u'", i);
		str_adds(&s, "/>");
		parse(&l, str_span(&s));
		assert_int_equal(l.outcome, n == NAMESPACES_MAX ? MARKUP_WHOLE : -1);
	}
	str_release(&s);
	drop(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(well_formed_documents_pass_untouched),
		cmocka_unit_test(damaged_documents_are_mended),
		cmocka_unit_test(documents_cut_short_are_partial),
		cmocka_unit_test(places_of_mends_are_told),
		cmocka_unit_test(bombs_are_refused),
		cmocka_unit_test(own_dtds_give_text_only),
		cmocka_unit_test(own_dtds_are_limited),
		cmocka_unit_test(limits_hold_at_n_and_above),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
