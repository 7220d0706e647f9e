/* test_markup_html: pages as trees, fragments as plain text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/clock.h"
#include "base/limits.h"
#include "base/str.h"
#include "markup/markup.h"

#include "base/banned.h"

static void check_text(const char *html, bool one_line, const char *want)
{
	struct str s;
	str_init(&s, 0);
	markup_text(span_of(html), one_line, &s);
	assert_string_equal(s.p ? s.p : "", want);
	str_release(&s);
}

static void text_drops_tags_and_keeps_lines(void **state)
{
	(void)state;
	check_text("  <p>Một  <b>hai</b>\n ba</p><p>bốn<br>năm</p>  ", false, "Một hai ba\nbốn\nnăm");
	check_text("<p>Một</p><p>hai</p>", true, "Một hai");
	check_text("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", false, "a b\nc");
	check_text("a<script>if (x < 1) y()</script>b<style>p{}</style>c<!-- d -->e", false, "abce");
	check_text("trước<script>không đóng <p>mất</p>", false, "trước");
	check_text(
		"<img src=a.jpg alt='ảnh'>Lũ lên <a href=\"x?a=1&copy=2\">nhanh</a>", false, "Lũ lên nhanh");
	check_text("3 < 5 và 7 > 6 <3", false, "3 < 5 và 7 > 6 <3");
	check_text("<p title=\"a > b\">x</p>", false, "x");
	check_text("", false, "");
}

static void text_undoes_references(void **state)
{
	(void)state;
	check_text("H&agrave; N&#7897;i &amp; Hu&#x1EBF; &ndash; &quot;&hellip;&quot;", false,
		"Hà Nội & Huế – \"…\"");
	check_text("H&amp;agrave; N&amp;#7897;i&amp;nbsp;m&amp;amp;n", false, "Hà Nội m&n");
	check_text("Viết &amp;lt;b&amp;gt; và &amp;amp; trong HTML", false,
		"Viết &lt;b&gt; và &amp; trong HTML");
	check_text("Viết &amp;lt;b&amp;gt; và &amp;amp; trong HTML", true, "Viết <b> và & trong HTML");
	check_text("AT&T &unknown; &#; R&D", false, "AT&T &unknown; &#; R&D");
	check_text("&#146;&#x93;&#0;&#xD800;&#x110000;", false, "’“\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
	check_text("a&nbsp;b&nbsp &nbspc", false, "a b c");
	check_text("&AElig;&imath;&ccirc;&Jukcy;&CounterClockwiseContourIntegral;&zwnj;&NotEqualTilde;",
		false, "Æıĉ\u0404∳\u200C&NotEqualTilde;");
	check_text("&lt;b&gt; trong HTML", false, "<b> trong HTML");
	check_text("&lt;p&gt;Nước &lt;b&gt;rút&lt;/b&gt;&lt;/p&gt;&lt;p&gt;chậm&lt;/p&gt;", false,
		"Nước rút\nchậm");
}

static void text_keeps_what_is_read_without_scripts(void **state)
{
	(void)state;
	check_text("<script src=x></script><noscript><pre>mã</pre></noscript>", false, "mã");
	check_text("<svg><title>Biểu đồ</title><defs><text>x</text></defs><text>12 %</text></svg> hộ", false,
		"12 % hộ");
	check_text("<p>dùng <template><b>khuôn</b></template></p>", false, "dùng khuôn");
	check_text("soft\xC2\xADhyphen, 13\xE2\x80\x8B", true, "soft\xC2\xADhyphen, 13\xE2\x80\x8B");
	check_text("\xE2\x80\x8B\xEF\xBB\xBF ", true, "");
}

static void text_keeps_what_only_looks_like_a_tag(void **state)
{
	(void)state;
	check_text("<!' đáng ngờ", false, "<!' đáng ngờ");
	check_text("Viết <!DOCTYPE", false, "Viết <!DOCTYPE");
	check_text("a <!-- bị cắt", false, "a");
	check_text("liên kết bắt đầu bằng <a href=", false, "liên kết bắt đầu bằng <a href=");
	check_text("bị cắt <a href=\"http://x.example", false, "bị cắt");
	check_text("Result<Vec<(usize, Vec<u8>)>, String> {", false, "Result)>, String> {");
	check_text("a<p<b>c", false, "a\nc");
}

/* The tree as one line: tags with their children in brackets, texts as they are. */
static void draw(const struct node *n, struct str *out)
{
	if (n->tag.n == 0) {
		str_add(out, n->text);
		return;
	}
	str_addc(out, '[');
	str_add(out, n->tag);
	for (const struct node *c = n->first; c; c = c->next) {
		str_addc(out, ' ');
		draw(c, out);
	}
	str_addc(out, ']');
}

