/* test_place: the gazetteer as shipped, and the sentences of tests/golden/place that try to mislead it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/str.h"
#include "base/utf8.h"
#include "place/place.h"

#include "../bench/counted.h"

static struct gazetteer *gazetteer;
static struct arena arena;

static const char *source_path(const char *name)
{
	return arena_printf(&arena, "%s/%s", getenv("SOATIN_TEST_SRC"), name);
}

static int load(void **state)
{
	(void)state;
	const char *paths[] = {source_path("rules/places")};
	struct err e = {0};
	if (gazetteer_load(paths, 1, &gazetteer, &e) == 0)
		return 0;
	print_error("%s:%ld:%ld: %s (%s)\n", e.where, e.line, e.col, e.text, e.arg[0]);
	return -1;
}

static int unload(void **state)
{
	(void)state;
	gazetteer_free(gazetteer);
	arena_release(&arena);
	return 0;
}

static void find(const char *title, const char *text, struct article *x)
{
	struct folded_article f;
	*x = (struct article){.title = title, .text = text};
	article_fold(&arena, x, &f, NULL);
	place_find(gazetteer, &arena, &f, x);
}

static void show(const struct article *x, struct str *out)
{
	for (size_t i = 0; i < x->n_mentions; i++) {
		const struct mention *m = &x->mentions[i];
		str_addf(out, "%s%s%s%s", i ? " " : "", m->place, strcmp(m->as, "province") ? "/" : "",
			strcmp(m->as, "province") ? m->as : "");
	}
	if (!x->n_mentions)
		str_addc(out, '-');
}

static const char *unescape(struct span s)
{
	struct str out = {0};
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == 'n') {
			str_addc(&out, '\n');
			i++;
		} else if (s.p[i] == '\\' && i + 5 < s.n && s.p[i + 1] == 'u') {
			char hex[5] = {s.p[i + 2], s.p[i + 3], s.p[i + 4], s.p[i + 5], 0};
			str_add_utf8(&out, (uint32_t)strtoull(hex, NULL, 16));
			i += 5;
		} else {
			str_addc(&out, s.p[i]);
		}
	}
	const char *p = arena_dup(&arena, str_span(&out));
	str_release(&out);
	return p;
}

static void check_goldens(const char *path, int *lines, int *bad)
{
	struct span rest, line, in;
	struct err e = {0};
	const char *title;
	assert_int_equal(file_read(&arena, path, CONF_FILE_MAX, &rest, &e), 0);
	while (span_next(&rest, '\n', &line)) {
		if (line.n == 0 || line.p[0] == '#')
			continue;
		struct article x;
		struct str got = {0};
		span_next(&line, '\t', &in);
		title = NULL;
		if (span_find_byte(line, '\t', 0) != SIZE_MAX) {
			title = unescape(in);
			span_next(&line, '\t', &in);
		}
		find(title, unescape(in), &x);
		show(&x, &got);
		if (!span_eq(str_span(&got), line)) {
			print_error(
				"%.*s\n want %.*s\n got  %s\n", (int)in.n, in.p, (int)line.n, line.p, got.p);
			(*bad)++;
		}
		str_release(&got);
		(*lines)++;
	}
}

static void traps_do_not_mislead(void **state)
{
	(void)state;
	char **files;
	size_t n;
	struct err e = {0};
	int lines = 0, bad = 0;
	assert_int_equal(dir_list(&arena, source_path("tests/golden/place"), ".tsv", &files, &n, &e), 0);
	for (size_t i = 0; i < n; i++)
		check_goldens(files[i], &lines, &bad);
	assert_true(n >= 6 && lines > 1560);
	assert_int_equal(bad, 0);
}

/* Does the sentence, with the name in the place of {}, name the unit? */
static bool names_unit(struct span sentence, const struct place_unit *u, const char *name)
{
	size_t at = span_find(sentence, SPAN("{}"), 0);
	assert_true(at != SIZE_MAX);
	struct span head = span_cut(sentence, 0, at), tail = span_cut(sentence, at + 2, sentence.n);
	struct article x;
	find(NULL, arena_printf(&arena, "%.*s%s%.*s", (int)head.n, head.p, name, (int)tail.n, tail.p), &x);
	for (size_t i = 0; i < x.n_mentions; i++)
		if (strcmp(x.mentions[i].place, u->slug) == 0 && strcmp(x.mentions[i].as, "province") == 0)
			return true;
	return false;
}

