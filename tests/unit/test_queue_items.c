/* test_queue_items: stories, decisions and lists. */
#include "queue_bed.h"

/* --- stories --- */

static void copies_share_one_item(void **state)
{
	struct bed *b = *state;
	open_rw(b);
	/* an unflagged copy came first, another later */
	store(b,
		make(b, (struct spec){.url = "https://a.example/1", .source = "a", .story = 1, .changed = 6}),
		T0);
	store(b,
		make(b, (struct spec){.url = "https://b.example/1",
				.source = "b",
				.story = 1,
				.weight = 40,
				.published = T0 - 50}),
		T0 + 1);
	store(b,
		make(b, (struct spec){.url = "https://c.example/1", .source = "c", .story = 1, .changed = 8}),
		T0 + 2);
	store(b,
		make(b, (struct spec){.url = "https://d.example/1",
				.source = "d",
				.story = 1,
				.changed = 4,
				.weight = 40,
				.published = T0 - 90}),
		T0 + 3);
	store(b,
		make(b, (struct spec){.url = "https://e.example/1",
				.source = "e",
				.story = 1,
				.changed = 24,
				.weight = 20}),
		T0 + 3);
	struct item it = get(b, 1);
	assert_int_equal(list(b, (struct item_query){0}, NULL), 2);
	assert_int_equal(it.copies, 4);
	assert_int_equal(it.sources, 4);
	assert_int_equal(it.n_articles, 4);
	assert_int_equal(it.priority.spread, 15);
	assert_int_equal(it.priority.total, 40 + 15 + 15);
	assert_string_equal(it.url, "https://d.example/1"); /* same weight: the earlier leads */
	assert_string_equal(it.articles[0]->url, it.url);
	assert_string_equal(it.articles[0]->story, it.story);
	assert_int_equal(it.first_seen, T0);
	assert_int_equal(it.last_seen, T0 + 3);
	assert_folds(b);
}

/* A set of articles; whatever the order they come in, the items are the same but for their numbers. */
static char *shape_of(struct bed *b, const int *order, size_t n)
{
	static const struct spec all[] = {
		{.url = "https://a.example/1", .source = "a", .story = 1, .changed = 0, .weight = 40},
		{.url = "https://b.example/1", .source = "b", .story = 1, .changed = 12, .weight = 30},
		{.url = "https://c.example/1", .source = "c", .story = 1, .changed = 8},
		{.url = "https://d.example/1", .source = "d", .story = 7, .weight = 30},
		{.url = "https://e.example/1", .source = "e", .summary = "Tóm tắt", .weight = 35},
		{.url = "https://e.example/1",
			.source = "e",
			.text = "Toàn văn",
			.story = 7,
			.changed = 4,
			.weight = 20},
		/* alike in all but their ids */
		{.url = "https://f.example/1", .source = "f", .story = 9, .weight = 25},
		{.url = "https://g.example/1", .source = "g", .story = 9, .weight = 25},
	};
	struct str out;
	struct item *items;
	unlink(b->db);
	open_rw(b);
	for (size_t i = 0; i < n; i++) {
		struct article *x = make(b, all[order[i]]);
		if (all[order[i]].story) /* the same print for the same article in every order */
			x->fingerprint = print_of(
				b, all[order[i]].story, (uint32_t)order[i] + 1000, all[order[i]].changed);
		store(b, x, T0);
	}
	size_t m = list(b, (struct item_query){.states = "all", .with_answered = true}, &items);
	str_init(&out, 0);
	for (size_t i = 0; i < m; i++) {
		struct item it = get(b, items[i].number);
		str_addf(&out, "%s %d %d %d:", it.url, it.priority.total, (int)it.copies, (int)it.state);
		for (size_t k = 0; k < it.n_articles; k++)
			str_addf(&out, " %s", it.articles[k]->id);
		str_addc(&out, '\n');
	}
	assert_folds(b);
	shut(b);
	char *shape = arena_dup(&b->a, str_span(&out));
	str_release(&out);
	return shape;
}

