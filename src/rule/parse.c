/* parse: one rule as it stands in YAML -> struct rule. Strict: an unknown key, a wrong kind of value, a topic
 * that is not on the list is a fault with its line and column. */

#include "rule/rule_priv.h"

#include <string.h>

#include "base/i18n.h"
#include "base/limits.h"

#include "base/banned.h"

/* soatin-rules.5 says what each is. */
const char *const rule_topics[] = {"thien-tai", "dich-benh", "thuc-pham", "sap-nhap", "gia-mao", "dat-dai",
	"dau-tu", "lua-dao", "du-lich", "chu-quyen", "anh-cu", "an-ninh", "moi-truong", "ky-bi", "phan-anh",
	"quan-tam", NULL};
const char *const rule_actions[] = {"monitor", "explain", "clarify", "rebut", "refer", NULL};
static const char *const states[] = {"trial", "live", "retired", NULL};

static bool id_is_good(struct span s)
{
	size_t dots = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		bool inner = i > 0 && i + 1 < s.n && s.p[i - 1] != '-' && s.p[i - 1] != '.';
		dots += c == '.';
		if (!letter && !((c == '-' || c == '.') && inner))
			return false;
	}
	return dots == 1;
}

static int parse_id(struct loading *l, const struct conf *at, struct rule *r)
{
	struct rule_info *info = r->info;
	if (conf_need_text(at, "id", &info->id, l->e) < 0)
		return -1;
	const struct conf *id = conf_get(at, "id"), *first = map_get(&l->ids, span_of(info->id));
	struct span rest = span_of(info->id), topic = {0};
	const char *named = NULL; /* the topic, where it is not what the id begins with */
	if (!id_is_good(rest))
		return conf_fault(id, l->e,
			N_("\"%1\" is no good id: write topic.name with a-z, 0-9 and -, as thien-tai.vo-dap"),
			info->id, NULL);
	if (first)
		return conf_fault(id, l->e, N_("the rule \"%1\" stands already in %2"), info->id,
			arena_printf(l->a, "%s:%ld", first->file, first->line));
	map_put(&l->ids, span_of(info->id), (void *)(uintptr_t)id);
	span_next(&rest, '.', &topic);
	if (conf_text(at, "topic", &named, l->e) < 0)
		return -1;
	if (named) {
		topic = span_of(named);
		id = conf_get(at, "topic");
	}
	for (const char *const *t = rule_topics; *t; t++)
		if (span_is(topic, *t))
			info->topic = *t;
	if (!info->topic)
		return conf_fault(id, l->e, N_("\"%1\" is no topic; use one of: %2"), arena_dup(l->a, topic),
			"thien-tai dich-benh thuc-pham sap-nhap gia-mao dat-dai dau-tu lua-dao du-lich "
			"chu-quyen anh-cu an-ninh moi-truong ky-bi "
			"phan-anh quan-tam");
	return 0;
}

/* What a rule must say of itself; one that is only tried out need not. */
static int need_text(struct loading *l, const struct conf *at, const char *key, const char **out)
{
	*out = "";
	return l->how->unchecked ? conf_text(at, key, out, l->e) : conf_need_text(at, key, out, l->e);
}

static int parse_words(struct loading *l, const struct conf *at, struct rule *r)
{
	struct rule_info *info = r->info;
	int action = -1, status = -1;
	if (conf_need_text(at, "title", &info->title, l->e) < 0 || need_text(l, at, "why", &info->why) < 0 ||
		need_text(l, at, "do", &info->todo) < 0 || need_text(l, at, "owner", &info->owner) < 0 ||
		conf_word(at, "action", rule_actions, &action, l->e) < 0 ||
		conf_word(at, "status", states, &status, l->e) < 0)
		return -1;
	if (action < 0)
		return conf_fault(at, l->e,
			N_("the rule \"%1\" has no action: (monitor, explain, clarify, rebut or refer)"),
			info->id, NULL);
	if (status < 0)
		return conf_fault(at, l->e, N_("the rule \"%1\" has no status: (trial, live or retired)"),
			info->id, NULL);
	r->action = (enum action)action;
	r->status = (enum status)status;
	info->action = rule_actions[action];
	info->status = states[status];
	return 0;
}

static int parse_numbers(struct loading *l, const struct conf *at, struct rule *r)
{
	struct rule_info *info = r->info;
	int64_t weight = -1;
	if (conf_int(at, "weight", 1, RULE_WEIGHT_MAX, &weight, l->e) < 0 ||
		conf_duration(at, "due", &info->due, l->e) < 0 ||
		conf_date(at, "created", &info->created, l->e) < 0 ||
		conf_date(at, "review_by", &info->review_by, l->e) < 0 ||
		conf_date(at, "expires", &info->expires, l->e) < 0)
		return -1;
	if (weight < 0)
		return conf_fault(at, l->e, N_("the rule \"%1\" has no weight: (1 to 100)"), info->id, NULL);
	if (!l->how->unchecked && (!info->created || !info->review_by))
		return conf_fault(
			at, l->e, N_("the rule \"%1\" needs created: and review_by: dates"), info->id, NULL);
	if (info->expires && info->expires < info->created)
		return conf_fault(conf_get(at, "expires"), l->e, N_("the rule expires before it was created"),
			NULL, NULL);
	info->weight = (int)weight;
	info->expired = info->expires && l->how->today >= info->expires;
	info->review_due = info->review_by && l->how->today > info->review_by;
	return 0;
}