static void every_name_is_read_alike(void **state)
{
	(void)state;
	struct span rest, line;
	struct err e = {0};
	const struct place_unit *u;
	size_t n = gazetteer_units(gazetteer, &u), lines = 0, bad = 0;
	const char *path = source_path("tests/golden/place/everywhere.txt");
	struct arena own = {0};
	assert_int_equal(file_read(&own, path, CONF_FILE_MAX, &rest, &e), 0);
	while (span_next(&rest, '\n', &line)) {
		if (line.n < 3 || line.p[0] == '#')
			continue;
		for (size_t i = 0; i < n; i++) {
			const char *name = strcmp(u[i].slug, "ho-chi-minh") ? u[i].name
					   : line.p[0] == '+'               ? "TP HCM"
									    : "Sài Gòn";
			if (names_unit(span_cut(line, 2, line.n), &u[i], name) != (line.p[0] == '+')) {
				print_error("%.*s: %s\n", (int)line.n, line.p, name);
				bad++;
			}
			arena_release(&arena);
		}
		lines++;
	}
	arena_release(&own);
	assert_true(lines > 280);
	assert_int_equal(bad, 0);
}

/* Memory is asked for when a list has to grow, not for every word or name. */
static void no_memory_is_taken_by_the_word(void **state)
{
	(void)state;
	static const char paragraph[] = "Sáng nay, CDC Hà Nội và Sở Y tế Thái Bình cho biết ca bệnh ở phường "
					"Hải Dương, thành phố Hải Phòng, quê quán Thanh Hóa, đã khỏi.\n";
	size_t calls[2];
	struct str s = {0};
	for (size_t i = 0; i < 2000; i++) /* twice the same: the arena has what it needs the second time */
		str_adds(&s, paragraph);
	for (int k = 0; k < 2; k++) {
		struct arena a = {0};
		struct folded_article f;
		struct article x = {
			.text = k ? s.p : arena_dup(&arena, span_cut(str_span(&s), 0, s.n / 100))};
		for (int round = 0; round < 2; round++) {
			arena_clear(&a);
			calls[k] = allocations;
			article_fold(&a, &x, &f, NULL);
			place_find(gazetteer, &a, &f, &x);
			calls[k] = allocations - calls[k];
		}
		assert_int_equal(x.n_mentions, k ? 8000 : 80);
		arena_release(&a);
	}
	str_release(&s);
	assert_true(calls[0] > 0 && calls[0] < 60);
	assert_true(calls[1] < calls[0] + 80); /* ten lists that double seven times, not 50,000 words */
}

static void units_are_34_and_29(void **state)
{
	(void)state;
	const struct place_unit *u;
	size_t n = gazetteer_units(gazetteer, &u), today = 0, cities = 0;
	assert_int_equal(n, 63);
	for (size_t i = 0; i < n; i++) {
		const struct place_unit *now = gazetteer_unit(gazetteer, u[i].now);
		assert_non_null(now);
		assert_true(now->exists);
		assert_int_equal(u[i].exists, strcmp(u[i].now, u[i].slug) == 0);
		today += u[i].exists;
		cities += u[i].exists && strcmp(u[i].type, "municipality") == 0;
	}
	assert_int_equal(today, 34);
	assert_int_equal(cities, 9);
	assert_string_equal(gazetteer_unit(gazetteer, "thai-binh")->now, "hung-yen");
	assert_string_equal(gazetteer_unit(gazetteer, "thai-binh")->iso, "VN-20");
	assert_null(gazetteer_unit(gazetteer, "atlantis"));
}

static void watching_follows_the_mergers(void **state)
{
	(void)state;
	const char *slugs[] = {"hai-phong"}, *wrong[] = {"hai-phogn"};
	struct article x;
	struct err e = {0};
	assert_int_equal(gazetteer_watch(gazetteer, slugs, 1, &e), 0);
	find(NULL, "Hải Dương, Hà Nội và CLB Hải Phòng.", &x);
	assert_int_equal(x.n_mentions, 3);
	assert_true(x.mentions[0].watched);
	assert_string_equal(x.mentions[0].now, "hai-phong");
	assert_false(x.mentions[1].watched);
	assert_false(x.mentions[2].watched); /* a club is no place */
	assert_int_equal(gazetteer_watch(gazetteer, wrong, 1, &e), -1);
	assert_int_equal(e.kind, ERR_CONF);
	assert_string_equal(e.arg[1], "hai-phong");
	err_clear(&e);
	assert_int_equal(gazetteer_watch(gazetteer, NULL, 0, &e), 0);
	find(NULL, "Hà Nội", &x);
	assert_true(x.mentions[0].watched);
}