static void the_order_of_arrival_does_not_matter(void **state)
{
	struct bed *b = *state;
	int order[] = {0, 1, 2, 3, 4, 5, 6, 7};
	char *first = shape_of(b, order, 8);
	assert_non_null(strstr(first, "https://a.example/1 65 3 0:"));
	uint64_t r = 42;
	for (int round = 0; round < 30; round++) {
		for (size_t i = 7; i > 0; i--) {
			r = r * 6364136223846793005u + 1442695040888963407u;
			size_t k = (size_t)(r >> 33) % (i + 1);
			int keep = order[i];
			order[i] = order[k];
			order[k] = keep;
		}
		assert_string_equal(shape_of(b, order, 8), first);
	}
}

static void a_bridge_merges_two_items(void **state)
{
	struct bed *b = *state;
	/* a and c share half of b each, but not enough of each other */
	struct fingerprint fa = {.known = true}, fb = fa, fc = fa;
	char hex[3][STORY_HEX + 1];
	for (uint32_t i = 0; i < STORY_HASHES; i++) {
		fb.min[i] = 7919 * (i + 1);
		fa.min[i] = i < 20 ? fb.min[i] : 104729 * (i + 1);
		fc.min[i] = i >= 12 ? fb.min[i] : 1299709 * (i + 1);
	}
	assert_false(story_same(&fa, &fc));
	assert_true(story_same(&fa, &fb) && story_same(&fb, &fc));
	fingerprint_format(&fa, hex[0]);
	fingerprint_format(&fb, hex[1]);
	fingerprint_format(&fc, hex[2]);
	open_rw(b);
	for (int round = 0; round < 3; round++) {
		struct article *x[3];
		for (int i = 0; i < 3; i++) {
			x[i] = make(b,
				(struct spec){.url = arena_printf(&b->a, "https://%d.example/%d", i, round),
					.source = arena_printf(&b->a, "s%d", i),
					.weight = 30});
			x[i]->fingerprint = hex[i];
		}
		unlink(b->db);
		shut(b);
		unlink(b->db);
		open_rw(b);
		store(b, x[0], T0);
		store(b, x[2], T0);
		assert_int_equal(list(b, (struct item_query){0}, NULL), 2);
		if (round >= 1)
			step(b, 2, "take", T0 + 1);
		if (round >= 2)
			step(b, 1, "answer", T0 + 1);
		store(b, x[1], T0 + 2);
		if (round == 2) { /* both worked on: both stay, the bridge joins one */
			assert_int_equal(list(b, (struct item_query){.states = "all"}, NULL), 2);
			assert_int_equal(get(b, 1).copies + get(b, 2).copies, 3);
			continue;
		}
		int kept = round == 0 ? 1 : 2,
		    gone = 3 - kept; /* nobody worked on either: the older; else the one worked on */
		assert_int_equal(list(b, (struct item_query){.states = "all"}, NULL), 1);
		assert_int_equal(get(b, kept).copies, 3);
		assert_int_equal(get(b, gone).number, kept);
		assert_int_equal(get(b, kept).state, round == 0 ? ITEM_NEW : ITEM_TAKEN);
		refused(b, gone, "take");
		assert_folds(b);
	}
}