static int parse_references(struct loading *l, const struct conf *at, struct rule *r)
{
	const char **ignored = NULL;
	size_t n = 0;
	if (conf_texts(l->a, at, "false_positives", &ignored, &n, l->e) < 0 ||
		conf_texts(l->a, at, "references", &r->references, &r->n_references, l->e) < 0)
		return -1;
	for (size_t i = 0; i < r->n_references; i++)
		if (!span_starts(span_of(r->references[i]), "https://") &&
			!span_starts(span_of(r->references[i]), "http://"))
			return conf_fault(conf_get(at, "references"), l->e,
				N_("\"%1\" is no address: references begin with https://"), r->references[i],
				NULL);
	return 0;
}

static int parse_test(struct loading *l, const struct conf *at, struct rule_test *t)
{
	static const char *const known[] = {
		"hit", "miss", "answered", "title", "place", "source", "lang", "url", NULL};
	int kinds = 0;
	t->at = at;
	if (at->kind != CONF_MAP)
		return conf_fault(
			at, l->e, N_("expected a test, as {hit: 'text', place: hai-phong}"), NULL, NULL);
	if (conf_only(at, known, l->e) < 0)
		return -1;
	for (int k = TEST_HIT; k <= TEST_ANSWERED; k++) {
		if (!conf_get(at, known[k]))
			continue;
		t->kind = (enum test_kind)k;
		kinds++;
		if (conf_need_text(at, known[k], &t->text, l->e) < 0)
			return -1;
	}
	if (kinds != 1)
		return conf_fault(
			at, l->e, N_("a test has exactly one of hit:, miss: and answered:"), NULL, NULL);
	if (conf_text(at, "title", &t->title, l->e) < 0 || conf_text(at, "place", &t->place, l->e) < 0 ||
		conf_text(at, "source", &t->source, l->e) < 0 || conf_text(at, "lang", &t->lang, l->e) < 0 ||
		conf_text(at, "url", &t->url, l->e) < 0)
		return -1;
	if (t->place && l->set->places && !gazetteer_unit(l->set->places, t->place))
		return conf_fault_name(conf_get(at, "place"), l->e, N_("there is no place \"%1\""), t->place,
			gazetteer_slugs(l->set->places, l->a));
	return 0;
}

static int parse_tests(struct loading *l, const struct conf *at, struct rule *r)
{
	const struct conf *tests = conf_get(at, "tests");
	if (!tests)
		return 0;
	if (tests->kind != CONF_LIST)
		return conf_fault(tests, l->e, N_("expected a list of tests"), NULL, NULL);
	r->tests = arena_array(l->a, struct rule_test, tests->n + 1);
	for (const struct conf *t = tests->child; t; t = t->next)
		if (parse_test(l, t, &r->tests[r->n_tests++]) < 0)
			return -1;
	r->info->tests = r->n_tests;
	return 0;
}

int rule_parse(struct loading *l, const struct conf *at, struct rule *r)
{
	static const char *const known[] = {"id", "topic", "title", "action", "status", "owner", "created",
		"review_by", "expires", "weight", "due", "why", "do", "false_positives", "references",
		"terms", "when", "tests", NULL};
	r->at = at;
	r->info = arena_new(l->a, struct rule_info);
	r->info->file = at->file;
	r->info->line = at->line;
	if (at->kind != CONF_MAP)
		return conf_fault(at, l->e, N_("expected a rule, beginning with \"- id:\""), NULL, NULL);
	if (conf_only(at, known, l->e) < 0 || parse_id(l, at, r) < 0 || parse_words(l, at, r) < 0 ||
		parse_numbers(l, at, r) < 0 || parse_references(l, at, r) < 0)
		return -1;
	const struct conf *terms = conf_get(at, "terms"), *when = conf_get(at, "when");
	if (!terms || !when)
		return conf_fault(at, l->e, N_("the rule \"%1\" needs terms: and when:"), r->info->id, NULL);
	if (terms_parse(l, terms, &r->when) < 0 || when_parse(l, when, &r->when, false) < 0 ||
		parse_tests(l, at, r) < 0)
		return -1;
	r->runs = r->status != STATUS_RETIRED && !r->info->expired;
	return rule_check(l, r);
}

int official_parse(struct loading *l)
{
	static const char *const known[] = {"domains", "terms", "answered", NULL};
	const struct conf *at = l->official;
	struct ruleset *s = l->set;
	if (!at)
		return 0;
	if (at->kind != CONF_MAP)
		return conf_fault(at, l->e, N_("expected domains:, terms: and answered:"), NULL, NULL);
	const struct conf *terms = conf_get(at, "terms"), *when = conf_get(at, "answered");
	if (conf_only(at, known, l->e) < 0 ||
		conf_texts(l->a, at, "domains", &s->domains, &s->n_domains, l->e) < 0)
		return -1;
	if (!terms || !when)
		return conf_fault(at, l->e, N_("expected domains:, terms: and answered:"), NULL, NULL);
	if (terms_parse(l, terms, &s->answered) < 0)
		return -1;
	return when_parse(l, when, &s->answered, true);
}