static void mentions_say_where(void **state)
{
	(void)state;
	struct article x;
	find("Bão vào Hải Phòng", "Tin đầu. Ở \u201CKha\u0301nh  Hoa\u0300\u201D mưa.", &x);
	assert_int_equal(x.n_mentions, 2);
	assert_int_equal(x.mentions[0].field, FIELD_TITLE);
	assert_int_equal(x.mentions[0].start, 8);
	assert_int_equal(x.mentions[0].end, 17);
	assert_string_equal(x.mentions[0].form, "Hải Phòng");
	assert_string_equal(x.mentions[0].why, "name");
	assert_int_equal(x.mentions[1].field, FIELD_TEXT);
	assert_int_equal(x.mentions[1].sentence, 1);
	assert_int_equal(x.mentions[1].start, 12);
	assert_string_equal(x.mentions[1].form, "Kha\u0301nh  Hoa\u0300");
}

static void fields_speak_to_each_other(void **state)
{
	(void)state;
	struct article x;
	find("Lũ lớn ở Hà Nam", "Tỉnh Hà Nam (Trung Quốc) ngập nặng.", &x);
	assert_int_equal(x.n_mentions, 0);
	find("Lũ lớn ở Hà Nam", "Doanh nghiệp Trung Quốc rời đi. Phủ Lý và Nam Định khô ráo.", &x);
	assert_int_equal(x.n_mentions, 3);
	find("Công ty Hải Phòng Xanh lỗ", "Hải Phòng Xanh đóng cửa. Người Hải Phòng lo.", &x);
	assert_int_equal(x.n_mentions, 3);
	assert_string_equal(x.mentions[1].as, "metonym");
	assert_string_equal(x.mentions[2].as, "province");
	find("Tân An mất điện", "Người dân Long An chờ điện.", &x);
	assert_int_equal(x.n_mentions, 2);
	assert_string_equal(x.mentions[0].place, "long-an");
	assert_string_equal(x.mentions[0].as, "part");
	find("Tân An mất điện", "Người dân chờ điện.", &x);
	assert_int_equal(x.n_mentions, 0);
}

static void explaining_shows_what_was_refused(void **state)
{
	(void)state;
	struct article x = {.text = "Phố Huế, Nguyễn Thái Bình, Phong Điền"};
	struct folded_article f;
	struct mention *m;
	size_t n;
	article_fold(&arena, &x, &f, NULL);
	place_explain(gazetteer, &arena, &f, &m, &n);
	assert_int_equal(n, 3);
	for (size_t i = 0; i < n; i++) {
		assert_string_equal(m[i].as, "nothing");
		assert_false(m[i].watched);
	}
	assert_string_equal(m[0].why, "street");
	assert_string_equal(m[1].why, "person");
	assert_string_equal(m[2].why, "its province is not named with it");
	x.text = "Tỉnh Hà Nam (Trung Quốc) ngập. Tỉnh Hà Nam cần cứu trợ.";
	article_fold(&arena, &x, &f, NULL);
	place_explain(gazetteer, &arena, &f, &m, &n);
	assert_int_equal(n, 2);
	assert_string_equal(m[1].as, "nothing");
	assert_string_equal(m[1].why, "in China"); /* as the one it follows */
}

/* Names and cues in any order: whatever is found stands in order, within its field, and is what was printed
 * there. */
static void any_order_is_borne(void **state)
{
	(void)state;
	static const char *const pieces[] = {"Hà Nam", "Hòa Bình", "TP. ", "Huế", "phố ", "Trung Quốc", ", ",
		" và ", "\"", "(", ")", ". ", "Nguyễn ", "công ty ", "Tân An", "huyện ", "Phong Điền", "河南",
		"越南", "省", "フエ", "hà nội", "Hue", " ", "\n", "ở 95 ", "Bà Rịa - Vũng Tàu", "CLB ",
		"THÁI BÌNH", "\u0301", "\u200B", "Trịnh Châu, ", "tỉnh ", "UBND tỉnh ", " (Trung Quốc)",
		"Phủ Lý", "thành phố ", "Trùng Khánh", "#samson", " saturation", "Tân Hoa xã", "Việt Nam"};
	uint32_t seed = 7;
	for (int round = 0; round < 4000; round++) {
		struct arena own = {0};
		struct str s = {0};
		for (int i = 0; i < 2 + round % 12; i++) {
			seed = seed * 1664525 + 1013904223;
			str_adds(&s, pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)]);
		}
		size_t half = s.n / 2;
		while (half && (s.p[half] & 0xC0) == 0x80)
			half--;
		struct article x = {.title = arena_dup(&own, span_cut(str_span(&s), 0, half)),
			.text = arena_dup(&own, span_cut(str_span(&s), half, s.n))};
		struct folded_article f;
		article_fold(&own, &x, &f, NULL);
		place_find(gazetteer, &own, &f, &x);
		for (size_t i = 0; i < x.n_mentions; i++) {
			const struct mention *m = &x.mentions[i], *last = i ? m - 1 : NULL;
			const char *text = article_field(&x, m->field);
			size_t from = utf8_offset(span_of(text), m->start);
			assert_true(!last || m->field > last->field ||
				    (m->field == last->field && m->start >= last->end));
			assert_true(m->end > m->start && m->end <= utf8_count(span_of(text)));
			assert_memory_equal(text + from, m->form, strlen(m->form));
		}
		str_release(&s);
		arena_release(&own);
	}
}