static void late_copies_return(void **state)
{
	struct bed *b = *state;
	open_rw(b);
	store(b,
		make(b, (struct spec){.url = "https://a.example/1", .source = "a", .story = 1, .weight = 40}),
		T0);
	assert_int_equal(step(b, 1, "answer", T0 + HOUR), ITEM_ANSWERED);
	/* a copy that carries the denial is no return */
	store(b,
		make(b, (struct spec){.url = "https://b.example/1",
				.source = "b",
				.story = 1,
				.changed = 4,
				.weight = 40,
				.answered = true}),
		T0 + 2 * HOUR);
	assert_int_equal(get(b, 1).state, ITEM_ANSWERED);
	store(b,
		make(b, (struct spec){.url = "https://c.example/1", .source = "c", .story = 1, .changed = 4}),
		T0 + 3 * HOUR);
	struct item it = get(b, 1);
	assert_int_equal(it.state, ITEM_NEW);
	assert_true(it.returning);
	assert_int_equal(it.due, T0 + 3 * HOUR + 4 * HOUR); /* counted anew */
	assert_int_equal(list(b, (struct item_query){0}, NULL), 1);
	assert_int_equal(list(b, (struct item_query){.states = "returning"}, NULL), 1);
	assert_int_equal(step(b, 1, "take", T0 + 4 * HOUR), ITEM_TAKEN);
	assert_true(get(b, 1).returning);
	assert_int_equal(step(b, 1, "dismiss", T0 + 5 * HOUR), ITEM_DISMISSED);
	assert_false(get(b, 1).returning);
	/* after a dismissal: not for a reprint in the same paper, nor without a flag; yes for a flagged copy
	 * elsewhere */
	store(b,
		make(b, (struct spec){.url = "https://a.example/2",
				.source = "a",
				.story = 1,
				.changed = 4,
				.weight = 40}),
		T0 + 6 * HOUR);
	store(b,
		make(b, (struct spec){.url = "https://d.example/2", .source = "d", .story = 1, .changed = 4}),
		T0 + 6 * HOUR);
	assert_int_equal(get(b, 1).state, ITEM_DISMISSED);
	store(b,
		make(b, (struct spec){.url = "https://e.example/1",
				.source = "e",
				.story = 1,
				.changed = 4,
				.weight = 40}),
		T0 + 7 * HOUR);
	it = get(b, 1);
	assert_int_equal(it.state, ITEM_NEW);
	assert_true(it.returning);
	assert_int_equal(it.copies, 6);
	assert_folds(b);
}

static void old_stories_are_found_by_flagged_copies_alone(void **state)
{
	struct bed *b = *state;
	open_rw(b);
	store(b,
		make(b, (struct spec){.url = "https://a.example/1", .source = "a", .story = 1, .weight = 40}),
		T0);
	step(b, 1, "answer", T0);
	int64_t later = T0 + (int64_t)(STORY_DAYS + 1) * DAY;
	store(b, make(b, (struct spec){.url = "https://b.example/1", .source = "b", .story = 1}), later);
	assert_int_equal(get(b, 1).copies, 1);
	shut(b);
	open_rw(b); /* the index is read from the file again */
	store(b,
		make(b, (struct spec){.url = "https://c.example/1", .source = "c", .story = 1, .weight = 40}),
		later);
	struct item it = get(b, 1);
	assert_int_equal(it.copies, 3); /* and brings the unflagged one along */
	assert_true(it.returning);
	store(b,
		make(b, (struct spec){.url = "https://d.example/1", .source = "d", .story = 1, .weight = 40}),
		later + (int64_t)(STORY_DAYS_FLAGGED + 1) * DAY);
	assert_int_equal(list(b, (struct item_query){0}, NULL), 2);
	struct scan_totals t = {.started = later + (int64_t)(STORY_DAYS_FLAGGED + 2) * DAY, .articles = 1};
	must(b, queue_note_scan(b->q, &t, &b->e));
	assert_int_equal(ask(b, "SELECT count(*) FROM print"), 1);
	assert_int_equal(ask(b, "SELECT articles FROM scan"), 1);
}

/* --- decisions --- */