static void check_tree(const char *html, const char *want)
{
	struct arena a = {0};
	struct report rep = {0};
	struct err e = {0};
	struct node *root;
	struct str s;
	str_init(&s, 0);
	assert_int_equal(markup_html(&a, span_of(html), &root, &rep, &e), 0);
	draw(root, &s);
	assert_string_equal(s.p, want);
	str_release(&s);
	report_release(&rep);
	arena_release(&a);
}

static void tree_is_what_browsers_make(void **state)
{
	(void)state;
	check_tree("", "[html]");
	check_tree("<p>a<p>b", "[html [body [p a] [p b]]]");
	check_tree("<html><body><ul><li>a<li>b</ul></body></html><p>sau",
		"[html [body [ul [li a] [li b]] [p sau]]]");
	check_tree("<div>a</b></span>b</div>", "[html [body [div ab]]]");
	check_tree("<p>a<br>b<img src=x>c", "[html [body [p a [br] b [img] c]]]");
	check_tree("<body><p>Hu&#7871; &lt; &apos;x&apos;</p>", "[html [body [p Huế < 'x']]]");
	check_tree("<title>A <b> & B</title><p>c", "[html [head [title A <b> & B]] [body [p c]]]");
	check_tree("<body>a<!-- <p>b</p> "
		   "-->c<script>d</script><style>e</style><noscript>f</noscript><template><p>g</template>h",
		"[html [body ach]]");
	check_tree("<p>a<!-- không đóng <p>b</p>", "[html [body [p a]]]");
	check_tree("<script type='application/ld+json'> {\"a\":\"</b>\"} </script><p>x",
		"[html [head [script  {\"a\":\"</b>\"} ]] [body [p x]]]");
}

static void tree_keeps_attributes(void **state)
{
	(void)state;
	struct arena a = {0};
	struct report rep = {0};
	struct err e = {0};
	struct node *root;
	assert_int_equal(
		markup_html(&a,
			SPAN("<P CLASS='a \"b\"' onclick=x() id=c title=\"1 > 2 &amp; R&D ?a=1&copy=2\">x"),
			&root, &rep, &e),
		0);
	struct node *p = root->first->first;
	assert_true(node_is(p, "p"));
	assert_true(span_is(node_attr(p, "class"), "a \"b\""));
	assert_true(span_is(node_attr(p, "id"), "c"));
	assert_true(span_is(node_attr(p, "title"), "1 > 2 & R&D ?a=1&copy=2"));
	assert_int_equal(node_attr(p, "onclick").n, 0);
	assert_ptr_equal(node_after(root, root), root->first);
	assert_ptr_equal(node_skip(p, root), NULL);
	report_release(&rep);
	arena_release(&a);
}

static unsigned depth_of(const struct node *n)
{
	unsigned d = 0;
	while ((n = n->parent))
		d++;
	return d;
}

/* A page of `times` times `piece`: its nodes, deepest level, and text. */
static void read_many(const char *piece, size_t times, const char *tail, size_t *nodes, unsigned *deepest,
	struct str *text, struct report *rep)
{
	struct arena a = {0};
	struct err e = {0};
	struct node *root;
	struct str s;
	str_init(&s, 0);
	for (size_t i = 0; i < times; i++)
		str_adds(&s, piece);
	str_adds(&s, tail);
	assert_int_equal(markup_html(&a, str_span(&s), &root, rep, &e), 0);
	*nodes = 0;
	*deepest = 0;
	for (const struct node *n = root; n; n = node_after(n, root)) {
		unsigned d = *nodes % 997 ? 0 : depth_of(n);
		++*nodes;
		if (n->tag.n == 0) {
			str_add(text, n->text);
			d = depth_of(n);
		}
		*deepest = d > *deepest ? d : *deepest;
	}
	str_release(&s);
	arena_release(&a);
}