/* Loads the shipped places with a file of the office's own. */
static int load_own(const char *yaml, struct gazetteer **out, struct err *e)
{
	char path[] = "/tmp/soatin-place-XXXXXX.yaml";
	int fd = mkstemps(path, 5);
	assert_true(fd >= 0);
	assert_int_equal(fd_write_all(fd, span_of(yaml)), 0);
	const char *paths[] = {source_path("rules/places"), path};
	int rc = gazetteer_load(paths, 2, out, e);
	assert_true(rc == 0 || strcmp(e->where, path) == 0);
	assert_int_equal(remove(path), 0);
	return rc;
}

static int write_and_load(const char *yaml, struct err *e)
{
	struct gazetteer *g = NULL;
	int rc = load_own(yaml, &g, e);
	gazetteer_free(g);
	return rc;
}

static void own_names_and_cues_work_with_ours(void **state)
{
	(void)state;
	static const char yaml[] = "parts:\n  - unit: hai-phong\n    names: [Cầu Niệm, Lạch Tray]\n"
				   "cues:\n  - why: tàu hàng\n    before: [tàu hàng]\n    reads: nothing\n"
				   "phrases:\n  - {why: bài hát, words: [Hải Phòng ngày về]}\n";
	struct gazetteer *ours = gazetteer, *own = NULL;
	struct err e = {0};
	struct article x;
	struct str got = {0};
	assert_int_equal(load_own(yaml, &own, &e), 0);
	static const char *const texts[] = {"Sân Lạch Tray kín chỗ, Hà Nội mưa.",
		"Tàu hàng Hải Phòng mắc cạn.", "Bài Hải Phòng ngày về được hát ở Huế.",
		"Phường Hải Dương, Hải Phòng."};
	for (int k = 0; k < 2; k++) {
		gazetteer = k ? own : ours;
		for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
			find(NULL, texts[i], &x);
			show(&x, &got);
			str_addc(&got, ';');
		}
		str_addc(&got, '\n');
	}
	gazetteer = ours;
	gazetteer_free(own);
	assert_string_equal(got.p, "ha-noi;hai-phong;hai-phong hue;hai-phong;\n"
				   "hai-phong/part ha-noi;-;hue;hai-phong;\n");
	str_release(&got);
}

static void own_places_are_added_and_checked(void **state)
{
	(void)state;
	struct err e = {0};
	assert_int_equal(write_and_load("parts:\n  - unit: hai-phong\n    names: [Cầu Bính]\n", &e), 0);
	assert_int_equal(write_and_load("parts:\n  - unit: hai-fong\n    names: [Cầu Bính]\n", &e), -1);
	assert_int_equal(e.kind, ERR_CONF);
	assert_int_equal(e.line, 2);
	assert_int_equal(e.col, 11);
	err_clear(&e);
	assert_int_equal(write_and_load("cues:\n  - why: x\n    before: [y]\n", &e), -1);
	assert_int_equal(e.kind, ERR_CONF);
	err_clear(&e);
	assert_int_equal(write_and_load("cues:\n  - why: x\n    befor: [y]\n    reads: nothing\n", &e), -1);
	err_clear(&e);
	assert_int_equal(write_and_load("parts: x\n", &e), -1);
	err_clear(&e);
	assert_int_equal(write_and_load("units:\n  - {slug: hue, iso: VN-26, name: H, en: H}\n", &e), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(traps_do_not_mislead),
		cmocka_unit_test(every_name_is_read_alike), cmocka_unit_test(no_memory_is_taken_by_the_word),
		cmocka_unit_test(units_are_34_and_29), cmocka_unit_test(watching_follows_the_mergers),
		cmocka_unit_test(mentions_say_where), cmocka_unit_test(fields_speak_to_each_other),
		cmocka_unit_test(explaining_shows_what_was_refused), cmocka_unit_test(any_order_is_borne),
		cmocka_unit_test(own_places_are_added_and_checked),
		cmocka_unit_test(own_names_and_cues_work_with_ours)};
	return cmocka_run_group_tests(tests, load, unload);
}