static void every_step_is_allowed_or_refused(void **state)
{
	struct bed *b = *state;
	static const char *const steps[] = {"take", "answer", "dismiss", "refer", "reopen", "note"};
	static const struct {
		const char *from; /* the step that leads there from new; NULL: none */
		enum item_state state;
		int next[6]; /* state after each step, -1: refused */
	} table[] = {
		{NULL, ITEM_NEW, {ITEM_TAKEN, ITEM_ANSWERED, ITEM_DISMISSED, ITEM_REFERRED, -1, ITEM_NEW}},
		{"take", ITEM_TAKEN,
			{-1, ITEM_ANSWERED, ITEM_DISMISSED, ITEM_REFERRED, ITEM_NEW, ITEM_TAKEN}},
		{"answer", ITEM_ANSWERED, {-1, -1, -1, -1, ITEM_NEW, ITEM_ANSWERED}},
		{"dismiss", ITEM_DISMISSED, {-1, -1, -1, -1, ITEM_NEW, ITEM_DISMISSED}},
		{"refer", ITEM_REFERRED, {-1, ITEM_ANSWERED, -1, -1, ITEM_NEW, ITEM_REFERRED}},
	};
	int64_t number = 0;
	open_rw(b);
	for (size_t t = 0; t < 5; t++) {
		for (size_t i = 0; i < 6; i++) {
			number++;
			store(b,
				make(b, (struct spec){.url = arena_printf(
							      &b->a, "https://tin.example/%d", (int)number),
						.weight = 40}),
				T0);
			if (table[t].from)
				assert_int_equal(step(b, number, table[t].from, T0), table[t].state);
			assert_int_equal(get(b, number).state, table[t].state);
			bool may = strstr(item_allowed(table[t].state), steps[i]) != NULL;
			assert_int_equal(may, table[t].next[i] >= 0);
			if (may)
				assert_int_equal(step(b, number, steps[i], T0 + 1), table[t].next[i]);
			else
				refused(b, number, steps[i]);
		}
	}
	refused(b, number + 1, "take");
	refused(b, 1, "found");
	refused(b, 1, "return");
	assert_folds(b);
}

static void decisions_need_a_name_and_a_reason(void **state)
{
	struct bed *b = *state;
	static const struct item_event bad[] = {{T0, "", "take", NULL, NULL}, {T0, NULL, "take", NULL, NULL},
		{T0, "an", "dismiss", NULL, NULL}, {T0, "an", "dismiss", " \n", NULL},
		{T0, "an", "note", "", NULL}, {T0, "an", NULL, NULL, NULL}};
	open_rw(b);
	store(b, make(b, (struct spec){.url = "https://tin.example/1", .weight = 40}), T0);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct err e = {0};
		enum item_state now;
		assert_int_equal(queue_event(b->q, 1, &bad[i], &now, &e), -1);
		assert_int_equal(e.kind, ERR_USAGE);
	}
	struct item_event good = {
		T0 + 5, "bình", "answer", NULL, "{\"label\":\"fake\",\"reply\":\"https://cong.example/1\"}"};
	enum item_state now;
	must(b, queue_event(b->q, 1, &good, &now, &b->e));
	struct item it = get(b, 1);
	assert_string_equal(it.who, "bình");
	assert_int_equal(it.n_events, 2);
	assert_string_equal(it.events[1].detail, good.detail);
	assert_int_equal(it.events[1].at, T0 + 5);
	assert_null(it.events[1].why);
}

static void events_are_never_changed(void **state)
{
	struct bed *b = *state;
	open_rw(b);
	store(b, make(b, (struct spec){.url = "https://tin.example/1", .weight = 40}), T0);
	assert_int_equal(poke(b, "UPDATE event SET who = 'x'"), SQLITE_CONSTRAINT);
	assert_int_equal(poke(b, "DELETE FROM event"), SQLITE_CONSTRAINT);
	assert_int_equal(poke(b, "INSERT INTO event (item, at, who, what) VALUES (1, 1, 'x', 'forget')"),
		SQLITE_CONSTRAINT);
}

/* --- listing --- */