static void depth_and_nodes_are_bounded(void **state)
{
	(void)state;
	static const struct {
		const char *piece;
		size_t times;
		const char *tail, *text;
		enum remark_id remark;
	} cases[] = {
		{"<div>", 150, "cuối", "cuối", R_COUNT},
		{"<div>", 5000, "cuối", "cuối", R_MARKUP_FLATTENED},
		{"<p><table><dd><li><th>", 3000, "cuối", "cuối", R_MARKUP_FLATTENED},
		{"<b>", 100000, "cuối", "cuối", R_MARKUP_FLATTENED},
		{"<a>", 1000000, "", "", R_MARKUP_NODES},
		{"<p>", HTML_NODES_MAX - 2, "", "", R_COUNT},
		{"<p>", HTML_NODES_MAX - 1, "", "", R_MARKUP_NODES},
		{"</b>", 1000000, "<p>cuối", "cuối", R_COUNT},
		{"<!-- ", 1000000, "", "", R_MARKUP_ENDS},
		{"<a b=\"", 100000, "", "", R_MARKUP_ENDS},
		{"<svg>", 1000000, "x", "x", R_COUNT},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct report rep = {0};
		struct str text;
		size_t nodes;
		unsigned deepest;
		str_init(&text, 0);
		int64_t began = clock_monotonic_ms();
		read_many(cases[i].piece, cases[i].times, cases[i].tail, &nodes, &deepest, &text, &rep);
		assert_true(clock_monotonic_ms() - began < 20000);
		assert_true(nodes <= HTML_NODES_MAX);
		assert_true(deepest <= HTML_DEPTH_MAX + 1);
		assert_string_equal(text.p ? text.p : "", cases[i].text);
		if (cases[i].remark != R_COUNT)
			assert_int_equal(rep.count[cases[i].remark], 1);
		else
			assert_int_equal(rep.count[R_MARKUP_NODES], 0);
		str_release(&text);
		report_release(&rep);
	}
}

static void tags_are_bounded(void **state)
{
	(void)state;
	struct arena a = {0};
	struct report rep = {0};
	struct err e = {0};
	struct node *root;
	struct str s;
	str_init(&s, 0);
	str_adds(&s, "<p");
	for (int i = 0; i < 100000; i++)
		str_addf(&s, " a%d=1", i);
	str_adds(&s, ">x</p><p id='");
	for (int i = 0; i < TAG_MAX; i++)
		str_addc(&s, 'y');
	str_adds(&s, "'>z</p>");
	assert_int_equal(markup_html(&a, str_span(&s), &root, &rep, &e), 0);
	struct node *p = root->first->first;
	assert_int_equal(p->n_attrs, ATTRS_MAX);
	assert_int_equal(rep.count[R_MARKUP_ATTRIBUTES], 1);
	assert_true(span_is(p->first->text, "x"));
	str_clear(&s);
	for (int i = 0; i <= BODY_MAX; i++)
		str_addc(&s, ' ');
	assert_int_equal(markup_html(&a, span_cut(str_span(&s), 0, BODY_MAX), &root, &rep, &e), 0);
	assert_int_equal(rep.count[R_PAGE_CUT], 0);
	assert_int_equal(markup_html(&a, str_span(&s), &root, &rep, &e), 0);
	assert_int_equal(rep.count[R_PAGE_CUT], 1);
	for (size_t over = 0; over < 2; over++) {
		memset(s.p, 'x', HTML_TEXT_MAX + over);
		assert_int_equal(
			markup_html(&a, span_cut(str_span(&s), 0, HTML_TEXT_MAX + over), &root, &rep, &e), 0);
		assert_int_equal(rep.count[R_MARKUP_TEXT], over);
	}
	str_release(&s);
	report_release(&rep);
	arena_release(&a);
}

static void the_end_is_looked_at(void **state)
{
	(void)state;
	static const struct {
		const char *html, *middle_of; /* NULL: a page that ends well */
	} cases[] = {{"<p>một", NULL}, {"<body><p>một<p>hai", NULL}, {"<body><div>một</div>", NULL},
		{"<body><div>một</body>", NULL}, {"<div>một", NULL}, {"<body><div><p>một", "<div"},
		{"<body><div>một</div><p cl", "<p"}, {"<body>một<!-- hai", "<!--"},
		{"<body>một<script>hai", "<script"}, {"<body><div>một<a href=\"/x", "<a"}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena a = {0};
		struct report rep = {0};
		struct err e = {0};
		struct node *root;
		assert_int_equal(markup_html(&a, span_of(cases[i].html), &root, &rep, &e), 0);
		assert_int_equal(rep.count[R_MARKUP_ENDS], cases[i].middle_of != NULL);
		if (cases[i].middle_of)
			assert_string_equal(rep.list.p[0].a, cases[i].middle_of);
		report_release(&rep);
		arena_release(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_drops_tags_and_keeps_lines),
		cmocka_unit_test(text_undoes_references),
		cmocka_unit_test(text_keeps_what_is_read_without_scripts),
		cmocka_unit_test(text_keeps_what_only_looks_like_a_tag),
		cmocka_unit_test(tree_is_what_browsers_make),
		cmocka_unit_test(tree_keeps_attributes),
		cmocka_unit_test(depth_and_nodes_are_bounded),
		cmocka_unit_test(tags_are_bounded),
		cmocka_unit_test(the_end_is_looked_at),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