static void the_most_urgent_comes_first(void **state)
{
	struct bed *b = *state;
	struct item *it;
	open_rw(b);
	store(b, make(b, (struct spec){.url = "https://tin.example/1", .weight = 30}), T0);
	store(b,
		make(b, (struct spec){.url = "https://tin.example/2",
				.weight = 50,
				.title = "Sốt đất Thuỷ Nguyên"}),
		T0 + 1);
	store(b,
		make(b, (struct spec){.url = "https://tin.example/3",
				.weight = 30,
				.source = "cua-cam",
				.rule = "dat-dai.sot-dat"}),
		T0 - 1);
	assert_int_equal(list(b, (struct item_query){0}, &it), 3);
	assert_int_equal(it[0].number, 2);
	assert_int_equal(it[1].number, 3); /* same priority: due earlier */
	assert_int_equal(it[2].number, 1);
	assert_int_equal(list(b, (struct item_query){.limit = 2}, &it), 2);
	assert_int_equal(list(b, (struct item_query){.text = "SỐT  thủy"}, &it),
		1); /* folded, any order, both must occur */
	assert_int_equal(it[0].number, 2);
	assert_int_equal(list(b, (struct item_query){.text = "sốt vỡ"}, NULL), 0);
	assert_int_equal(list(b, (struct item_query){.source = "cua-cam"}, NULL), 1);
	assert_int_equal(list(b, (struct item_query){.rule = "dat-dai.sot-dat"}, NULL), 1);
	assert_int_equal(list(b, (struct item_query){.topic = "thien-tai"}, NULL), 3);
	assert_int_equal(list(b, (struct item_query){.topic = "thien-tai' OR 1 --"}, NULL), 0);
	assert_int_equal(list(b, (struct item_query){.action = "rebut"}, NULL), 0);
	assert_int_equal(list(b, (struct item_query){.place = "hai-phong"}, NULL), 3);
	assert_int_equal(list(b, (struct item_query){.place = "da-nang"}, NULL), 0);
	assert_int_equal(list(b, (struct item_query){.since = T0}, NULL), 2);
	assert_int_equal(list(b, (struct item_query){.until = T0}, NULL), 1);
	step(b, 1, "take", T0);
	step(b, 2, "answer", T0);
	assert_int_equal(list(b, (struct item_query){.who = "an"}, NULL), 1);
	assert_int_equal(list(b, (struct item_query){.states = "taken, answered"}, NULL), 2);
	assert_int_equal(list(b, (struct item_query){.states = "all"}, NULL), 3);
	struct err e = {0};
	size_t n;
	assert_int_equal(queue_list(b->q, &b->a, &(struct item_query){.states = "xong"}, &it, &n, &e), -1);
	assert_int_equal(e.kind, ERR_USAGE);
}

static void counts_are_what_lists_show(void **state)
{
	struct bed *b = *state;
	struct queue_counts c;
	struct source_state s = {.errors = 2, .failing_since = T0};
	open_rw(b);
	for (int i = 1; i <= 5; i++)
		store(b,
			make(b, (struct spec){.url = arena_printf(&b->a, "https://tin.example/%d", i),
					.weight = 40,
					.answered = i == 5}),
			T0);
	step(b, 1, "take", T0 + 10);
	step(b, 2, "answer", T0 + 20);
	step(b, 3, "dismiss", T0 + DAY);
	must(b, queue_source_put(b->q, "tin-bien", &s, &b->e));
	must(b, queue_count(b->q, T0 + HOUR, T0 + 5 * HOUR, &c, &b->e));
	assert_int_equal(c.state[ITEM_NEW], 1);
	assert_int_equal(c.state[ITEM_TAKEN], 1);
	assert_int_equal(c.state[ITEM_ANSWERED], 0); /* before since */
	assert_int_equal(c.state[ITEM_DISMISSED], 1);
	assert_int_equal(c.answered_by_source, 1);
	assert_int_equal(c.overdue, 2);
	assert_int_equal(c.articles, 0);
	assert_int_equal(c.sources_failing, 1);
	must(b, queue_count(b->q, 0, T0, &c, &b->e));
	assert_int_equal(c.articles, 5);
	assert_int_equal(c.overdue, 0);
	assert_int_equal(c.state[ITEM_ANSWERED], 1);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {T(copies_share_one_item), T(the_order_of_arrival_does_not_matter),
		T(a_bridge_merges_two_items), T(late_copies_return),
		T(old_stories_are_found_by_flagged_copies_alone), T(every_step_is_allowed_or_refused),
		T(decisions_need_a_name_and_a_reason), T(events_are_never_changed),
		T(the_most_urgent_comes_first), T(counts_are_what_lists_show)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
